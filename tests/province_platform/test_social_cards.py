"""A social-security card is compared with whoever has signed in by something else; it begins no session."""

from __future__ import annotations

import requests

from contract.answers import CitizenSession, SocialCardHolder
from foundation.errors import Errors
from tests.province_platform.terminals import EnrolledTerminal, identity


def holder_of(person_id: str) -> SocialCardHolder:
    person = identity(person_id)
    return SocialCardHolder(name=person.name, number=person.number, card_number="A12345678")


def compare(terminal: EnrolledTerminal, session: CitizenSession, sealed: str) -> requests.Response:
    return terminal.call(
        "POST", "/v1/session/social-card", json={"sealed": sealed}, headers=terminal.with_token(session)
    )


def lives(terminal: EnrolledTerminal, session: CitizenSession) -> bool:
    return terminal.call("GET", "/v1/cases", headers=terminal.with_token(session)).status_code == 200


def test_the_card_of_the_same_person_changes_nothing(terminal: EnrolledTerminal) -> None:
    session = terminal.sign_in("wang-xiuying")
    assert compare(terminal, session, terminal.seal(holder_of("wang-xiuying"))).status_code == 200
    assert lives(terminal, session)


def test_the_card_of_somebody_else_is_refused_and_ends_the_session(terminal: EnrolledTerminal) -> None:
    session = terminal.sign_in("wang-xiuying")
    answer = compare(terminal, session, terminal.seal(holder_of("li-jianguo")))
    assert (answer.status_code, answer.json()["code"]) == (403, Errors.SOCIAL_CARD_OF_ANOTHER.code)
    assert not lives(terminal, session)


def test_what_cannot_be_opened_says_nothing_of_anybody(terminal: EnrolledTerminal) -> None:
    session = terminal.sign_in("wang-xiuying")
    for sealed in ("not an envelope", terminal.seal({"name": "王秀英"})):
        assert compare(terminal, session, sealed).status_code == 400
    assert lives(terminal, session)


def test_without_a_session_it_is_nobody(terminal: EnrolledTerminal) -> None:
    answer = terminal.call(
        "POST", "/v1/session/social-card", json={"sealed": terminal.seal(holder_of("wang-xiuying"))}
    )
    assert answer.status_code == 401
