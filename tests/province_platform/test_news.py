"""News: one writes it, another puts it on the screens, anybody takes it off at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract.news import decode_news
from province_platform.__main__ import main
from province_platform.server import PlatformServer
from tests.contract.test_news import a_line, a_sheet
from tests.province_platform.terminals import EnrolledTerminal


def shown(terminal: EnrolledTerminal) -> list[str]:
    sheet = decode_news(terminal.call("GET", "/v1/news").content)
    return [line.text.zh for line in sheet.lines]


class Office:
    """The province's office, typing commands; what they say is read by the test."""

    def __init__(self, root: Path, said: pytest.CaptureFixture[str]) -> None:
        self._root = str(root)
        self._said = said

    def types(self, *words: str) -> tuple[int, str, str]:
        code = main(["news", "--root", self._root, *words])
        said = self._said.readouterr()
        return code, said.out.strip(), said.err


@pytest.fixture
def office(server: PlatformServer, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(server.root, capsys)


@pytest.fixture
def sheet(tmp_path: Path) -> str:
    file = tmp_path / "sheet.json"
    file.write_bytes(a_sheet(a_line()))
    return str(file)


def test_it_takes_two_to_put_a_line_on_the_screens(
    office: Office, terminal: EnrolledTerminal, sheet: str
) -> None:
    _, draft, _ = office.types("--propose", sheet, "--by", "陈一")
    assert shown(terminal) == []
    code, _, why = office.types("--approve", draft, "--by", " 陈一 ")
    assert (code, shown(terminal)) == (1, [])
    assert "another person" in why
    assert office.types("--approve", draft, "--by", "刘二")[0] == 0
    assert shown(terminal) == ["周六上午大厅照常开门。"]


def test_a_draft_is_approved_once_and_only_if_there_is_one(office: Office, sheet: str) -> None:
    _, draft, _ = office.types("--propose", sheet, "--by", "陈一")
    assert office.types("--approve", draft, "--by", "刘二")[0] == 0
    assert "approved before" in office.types("--approve", draft, "--by", "刘二")[2]
    assert "no draft" in office.types("--approve", "00000000", "--by", "刘二")[2]
    assert "who you are" in office.types("--propose", sheet)[2]


def test_one_word_takes_everything_back(office: Office, terminal: EnrolledTerminal, sheet: str) -> None:
    _, draft, _ = office.types("--propose", sheet, "--by", "陈一")
    office.types("--approve", draft, "--by", "刘二")
    before = terminal.call("GET", "/v1/news").headers["etag"]
    assert office.types("--recall")[0] == 0
    after = terminal.call("GET", "/v1/news", headers={"if-none-match": before})
    assert (after.status_code, shown(terminal)) == (200, [])


def test_what_lives_too_long_is_not_even_proposed(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "long.json"
    file.write_bytes(a_sheet(a_line(shown_until="2027-11-21T00:00:00.000Z")))
    code, _, why = office.types("--propose", str(file), "--by", "陈一")
    assert code == 1
    assert "at most 31 days" in why
