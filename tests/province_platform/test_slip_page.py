"""The page behind a slip's code: how far it is, for a telephone, and nothing of the person."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
import requests

from contract.payloads import Case
from contract.sets import Stream
from contract.signing import Signer
from contract.slip_code import sign_slip
from province_platform.server import PlatformServer
from tests.province_platform.terminals import WITHIN_S, EnrolledTerminal, identity, private_pem

Look = Callable[..., requests.Response]


@pytest.fixture
def look(server: PlatformServer) -> Iterator[Look]:
    """Opens the page of a code, as a telephone does that scanned it."""
    with requests.Session() as session:
        session.trust_env = False
        yield lambda code, **query: session.get(
            f"{server.console_url}/slips/{code}", params=query, timeout=WITHIN_S
        )


class Tags(HTMLParser):
    """Every element of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def code_of(terminal: EnrolledTerminal, case: Case) -> str:
    signer = Signer(private_pem(terminal.key).decode("ascii"))
    at = "2026-11-21T02:10:07.123Z"
    return sign_slip(signer, case.receipt_number, case.case_id, terminal.id, at).text()


def words_of(answer: requests.Response) -> str:
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", answer.text, flags=re.DOTALL).split())


def test_it_says_how_far_it_is_in_both_languages_and_nothing_of_the_person(
    look: Look, terminal: EnrolledTerminal
) -> None:
    hers = identity()
    case = terminal.offline_case(hers, item_code="elder-allowance", hear_by="2026-12-11")
    code = code_of(terminal, case)
    assert "机器已保存" in words_of(look(code)), "it is on its way"
    terminal.send(terminal.event(Stream.CASE, case))
    chinese, english = look(code), look(code, lang="en")
    assert (chinese.status_code, english.status_code) == (200, 200)
    assert "已提交" in words_of(chinese)
    assert "最晚答复 2026-12-11" in words_of(chinese)
    number = case.receipt_number
    assert f"{number[:3]} {number[3:7]} {number[7:]}" in words_of(english)
    assert "Submitted" in words_of(english)
    for answer in (chinese, english):
        assert not any(each in answer.text for each in (hers.name, hers.number, hers.address))
        assert case.case_id not in answer.text


def test_a_code_that_was_made_up_finds_nothing_and_can_write_nothing_into_the_page(
    look: Look, terminal: EnrolledTerminal
) -> None:
    for code in ("DXS1.x", "%3Cscript%3E", str(uuid.uuid4())):
        answer = look(code)
        assert answer.status_code == 404
        assert "查不到" in words_of(answer)
        assert code not in answer.text
        assert "<script" not in answer.text
    assert look(code_of(terminal, terminal.case())[:-1] + "A").status_code == 404


def test_it_is_plain_for_every_telephone_and_for_who_is_read_to(
    look: Look, terminal: EnrolledTerminal
) -> None:
    answer = look(code_of(terminal, terminal.case()))
    reader = Tags()
    reader.feed(answer.text)
    names = [name for name, _ in reader.tags]
    assert not {"script", "img", "iframe", "form", "input", "link"} & set(names)
    assert ("html", {"lang": "zh"}) in reader.tags
    assert names.count("h1") == 1
    viewport = next(attributes for name, attributes in reader.tags if attributes.get("name") == "viewport")
    assert "maximum-scale" not in str(viewport["content"]), "anybody may make it larger still"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "font: 150%" in answer.text
