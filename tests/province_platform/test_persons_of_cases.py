"""Whose case it is: by the session that stands behind it, or by the card alone when the network was away."""

from __future__ import annotations

import uuid
from datetime import timedelta

import msgspec

from contract import payloads
from contract.sets import Assurance, Outcome, Stream
from province_platform.server import PlatformServer
from tests.fakes.clock import ManualClock
from tests.province_platform.terminals import EnrolledTerminal, identity, new_key, outcomes, rows


def test_an_offline_case_is_proved_by_the_card_and_the_person_found_by_the_province(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    person = identity()
    case = terminal.offline_case(person)
    assert outcomes(terminal, terminal.event(Stream.CASE, case)) == [Outcome.STORED]
    session = terminal.sign_in()
    assert rows(server, "SELECT subject_ref, offline FROM cases") == [(session.subject_ref, 1)]
    mine = terminal.call("GET", "/v1/cases", headers=terminal.with_token(session)).json()["cases"]
    assert [(each["case_id"], each["state"]) for each in mine] == [(case.case_id, "submitted")]
    stored = server.database_path.read_bytes() + server.database_path.with_suffix(".sqlite-wal").read_bytes()
    for in_clear in (person.number, person.name, person.address):
        assert in_clear.encode("utf-8") not in stored


def test_an_offline_case_whose_proof_does_not_hold_is_refused(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    good = terminal.offline_case(identity())
    contradiction = msgspec.structs.replace(identity(), birth_date="1944-08-18")
    wrong = [
        terminal.offline_case(identity(), key=new_key()),
        msgspec.structs.replace(good, case_id=str(uuid.uuid4())),
        msgspec.structs.replace(good, sealed=terminal.offline_case(identity("li-jianguo")).sealed),
        msgspec.structs.replace(good, actor=payloads.Actor(assurance=Assurance.CARD_PRESENT)),
        terminal.offline_case(contradiction),
    ]
    answers = terminal.send(*(terminal.event(Stream.CASE, case) for case in wrong))
    reasons = [answer.reason for answer in answers]
    assert reasons == ["data.actor.proof does not hold"] * 4 + ["data.sealed names no person"]
    assert rows(server, "SELECT count(*) FROM cases") == [(0,)]


def test_a_case_of_a_session_belongs_to_the_person_of_the_session(
    server: PlatformServer, terminal: EnrolledTerminal, clock: ManualClock
) -> None:
    session = terminal.sign_in("li-jianguo")
    actor = payloads.Actor(
        assurance=Assurance.CARD_VERIFIED,
        subject_ref=session.subject_ref,
        province_session=session.session_id,
    )
    foreign = msgspec.structs.replace(actor, subject_ref="0" * 64)
    clock.advance(timedelta(days=2).total_seconds())  # the network was away; the session has long ended
    answers = terminal.send(
        terminal.event(Stream.CASE, terminal.case(actor=actor)),
        terminal.event(Stream.CASE, terminal.case(actor=foreign)),
    )
    assert [answer.outcome for answer in answers] == [Outcome.STORED, Outcome.REFUSED]
    assert answers[1].reason == "data.actor.subject_ref is not that of the session"
    assert rows(server, "SELECT subject_ref FROM cases") == [(session.subject_ref,)]
