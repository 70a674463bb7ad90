"""停用名单: two people put something on it, one takes it off, and each terminal's list leads to nobody."""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests

from contract.block_list import BlockList, decode_block_list, key_id_of, reference_of, stretched
from contract.operations import SIGNATURE_HEADER
from contract.sealing import Sealer
from contract.signing import Verifier
from foundation.errors import Errors
from province_platform.__main__ import main
from province_platform.code_issuers import CodeIssuer
from province_platform.server import PlatformServer
from tests.province_platform.terminals import WITHIN_S, EnrolledTerminal, enrolled, identity, rows
from tests.province_platform.test_sign_in import by_code, seal_code, telephone_code

WANG = identity()
ISSUED = "2016-05-04"
DOCUMENT = {"kind": "document", "number": WANG.number, "valid_from": ISSUED, "reason": "reported as lost"}
KEY = bytes(range(32))


def asked(server: PlatformServer, path: str, body: dict[str, Any]) -> requests.Response:
    return requests.post(f"{server.console_url}/console/blocks{path}", json=body, timeout=WITHIN_S)


def proposed(server: PlatformServer, **wish: Any) -> str:
    answer = asked(server, "", {"wish": {"reason": "because", **wish}, "by": "陈一"})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["block_id"])


def decided(server: PlatformServer, block_id: str, act: str, by: str) -> int:
    return asked(server, f"/{block_id}", {"act": act, "by": by}).status_code


def blocked(server: PlatformServer, **wish: Any) -> str:
    block_id = proposed(server, **wish)
    assert decided(server, block_id, "approve", "刘二") == 200
    return block_id


def a_folder(tmp_path: Path) -> Path:
    (folder := tmp_path / "other").mkdir()
    return folder


def answer_to(terminal: EnrolledTerminal, key: bytes = KEY, etag: str = "") -> requests.Response:
    sealed = Sealer(terminal.enrolment.sealing_key).seal(base64.b64encode(key))
    headers = {"dianxiaoer-block-key": sealed, **({"if-none-match": etag} if etag else {})}
    return terminal.call("GET", "/v1/block-list", headers=headers)


def list_of(terminal: EnrolledTerminal, key: bytes = KEY) -> BlockList:
    answer = answer_to(terminal, key)
    assert answer.status_code == 200, answer.text
    signature = answer.headers[SIGNATURE_HEADER]
    assert Verifier(terminal.enrolment.item_key).verifies(answer.content, signature)
    return decode_block_list(answer.content)


