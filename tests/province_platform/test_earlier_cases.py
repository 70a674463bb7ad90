"""Who has applied already is told at the next sign-in; what comes all the same is stored and linked."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import msgspec
import pytest

from contract import payloads
from contract.answers import EarlierCase
from contract.item_checks import check_item
from contract.sets import Assurance, CaseState, ItemKind, OncePer, Outcome, Stream
from foundation.clock import in_china
from province_platform.server import PlatformServer
from tests.fakes import items
from tests.fakes.clock import ManualClock
from tests.province_platform.terminals import EnrolledTerminal, identity, outcomes, rows

ONCE, ANY_TIMES = items.LICENCE_FORM, items.OFFLINE_FORM


def apply(terminal: EnrolledTerminal, item_code: str, person_id: str = "wang-xiuying") -> payloads.Case:
    """An application of a signed-in person."""
    session = terminal.sign_in(person_id)
    actor = payloads.Actor(assurance=Assurance.CARD_VERIFIED, province_session=session.session_id)
    case = terminal.case(item_code=item_code, actor=actor)
    assert outcomes(terminal, terminal.event(Stream.CASE, case)) == [Outcome.STORED]
    return case


def set_state(server: PlatformServer, case: payloads.Case, state: CaseState) -> None:
    with closing(sqlite3.connect(server.database_path)) as database, database:
        database.execute("UPDATE cases SET state = ? WHERE case_id = ?", (state.value, case.case_id))


def test_who_applied_is_told_where_and_when_and_nobody_else_is(
    server: PlatformServer, terminal: EnrolledTerminal, clock: ManualClock
) -> None:
    assert terminal.sign_in().earlier == []
    case = apply(terminal, ONCE)
    apply(terminal, ANY_TIMES)
    ((case_no,),) = rows(server, "SELECT case_no FROM cases WHERE item_code = 'disability-subsidy'")
    assert terminal.sign_in().earlier == [
        EarlierCase(
            item_code=ONCE,
            case_no=str(case_no),
            receipt_number=case.receipt_number,
            place=terminal.enrolment.site.name,
            submitted_on=in_china(clock.utc_now()).date().isoformat(),
            state=CaseState.SUBMITTED,
        )
    ]
    assert terminal.sign_in("li-jianguo").earlier == []


@pytest.mark.parametrize("state", list(CaseState))
def test_after_a_refusal_or_a_withdrawal_one_applies_again(
    server: PlatformServer, terminal: EnrolledTerminal, state: CaseState
) -> None:
    case = apply(terminal, ONCE)
    set_state(server, case, state)
    told = [earlier.state for earlier in terminal.sign_in().earlier]
    assert told == ([] if state in (CaseState.REFUSED, CaseState.WITHDRAWN) else [state])


def test_one_that_comes_from_offline_is_stored_and_linked_to_the_first(
    server: PlatformServer, terminal: EnrolledTerminal, clock: ManualClock
) -> None:
    first = apply(terminal, ONCE)
    clock.advance(60)
    offline = msgspec.structs.replace(terminal.offline_case(identity()), item_code=ONCE)
    others = msgspec.structs.replace(terminal.offline_case(identity("li-jianguo")), item_code=ONCE)
    anonymous = terminal.case(item_code=ONCE)
    events = [terminal.event(Stream.CASE, case) for case in (offline, others, anonymous)]
    assert outcomes(terminal, *events) == [Outcome.STORED] * 3
    assert rows(server, "SELECT case_id, duplicate_of FROM duplicates") == [(offline.case_id, first.case_id)]
    assert [earlier.receipt_number for earlier in terminal.sign_in().earlier] == [first.receipt_number]
    for _ in range(2):
        apply(terminal, ANY_TIMES)
    assert len(rows(server, "SELECT case_id FROM duplicates")) == 1


def test_only_what_a_known_person_applies_for_can_be_once_per_person() -> None:
    item = items.reference_item(ONCE)
    assert item.once_per is OncePer.PERSON
    check_item(item)
    anonymous = items.reference_item(items.CALL_BACK)
    for wrong in (
        msgspec.structs.replace(items.reference_item(items.QUERY), once_per=OncePer.PERSON),
        msgspec.structs.replace(anonymous, once_per=OncePer.PERSON),
    ):
        assert wrong.kind is ItemKind.QUERY or wrong.assurance is Assurance.ANONYMOUS
        with pytest.raises(ValueError, match="once per person"):
            check_item(wrong)
