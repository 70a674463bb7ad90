"""A window takes up a slip: by a code that a terminal has signed, and by nothing else."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from contract.payloads import Case
from contract.sets import Stream
from contract.signing import Signer
from contract.slip_code import sign_slip
from foundation.errors import Errors
from province_platform.server import PlatformServer
from tests.province_platform.terminals import (
    WITHIN_S,
    EnrolledTerminal,
    enrolled,
    identity,
    new_key,
    private_pem,
)

ISSUED_AT = "2026-11-21T02:10:07.123Z"


@pytest.fixture
def window(server: PlatformServer) -> Iterator[Any]:
    """Scans a code at the console; the status and the answer."""
    with requests.Session() as session:
        session.trust_env = False

        def scan(code: str) -> tuple[int, Any]:
            answer = session.post(
                f"{server.console_url}/console/slips", json={"code": code}, timeout=WITHIN_S
            )
            return answer.status_code, answer.json()

        yield scan


def code_of(terminal: EnrolledTerminal, case: Case, **changed: Any) -> str:
    signer = Signer(private_pem(changed.pop("key", terminal.key)).decode("ascii"))
    facts = {"receipt_number": case.receipt_number, "case_id": case.case_id, "terminal_id": terminal.id}
    return sign_slip(signer, **(facts | changed), issued_at=ISSUED_AT).text()


def test_a_case_that_has_come_is_shown_where_it_stands(window: Any, terminal: EnrolledTerminal) -> None:
    case = terminal.offline_case(identity(), item_code="elder-allowance", hear_by="2026-12-11")
    (stored,) = terminal.send(terminal.event(Stream.CASE, case))
    status, standing = window(code_of(terminal, case))
    assert status == 200
    assert standing["arrived"] is True
    assert (standing["case_no"], standing["receipt_number"]) == (stored.case_no, case.receipt_number)
    assert (standing["state"], standing["hear_by"]) == ("submitted", "2026-12-11")
    assert (standing["terminal_id"], standing["issued_at"]) == (terminal.id, ISSUED_AT)
    assert not {"subject_ref", "sealed", "person"} & set(standing), "nothing of the person"


def test_a_case_that_has_not_come_is_no_reason_to_send_anybody_away(
    window: Any, terminal: EnrolledTerminal
) -> None:
    case = terminal.case()
    status, standing = window(code_of(terminal, case))
    assert (status, standing["arrived"], standing["case_no"]) == (200, False, "")
    assert standing["explanation"]["zh"].startswith("尚未到达，终端已保存")
    terminal.send(terminal.event(Stream.CASE, case))
    assert window(code_of(terminal, case))[1]["arrived"] is True


def test_one_altered_character_is_refused_wherever_it_stands(window: Any, terminal: EnrolledTerminal) -> None:
    case = terminal.case()
    terminal.send(terminal.event(Stream.CASE, case))
    code = code_of(terminal, case)
    for at in range(0, len(code), 7):
        altered = code[:at] + ("A" if code[at] != "A" else "B") + code[at + 1 :]
        status, answer = window(altered)
        assert (status, answer["code"]) == (422, Errors.SLIP_NOT_GENUINE.code), at
    assert window(code)[0] == 200


def test_only_the_terminal_that_it_names_can_have_made_it(
    window: Any, server: PlatformServer, terminal: EnrolledTerminal, tmp_path: Path
) -> None:
    case = terminal.case()
    terminal.send(terminal.event(Stream.CASE, case))
    for code in (
        code_of(terminal, case, key=new_key()),
        code_of(terminal, case, terminal_id="hubei-99999"),
        code_of(terminal, case, receipt_number="99999000001"),
        "",
        "DXS1.",
        "x" * 400,
    ):
        assert window(code)[0] == 422, code
    with enrolled(server, tmp_path, "二号机") as another:
        assert window(code_of(terminal, case, key=another.key))[0] == 422
        assert window(code_of(another, case))[0] == 200, "printed again at another terminal"


def test_a_terminal_that_was_withdrawn_does_not_take_its_slips_along(
    window: Any, server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    come, missing = terminal.case(), terminal.case(case_id=str(uuid.uuid4()))
    terminal.send(terminal.event(Stream.CASE, come))
    revoked = requests.post(
        f"{server.console_url}/console/terminals/{terminal.id}/revoke", json={}, timeout=WITHIN_S
    )
    assert revoked.status_code == 200
    assert window(code_of(terminal, come))[1]["arrived"] is True
    status, standing = window(code_of(terminal, missing))
    assert (status, standing["arrived"]) == (200, False)
    assert "已停用" in standing["explanation"]["zh"]


def test_a_window_with_a_certificate_of_its_own_hears_the_same(
    window: Any, terminal: EnrolledTerminal
) -> None:
    case = terminal.case()
    terminal.send(terminal.event(Stream.CASE, case))
    code = code_of(terminal, case)
    answer = terminal.call("POST", "/v1/slips", json={"code": code})
    assert (answer.status_code, answer.json()) == window(code)
    assert terminal.call("POST", "/v1/slips", json={"code": code[:-1]}).status_code == 422
