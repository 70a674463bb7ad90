"""A code on a terminal's screen, confirmed on the telephone: once, in time, and for that terminal alone."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests

from contract.answers import ChallengeAnswer, SignInChallenge
from contract.operations import SESSION_HEADER
from contract.sets import ChallengeState
from province_platform.challenges import CHALLENGE_VALID
from province_platform.server import PlatformServer
from tests.fakes.clock import ManualClock
from tests.province_platform.terminals import WITHIN_S, EnrolledTerminal, enrolled, identity, rows

PERSON = "ouyang-yi"


def shown(terminal: EnrolledTerminal) -> SignInChallenge:
    answer = terminal.call("POST", "/v1/sign-in/challenges", json={})
    return msgspec.json.decode(answer.content, type=SignInChallenge)


def asked(terminal: EnrolledTerminal, challenge: SignInChallenge, wait_s: int = 0) -> ChallengeAnswer:
    path = f"/v1/sign-in/challenges/{challenge.challenge_id}?wait_s={wait_s}"
    return msgspec.json.decode(terminal.call("POST", path, json={}).content, type=ChallengeAnswer)


def telephone(server: PlatformServer, path: str, body: dict[str, Any]) -> requests.Response:
    return requests.post(f"{server.console_url}/console/challenges{path}", json=body, timeout=WITHIN_S)


def scanned(server: PlatformServer, code: str) -> requests.Response:
    return telephone(server, "", {"code": code})


def decided(server: PlatformServer, challenge: SignInChallenge, *, confirmed: bool = True) -> int:
    seen = scanned(server, challenge.code)
    if seen.status_code != 200:
        return seen.status_code
    body = {"person_id": PERSON, "confirmed": confirmed}
    return telephone(server, f"/{seen.json()['challenge_id']}", body).status_code


def test_confirmed_on_the_telephone_it_is_a_session_once(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    challenge = shown(terminal)
    assert asked(terminal, challenge).state is ChallengeState.WAITING
    seen = scanned(server, challenge.code).json()
    assert seen["terminal_name"]
    assert seen["place"]
    assert decided(server, challenge) == 200
    answer = asked(terminal, challenge)
    assert answer.state is ChallengeState.CONFIRMED
    assert answer.session is not None
    assert answer.session.identity == identity(PERSON)
    assert answer.session.subject_ref == terminal.sign_in(PERSON).subject_ref
    headers = {SESSION_HEADER: answer.session.token}
    assert terminal.call("GET", "/v1/cases", headers=headers).status_code == 200
    again = asked(terminal, challenge)
    assert (again.state, again.session) == (ChallengeState.EXPIRED, None)
    assert decided(server, challenge) == 404


def test_neither_code_nor_person_is_kept(server: PlatformServer, terminal: EnrolledTerminal) -> None:
    challenge = shown(terminal)
    assert decided(server, challenge) == 200
    everything = repr(rows(server, "SELECT * FROM sign_in_challenges"))
    assert challenge.code not in everything
    assert identity(PERSON).number not in everything
    assert challenge.code not in repr(challenge)


def test_whoever_waits_hears_it_at_once(server: PlatformServer, terminal: EnrolledTerminal) -> None:
    challenge = shown(terminal)
    heard: list[ChallengeAnswer] = []
    waiting = threading.Thread(target=lambda: heard.append(asked(terminal, challenge, wait_s=5)))
    waiting.start()
    assert decided(server, challenge) == 200
    waiting.join(4.0)
    assert [answer.state for answer in heard] == [ChallengeState.CONFIRMED]


def test_the_answer_no_signs_nobody_in(server: PlatformServer, terminal: EnrolledTerminal) -> None:
    challenge = shown(terminal)
    assert decided(server, challenge, confirmed=False) == 200
    answer = asked(terminal, challenge)
    assert (answer.state, answer.session) == (ChallengeState.REFUSED, None)
    assert decided(server, challenge) == 404, "a no is not taken back by who finds the code later"


def test_too_late_is_too_late_on_both_sides(
    server: PlatformServer, terminal: EnrolledTerminal, clock: ManualClock
) -> None:
    unseen, unfetched = shown(terminal), None
    clock.advance((CHALLENGE_VALID + timedelta(seconds=1)).total_seconds())
    assert decided(server, unseen) == 404
    assert asked(terminal, unseen).state is ChallengeState.EXPIRED
    unfetched = shown(terminal)
    assert decided(server, unfetched) == 200
    clock.advance((CHALLENGE_VALID + timedelta(seconds=1)).total_seconds())
    answer = asked(terminal, unfetched)
    assert (answer.state, answer.session) == (ChallengeState.EXPIRED, None)


def test_a_new_code_voids_the_one_before(server: PlatformServer, terminal: EnrolledTerminal) -> None:
    first = shown(terminal)
    second = shown(terminal)
    assert decided(server, first) == 404
    assert asked(terminal, first).state is ChallengeState.EXPIRED
    listed = requests.get(f"{server.console_url}/console/challenges", timeout=WITHIN_S).json()
    assert [each["challenge_id"] for each in listed["challenges"]] == [second.challenge_id]


def test_another_terminal_gets_nothing_of_it(
    server: PlatformServer, terminal: EnrolledTerminal, tmp_path: Path
) -> None:
    challenge = shown(terminal)
    assert decided(server, challenge) == 200
    folder = tmp_path / "another"
    folder.mkdir()
    with enrolled(server, folder, "二号机") as other:
        assert asked(other, challenge).state is ChallengeState.EXPIRED
    assert asked(terminal, challenge).state is ChallengeState.CONFIRMED


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"person_id": "nobody", "confirmed": True}, 404),
        ({"person_id": PERSON}, 400),
        ({"person_id": PERSON, "confirmed": True, "more": 1}, 400),
    ],
)
def test_what_is_no_decision_decides_nothing(
    server: PlatformServer, terminal: EnrolledTerminal, body: dict[str, Any], status: int
) -> None:
    challenge = shown(terminal)
    assert telephone(server, f"/{challenge.challenge_id}", body).status_code == status
    assert asked(terminal, challenge).state is ChallengeState.WAITING
