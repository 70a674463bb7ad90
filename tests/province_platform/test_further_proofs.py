"""A second proof beside the first: two different things of the same person, at the same terminal, in time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests

from contract import payloads
from contract.answers import ChallengeAnswer, CitizenSession, SignInChallenge
from contract.item_checks import decode_batch_document
from contract.sets import Assurance, CaseState, Outcome, Stream
from foundation.errors import Errors
from province_platform.server import PlatformServer
from tests.fakes.clock import ManualClock
from tests.province_platform.terminals import WITHIN_S, EnrolledTerminal, enrolled, identity, outcomes, rows

PERSON, OTHER = "wang-xiuying", "li-jianguo"
REFUSED = (403, Errors.PROOF_OTHER_PERSON.code)


def card(
    terminal: EnrolledTerminal, beside: CitizenSession | None, person: str = PERSON
) -> requests.Response:
    body = terminal.card_sign_in(identity(person), terminal.server.clock.utc_now())
    return terminal.call("POST", "/v1/sign-in/card", json=body, headers=_header(terminal, beside))


def code(
    terminal: EnrolledTerminal, beside: CitizenSession | None, person: str = PERSON
) -> requests.Response:
    from contract.sealing import Sealer

    url = f"{terminal.server.console_url}/console/codes"
    shown = requests.post(url, json={"person_id": person}, timeout=WITHIN_S).json()["code"]
    sealed = Sealer(terminal.enrolment.sealing_key).seal(shown.encode("ascii"))
    nonce = terminal.card_sign_in(identity(), terminal.server.clock.utc_now())["nonce"]
    body = {"sealed": sealed, "nonce": nonce}
    return terminal.call("POST", "/v1/sign-in/code", json=body, headers=_header(terminal, beside))


def telephone(
    terminal: EnrolledTerminal, beside: CitizenSession | None, person: str = PERSON
) -> requests.Response:
    made = terminal.call("POST", "/v1/sign-in/challenges", json={}).content
    challenge = msgspec.json.decode(made, type=SignInChallenge)
    console = f"{terminal.server.console_url}/console/challenges"
    requests.post(console, json={"code": challenge.code}, timeout=WITHIN_S).raise_for_status()
    requests.post(
        f"{console}/{challenge.challenge_id}", json={"person_id": person, "confirmed": True}, timeout=WITHIN_S
    ).raise_for_status()
    path = f"/v1/sign-in/challenges/{challenge.challenge_id}"
    return terminal.call("POST", path, json={}, headers=_header(terminal, beside))


WAYS = {"card": card, "code": code, "telephone": telephone}


def _header(terminal: EnrolledTerminal, beside: CitizenSession | None) -> dict[str, str]:
    return terminal.with_token(beside) if beside is not None else {}


def session_of(answer: requests.Response) -> CitizenSession:
    assert answer.status_code == 200, answer.text
    if "state" not in answer.json():
        return msgspec.json.decode(answer.content, type=CitizenSession)
    session = msgspec.json.decode(answer.content, type=ChallengeAnswer).session
    assert session is not None
    return session


@pytest.mark.parametrize(
    ("first", "second", "assurance"),
    [
        ("card", "code", Assurance.KNOWN_TWICE),
        ("card", "telephone", Assurance.KNOWN_TWICE),
        ("code", "card", Assurance.KNOWN_TWICE),
        ("telephone", "card", Assurance.KNOWN_TWICE),
        ("card", "card", Assurance.CARD_VERIFIED),
        ("code", "telephone", Assurance.CARD_VERIFIED),
    ],
)
def test_two_things_are_two_proofs_and_one_thing_twice_is_one(
    server: PlatformServer, terminal: EnrolledTerminal, first: str, second: str, assurance: Assurance
) -> None:
    begun = session_of(WAYS[first](terminal, None))
    assert begun.assurance is Assurance.CARD_VERIFIED
    more = session_of(WAYS[second](terminal, begun))
    assert more.assurance is assurance
    assert more.subject_ref == begun.subject_ref
    assert len(rows(server, "SELECT * FROM session_proofs")) == (
        3 if assurance is Assurance.KNOWN_TWICE else 2
    )


@pytest.mark.parametrize("way", WAYS)
def test_the_proof_of_another_person_is_refused_and_tells_nothing_of_her(
    server: PlatformServer, terminal: EnrolledTerminal, way: str
) -> None:
    begun = session_of(card(terminal, None))
    answer = WAYS[way](terminal, begun, OTHER)
    assert (answer.status_code, answer.json()["code"]) == REFUSED
    assert set(answer.json()) == {"code", "message"}
    assert len(rows(server, "SELECT * FROM citizen_sessions")) == 1, "no session was begun for her"


def test_a_session_that_ended_or_is_of_another_terminal_adds_nothing(
    server: PlatformServer, terminal: EnrolledTerminal, clock: ManualClock, tmp_path: Path
) -> None:
    begun = session_of(card(terminal, None))
    with enrolled(server, tmp_path, "二号机") as elsewhere:
        assert session_of(code(elsewhere, begun)).assurance is Assurance.CARD_VERIFIED
    clock.advance(901)
    assert session_of(code(terminal, begun)).assurance is Assurance.CARD_VERIFIED


def test_a_case_claims_no_more_than_its_session_has(terminal: EnrolledTerminal) -> None:
    begun = session_of(card(terminal, None))
    twice = session_of(code(terminal, begun))

    def outcome(session: CitizenSession) -> list[Outcome]:
        actor = payloads.Actor(assurance=Assurance.KNOWN_TWICE, province_session=session.session_id)
        return outcomes(terminal, terminal.event(Stream.CASE, terminal.case(actor=actor)))

    assert outcome(begun) == [Outcome.REFUSED]
    assert outcome(twice) == [Outcome.STORED]


def test_a_case_that_claims_less_than_its_item_needs_is_refused_and_one_that_failed_is_not(
    terminal: EnrolledTerminal,
) -> None:
    batch = decode_batch_document(terminal.call("GET", "/v1/items").content)
    once = session_of(card(terminal, None))
    twice = session_of(code(terminal, once))

    def outcome(session: CitizenSession, **more: Any) -> list[Outcome]:
        actor = payloads.Actor(assurance=session.assurance, province_session=session.session_id)
        of_item = {"item_code": "pension-confirmation", "item_batch": batch.batch_id}
        return outcomes(
            terminal, terminal.event(Stream.CASE, terminal.case(actor=actor, **{**of_item, **more}))
        )

    assert outcome(once) == [Outcome.REFUSED]
    assert outcome(once, item_code="elder-allowance") == [Outcome.STORED]
    assert outcome(once, state=CaseState.WITHDRAWN) == [Outcome.STORED]
    assert outcome(once, item_batch="of another province") == [Outcome.STORED]
    assert outcome(twice) == [Outcome.STORED]
