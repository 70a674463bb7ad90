"""A batch is asked about and put down as a whole, and each of its rows is decided as if it had come alone."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Engine, event

from contract import payloads
from contract.envelope import CloudEvent, event_type
from contract.sets import Assurance, CaseState, ItemKind, Outcome, Stream
from province_platform.server import PlatformServer
from tests.fakes import items
from tests.fakes.clock import ManualClock
from tests.province_platform.terminals import EnrolledTerminal, enrolled, identity, outcomes, rows

STORED, DUPLICATE, REFUSED, WAITS = Outcome.STORED, Outcome.DUPLICATE, Outcome.REFUSED, Outcome.WAITS_FOR


def visit(terminal: EnrolledTerminal) -> list[CloudEvent]:
    """A case, its act of handling, and its rating."""
    case = terminal.case()
    service = terminal.service(case)
    return [
        terminal.event(Stream.CASE, case),
        terminal.event(Stream.SERVICE, service),
        terminal.event(Stream.RATING, terminal.rating(service)),
    ]


@contextmanager
def changes() -> Iterator[list[str]]:
    """The statements of the writer meanwhile; many rows in one are one."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if threading.current_thread().name == "platform writer":
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_many_visits_cost_as_many_statements_as_one(terminal: EnrolledTerminal) -> None:
    outcomes(terminal, *visit(terminal))  # the heads of the streams are there
    costs = []
    for visits in (1, 60):
        batch = [each for _ in range(visits) for each in visit(terminal)]
        with changes() as first_time:
            assert outcomes(terminal, *batch) == [STORED] * len(batch)
        with changes() as second_time:
            assert outcomes(terminal, *batch) == [DUPLICATE] * len(batch)
        costs.append((len(first_time), len(second_time)))
    assert costs[0] == costs[1]
    assert costs[0][0] > costs[0][1] > 0


def test_a_row_sees_what_the_rows_before_it_have_kept(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    case = terminal.case()
    service = terminal.service(case)
    rating = terminal.rating(service)
    story = [
        (terminal.event(Stream.RATING, rating), WAITS),
        (terminal.event(Stream.CASE, case), STORED),
        (terminal.event(Stream.CASE, case), REFUSED),  # the same case in another event
        (terminal.event(Stream.RATING, rating), WAITS),
        (terminal.event(Stream.SERVICE, service), STORED),
        (terminal.event(Stream.SERVICE, terminal.service(case)), REFUSED),  # its number is taken
        (terminal.event(Stream.SERVICE, terminal.service(case, service_no=2)), STORED),
        (terminal.event(Stream.RATING, rating), STORED),
        (terminal.event(Stream.RATING, terminal.rating(service)), REFUSED),  # rated before
        (terminal.event(Stream.RATING, terminal.rating(service, assess_number=2)), STORED),
        (terminal.event(Stream.RATING, terminal.rating(service, service_no=2)), REFUSED),  # not its number
    ]
    assert outcomes(terminal, *(each for each, _ in story)) == [outcome for _, outcome in story]
    assert rows(server, "SELECT count(*) FROM events WHERE store_id <> ''") == [(5,)]
    assert rows(server, "SELECT count(*) FROM refusals") == [(4,)]
    assert rows(server, "SELECT case_id FROM undelivered") == [], "the case itself is here"
    again = [terminal.event(Stream.SERVICE, service), terminal.event(Stream.RATING, rating)]
    assert outcomes(terminal, *again) == [REFUSED] * 2, "and so do the batches after it"


def test_the_same_event_twice_in_a_batch_is_one_with_its_number(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    first = terminal.event(Stream.CASE, terminal.case())
    altered = msgspec.structs.replace(first, monotonicms="999")
    answers = terminal.send(first, first, altered)
    assert [answer.outcome for answer in answers] == [STORED, DUPLICATE, DUPLICATE]
    assert len({answer.case_no for answer in answers} - {""}) == 1
    assert rows(server, "SELECT repeats, conflicts FROM events") == [(2, 1)]


def test_of_one_person_in_one_batch_the_first_counts(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    once = items.LICENCE_FORM
    withdrawn = terminal.offline_case(
        identity(), item_code=once, kind=ItemKind.QUERY, state=CaseState.WITHDRAWN
    )
    first, second, third = (terminal.offline_case(identity(), item_code=once) for _ in range(3))
    other = terminal.offline_case(identity("li-jianguo"), item_code=once)
    batch = [terminal.event(Stream.CASE, case) for case in (withdrawn, first, other, second)]
    assert outcomes(terminal, *batch) == [STORED] * 4
    assert outcomes(terminal, terminal.event(Stream.CASE, third)) == [STORED]
    assert rows(server, "SELECT case_id, duplicate_of FROM duplicates ORDER BY rowid") == [
        (second.case_id, first.case_id),
        (third.case_id, first.case_id),
    ]


def test_what_is_told_of_a_case_in_its_own_batch_is_compared_with_it(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    here, gone = terminal.case(), terminal.case()
    waiting = [
        payloads.WaitingCase(
            case_id=case.case_id,
            receipt_number=case.receipt_number,
            item_code=case.item_code,
            site_id=case.site_id,
            set_aside=True,
        )
        for case in (here, gone)
    ]
    status = terminal.status(queue=payloads.QueueReport(depth=2, cases=waiting))
    reported = payloads.UndeliveredCase(
        case_id=here.case_id, owner="武昌区", deadline="2026-12-01", reason=""
    )
    told = terminal.event(Stream.CASE, reported, type=event_type(Stream.CASE, "undelivered"))
    batch = [terminal.event(Stream.CASE, here), terminal.event(Stream.STATUS, status), told]
    assert outcomes(terminal, *batch) == [STORED] * 3
    assert rows(server, "SELECT case_id, state FROM undelivered") == [(gone.case_id, "open")]
    assert outcomes(terminal, terminal.event(Stream.CASE, gone)) == [STORED]
    assert rows(server, "SELECT case_id, state FROM undelivered") == [(gone.case_id, "closed")]


def test_a_session_of_another_terminal_is_no_word_for_a_case(server: PlatformServer, tmp_path: Path) -> None:
    with enrolled(server, tmp_path, "一号机") as one, enrolled(server, tmp_path, "二号机") as two:
        session = one.sign_in().session_id
        actor = payloads.Actor(assurance=Assurance.CARD_VERIFIED, province_session=session)
        nobody = payloads.Actor(assurance=Assurance.CARD_VERIFIED, province_session=str(uuid.uuid4()))
        assert outcomes(
            one, *(one.event(Stream.CASE, one.case(actor=each)) for each in (actor, nobody, actor))
        ) == [STORED, REFUSED, STORED]
        assert outcomes(two, two.event(Stream.CASE, two.case(actor=actor))) == [REFUSED]


def test_numbers_go_on_from_batch_to_batch(terminal: EnrolledTerminal, clock: ManualClock) -> None:
    endings = []
    for cases in (3, 1, 2):
        batch = [terminal.event(Stream.CASE, terminal.case()) for _ in range(cases)]
        endings += [answer.case_no[-4:] for answer in terminal.send(*batch)]
        clock.advance(1)
    assert endings == [f"{number:04d}" for number in range(1, 7)]
