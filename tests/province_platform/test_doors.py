"""Who comes through the terminals' door, and that every operation of the contract has its handler."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import requests

from contract.operations import OPERATIONS, Caller, Operation
from contract.sets import Outcome, Stream
from foundation.errors import Errors
from province_platform.authority import Keys, read_signing_request
from province_platform.handlers import HANDLERS
from province_platform.server import PlatformServer
from tests.province_platform.terminals import (
    WITHIN_S,
    EnrolledTerminal,
    anybody,
    enrolled,
    new_key,
    signing_request,
    with_certificate,
)

CLOSED_DOORS = [operation for operation in OPERATIONS if operation.caller is not Caller.ANYONE]


SOME_ID = "3f0c9a3e-3f57-4a2e-8a0c-6c1c6a0f7a11"


def path_of(operation: Operation) -> str:
    names = {"case_id": SOME_ID, "attachment_id": SOME_ID, "challenge_id": SOME_ID}
    return operation.path.format(item_code="pension-payments", place="disk", **names)


def test_every_operation_has_a_handler_and_no_handler_is_left_over() -> None:
    assert set(HANDLERS) == {operation.name for operation in OPERATIONS}


@pytest.fixture
def stranger(server: PlatformServer, tmp_path: Path) -> Iterator[requests.Session]:
    with anybody(server, tmp_path) as session:
        yield session


def test_without_a_certificate_nothing_but_enrolment_answers(
    server: PlatformServer, stranger: requests.Session
) -> None:
    for operation in CLOSED_DOORS:
        answer = stranger.request(
            operation.method, f"{server.terminal_url}{path_of(operation)}", json={}, timeout=WITHIN_S
        )
        assert answer.status_code == 401
        if operation.method == "HEAD":  # which has no body to say more
            continue
        assert answer.json()["code"] == Errors.TERMINAL_NOT_AUTHORISED.code
        assert set(answer.json()["message"]) == {"zh", "en"}


def test_a_certificate_of_another_authority_does_not_get_through_the_handshake(
    server: PlatformServer, terminal: EnrolledTerminal, tmp_path: Path
) -> None:
    key = new_key()
    request = read_signing_request(signing_request(key))
    assert request is not None
    forged = Keys(tmp_path / "other keys").certify_terminal(request, terminal.id)
    pretended = msgspec.structs.replace(terminal.enrolment, certificate=forged.pem)
    with (
        with_certificate(server, tmp_path, pretended, key) as pretender,
        pytest.raises(requests.exceptions.ConnectionError),
    ):
        pretender.call("GET", "/v1/time")


def test_a_revoked_terminal_is_not_authorised_any_more(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    assert terminal.call("GET", "/v1/time").status_code == 200
    url = f"{server.console_url}/console/terminals/{terminal.id}/revoke"
    assert requests.post(url, json={}, timeout=WITHIN_S).status_code == 200
    answer = terminal.call("GET", "/v1/time")
    assert (answer.status_code, answer.json()["code"]) == (401, Errors.TERMINAL_NOT_AUTHORISED.code)


def test_one_terminal_does_not_speak_for_another(server: PlatformServer, tmp_path: Path) -> None:
    with enrolled(server, tmp_path, "一号机") as one, enrolled(server, tmp_path, "二号机") as two:
        by_source = one.event(Stream.STATUS, one.status(), source=f"terminal/{two.id}")
        by_payload = one.event(Stream.STATUS, two.status())
        answers = one.send(by_source, by_payload)
        assert [answer.outcome for answer in answers] == [Outcome.REFUSED, Outcome.REFUSED]
        assert two.id not in answers[0].reason + answers[1].reason


def test_what_is_no_operation_is_a_problem_too(server: PlatformServer, terminal: EnrolledTerminal) -> None:
    for method, path, status in (("GET", "/v1/nothing", 404), ("PUT", "/v1/events", 405), ("GET", "/", 404)):
        answer = terminal.call(method, path)
        assert (answer.status_code, answer.json()["code"]) == (status, "PROV-003")