def test_one_proposes_another_approves_and_anybody_lifts(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    block_id = proposed(server, **DOCUMENT)
    assert list_of(terminal).documents == []
    assert decided(server, block_id, "approve", "陈一") == 422
    assert decided(server, block_id, "approve", "刘二") == 200
    assert decided(server, block_id, "approve", "王三") == 422
    in_force = list_of(terminal)
    assert [each.reference for each in in_force.documents] == [
        reference_of(KEY, stretched("document", WANG.number, ISSUED))
    ]
    assert decided(server, block_id, "lift", "陈一") == 200
    lifted = list_of(terminal)
    assert (lifted.documents, lifted.serial > in_force.serial) == ([], True)


def test_no_two_terminals_have_the_same_reference_and_nobody_stands_in_the_open(
    server: PlatformServer, terminal: EnrolledTerminal, tmp_path: Path
) -> None:
    blocked(server, **DOCUMENT)
    blocked(
        server,
        kind="person_for_items",
        number=WANG.number,
        item_codes=["elder-allowance"],
        reason="under review",
    )
    other_key = os.urandom(32)
    with enrolled(server, a_folder(tmp_path), "二号机") as other:
        here, there = list_of(terminal), list_of(other, other_key)
    assert (here.key_id, there.key_id) == (key_id_of(KEY), key_id_of(other_key))
    assert here.documents[0].reference != there.documents[0].reference
    assert here.documents[0].reference != here.persons[0].reference
    stored = repr(rows(server, "SELECT * FROM blocks"))
    shown = requests.get(f"{server.console_url}/console/blocks", timeout=WITHIN_S).text
    served = answer_to(terminal).text
    for place in (stored, shown, served):
        assert WANG.number not in place
        assert stretched("person", WANG.number).hex() not in place
    assert "under review" not in served, "why is for operators"


def test_it_is_asked_for_by_its_tag_and_needs_a_key(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    blocked(server, **DOCUMENT)
    first = answer_to(terminal)
    assert answer_to(terminal, etag=first.headers["etag"]).status_code == 304
    assert answer_to(terminal, os.urandom(32), etag=first.headers["etag"]).status_code == 200
    assert answer_to(terminal, b"short").json()["code"] == Errors.BLOCK_LIST_REFUSED.code
    refused = terminal.call("GET", "/v1/block-list")
    assert (refused.status_code, refused.json()["code"]) == (400, Errors.BLOCK_LIST_REFUSED.code)


def test_terminals_and_staff_are_named_to_whom_it_concerns(
    server: PlatformServer, terminal: EnrolledTerminal, tmp_path: Path
) -> None:
    blocked(server, kind="terminal", subject=terminal.id)
    blocked(server, kind="staff", subject="WH-1024")
    with enrolled(server, a_folder(tmp_path), "二号机") as other:
        assert not list_of(other).terminal_blocked
    here = list_of(terminal)
    assert (here.terminal_blocked, here.staff_numbers) == (True, ["WH-1024"])


def test_codes_of_a_blocked_issuer_are_refused_and_others_are_not(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    block_id = blocked(server, kind="code_issuer", subject=CodeIssuer.SOCIAL_SECURITY.value)

    def code(issuer: CodeIssuer) -> str:
        answer = by_code(terminal, seal_code(terminal, telephone_code(server, issuer=issuer)))
        return str(answer.json().get("code", ""))

    assert code(CodeIssuer.SOCIAL_SECURITY) == Errors.CODES_BLOCKED.code
    assert code(CodeIssuer.RESIDENT_CODE) == ""
    assert decided(server, block_id, "lift", "王三") == 200
    assert code(CodeIssuer.SOCIAL_SECURITY) == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {**DOCUMENT, "reason": " "},
        {**DOCUMENT, "number": "429999194408170027"},
        {**DOCUMENT, "valid_from": "2016-5-4"},
        {**DOCUMENT, "item_codes": ["elder-allowance"]},
        {**DOCUMENT, "subject": WANG.number},
        {"kind": "person_for_items", "number": WANG.number, "reason": "everything"},
        {"kind": "code_issuer", "subject": "DXQC1", "reason": "no issuer"},
        {"kind": "terminal", "reason": "which"},
    ],
)
def test_what_cannot_be_blocked_is_refused_in_words(server: PlatformServer, wrong: dict[str, Any]) -> None:
    answer = asked(server, "", {"wish": wrong, "by": "陈一"})
    assert answer.status_code == 422
    assert WANG.number not in answer.text
    assert rows(server, "SELECT count(*) FROM blocks") == [(0,)]


def test_the_command_line_does_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, file = str(tmp_path / "platform"), tmp_path / "wish.json"
    file.write_bytes(msgspec.json.encode(DOCUMENT))
    assert main(["block", "--root", root, "--propose", str(file), "--by", "陈一"]) == 0
    block_id = capsys.readouterr().out.strip()
    assert main(["block", "--root", root, "--approve", block_id, "--by", "陈一"]) == 1
    assert "another person has to" in capsys.readouterr().err
    assert main(["block", "--root", root, "--approve", block_id, "--by", "刘二"]) == 0
    assert main(["block", "--root", root, "--list"]) == 0
    listed = capsys.readouterr().out
    assert '"approved_by":"刘二"' in listed
    assert WANG.number not in listed
    assert main(["block", "--root", root, "--lift", block_id, "--by", "刘二"]) == 0
