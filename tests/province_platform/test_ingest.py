"""Batches of events: row by row, exactly once, in the order that the contract asks for."""

from __future__ import annotations

import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
import requests

from contract import payloads
from contract.envelope import LARGEST_BATCH, LARGEST_EVENT_BYTES
from contract.session import Session
from contract.sets import (
    Assurance,
    CaseState,
    CoordinateSource,
    ItemKind,
    Outcome,
    ReferenceSystem,
    Remedy,
    Satisfaction,
    Stream,
    WayOut,
)
from foundation.clock import in_china, rfc3339
from province_platform.server import PlatformServer
from tests.fakes.clock import ManualClock
from tests.province_platform.terminals import (
    TASK_CODE,
    WITHIN_S,
    EnrolledTerminal,
    enrolled,
    identity,
    outcomes,
    rows,
)


def test_a_case_gets_its_number_and_the_same_number_again(
    terminal: EnrolledTerminal, clock: ManualClock
) -> None:
    event = terminal.event(Stream.CASE, terminal.case())
    (stored,) = terminal.send(event)
    (repeated,) = terminal.send(event)
    today = f"{in_china(clock.utc_now()):%Y%m%d}"
    assert (stored.outcome, stored.case_no) == (Outcome.STORED, f"{TASK_CODE}{today}0001")
    assert (repeated.outcome, repeated.case_no) == (Outcome.DUPLICATE, stored.case_no)


def test_case_numbers_run_by_task_and_by_the_day_in_hubei(
    terminal: EnrolledTerminal, clock: ManualClock
) -> None:
    other_task = TASK_CODE[:-1] + "9"
    cases = [terminal.case(), terminal.case(), terminal.case(task_code=other_task)]
    endings = [
        answer.case_no[-4:] for answer in terminal.send(*(terminal.event(Stream.CASE, c) for c in cases))
    ]
    assert endings == ["0001", "0002", "0001"]
    clock.advance(24 * 3600)
    (tomorrow,) = terminal.send(terminal.event(Stream.CASE, terminal.case()))
    assert tomorrow.case_no.endswith(f"{in_china(clock.utc_now()):%Y%m%d}0001")


def test_one_bad_row_leaves_the_rest_alone(terminal: EnrolledTerminal) -> None:
    good = [terminal.event(Stream.STATUS, terminal.status()) for _ in range(2)]
    bad = msgspec.json.encode(good[0]).replace(b'"normal"', b'"sparkling"')
    answers = terminal.send(good[0], bad.replace(good[0].id.encode(), str(uuid.uuid4()).encode()), good[1])
    assert [answer.outcome for answer in answers] == [Outcome.STORED, Outcome.REFUSED, Outcome.STORED]
    assert (answers[1].code, answers[1].reason) == ("PROV-006", "data.state does not fit")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"17", "the row does not fit"),
        (b'{"specversion":"1.0"}', "id is missing"),
        (b'{"id":"\xff"}', "no JSON that can be read"),
        (b'{"id":"' + b"7" * 80 + b'"}', "id does not fit"),
    ],
)
def test_a_row_that_is_no_event_is_refused_in_its_place(
    terminal: EnrolledTerminal, row: bytes, reason: str
) -> None:
    (answer,) = terminal.send(row)
    assert (answer.id, answer.outcome, answer.reason) == ("", Outcome.REFUSED, reason)


def test_what_is_refused_is_named_by_its_field_and_never_by_its_value(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    number = identity().number
    wrong = {
        "type is unknown here": terminal.event(Stream.STATUS, terminal.status(), type="cn.gov.hubei.x.v1"),
        "subject does not name what the event is about": terminal.event(
            Stream.STATUS, terminal.status(), subject=number
        ),
        "time is no time": terminal.event(Stream.STATUS, terminal.status(), time="2026-13-41T25:61:61.000Z"),
        "sequence is out of range": terminal.event(Stream.STATUS, terminal.status(), sequence="9" * 19),
        "data.period does not end at the event's sequence": terminal.event(
            Stream.STATUS, terminal.status(period=payloads.Period(first_sequence=9, last_sequence=7))
        ),
        "an identity number stands in clear": terminal.event(
            Stream.STATUS, terminal.status(worst_device=f"{number}")
        ),
        "a NUL character": terminal.event(Stream.STATUS, terminal.status(worst_device="a\0b")),
        "data.task_code needs 31 characters": terminal.event(Stream.CASE, terminal.case(task_code="123")),
        "data.actor.province_session is missing": terminal.event(
            Stream.CASE, terminal.case(actor=payloads.Actor(assurance=Assurance.CARD_VERIFIED))
        ),
        "data.actor.province_session is unknown": terminal.event(
            Stream.CASE,
            terminal.case(
                actor=payloads.Actor(assurance=Assurance.CARD_VERIFIED, province_session=str(uuid.uuid4()))
            ),
        ),
    }
    # An identity number in a subject is found before anything else is looked at.
    reasons = [answer.reason for answer in terminal.send(*wrong.values())]
    expected = list(wrong)
    expected[1] = "an identity number stands in clear"
    assert reasons == expected
    assert number not in repr(rows(server, "SELECT * FROM refusals"))
    assert rows(server, "SELECT count(*) FROM events WHERE store_id <> ''") == [(0,)]


def test_of_what_is_refused_nothing_is_kept_that_may_be_a_person(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    number = identity().number
    strange = [
        terminal.event(Stream.STATUS, terminal.status(), id=number),
        terminal.event(Stream.STATUS, terminal.status(), type=number),
        terminal.event(Stream.STATUS, terminal.status(), id="\0"),
    ]
    answers = terminal.send(*strange)
    assert [(answer.id, answer.outcome) for answer in answers] == [
        (event.id, Outcome.REFUSED) for event in strange
    ]
    kept = rows(server, "SELECT event_id, stream FROM refusals ORDER BY position")
    assert kept == [("", ""), (strange[1].id, ""), ("", "")]


def test_a_row_of_more_than_256_kib_is_refused(terminal: EnrolledTerminal) -> None:
    row = msgspec.json.encode(terminal.event(Stream.STATUS, terminal.status()))
    padded = row[:-1] + b',"padding":"' + b"x" * LARGEST_EVENT_BYTES + b'"}'
    assert outcomes(terminal, padded, row) == [Outcome.REFUSED, Outcome.STORED]


def test_a_newer_terminal_may_say_more_than_this_platform_knows(terminal: EnrolledTerminal) -> None:
    row = msgspec.json.encode(terminal.event(Stream.STATUS, terminal.status()))
    more = row[:-1] + b',"mood":"sunny"}'
    assert outcomes(terminal, more.replace(b'"state":', b'"colour":"green","state":')) == [Outcome.STORED]


def test_the_same_id_is_the_same_event_for_ever(server: PlatformServer, terminal: EnrolledTerminal) -> None:
    event = terminal.event(Stream.STATUS, terminal.status())
    altered = msgspec.structs.replace(event, monotonicms="999")
    assert outcomes(terminal, event, event) == [Outcome.STORED, Outcome.DUPLICATE]
    assert outcomes(terminal, altered) == [Outcome.DUPLICATE]
    assert rows(server, "SELECT repeats, conflicts FROM events") == [(2, 1)]
    ((document,),) = rows(server, "SELECT document FROM events")
    assert '"999"' not in document


def test_a_service_waits_for_its_case_and_a_rating_for_its_service(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    case = terminal.case()
    service = terminal.service(case)
    rating = terminal.rating(service, level=Satisfaction.DISSATISFIED, tags=["207", "213"])
    events = [
        terminal.event(Stream.RATING, rating),
        terminal.event(Stream.SERVICE, service),
        terminal.event(Stream.CASE, case),
    ]
    waits, stored = Outcome.WAITS_FOR, Outcome.STORED
    assert outcomes(terminal, *events) == [waits, waits, stored]
    assert rows(server, "SELECT stream FROM events") == [("case",)]
    assert outcomes(terminal, *events[:2]) == [waits, stored]
    assert outcomes(terminal, events[0]) == [stored]
    assert rows(server, "SELECT level, tags, service_no FROM ratings") == [("dissatisfied", "207,213", 1)]


def test_a_whole_visit_goes_in_one_batch(terminal: EnrolledTerminal) -> None:
    case = terminal.case(kind=ItemKind.QUERY)
    service = terminal.service(case)
    events = [
        terminal.event(Stream.CASE, case),
        terminal.event(Stream.SERVICE, service),
        terminal.event(Stream.RATING, terminal.rating(service)),
    ]
    assert outcomes(terminal, *events) == [Outcome.STORED] * 3
    answer = terminal.call("GET", f"/v1/cases/{case.case_id}").json()
    assert answer["state"] == "completed"


def test_what_is_taken_already_is_refused(terminal: EnrolledTerminal) -> None:
    case = terminal.case()
    service = terminal.service(case)
    rating = terminal.rating(service)
    outcomes(
        terminal,
        terminal.event(Stream.CASE, case),
        terminal.event(Stream.SERVICE, service),
        terminal.event(Stream.RATING, rating),
    )
    second_service = terminal.service(case, service_id=service.service_id, service_no=2)
    again = [
        terminal.event(Stream.CASE, case),
        terminal.event(Stream.SERVICE, terminal.service(case)),
        terminal.event(Stream.RATING, terminal.rating(service)),
        terminal.event(Stream.RATING, terminal.rating(second_service)),
    ]
    assert outcomes(terminal, *again) == [Outcome.REFUSED] * 4
    second = terminal.rating(service, assess_number=2)
    assert outcomes(terminal, terminal.event(Stream.RATING, second)) == [Outcome.STORED]


def test_a_terminal_cannot_add_to_the_case_of_another(server: PlatformServer, tmp_path: Path) -> None:
    with enrolled(server, tmp_path, "一号机") as one, enrolled(server, tmp_path, "二号机") as two:
        case = one.case()
        service = one.service(case)
        one.send(one.event(Stream.CASE, case), one.event(Stream.SERVICE, service))
        foreign = [
            two.event(Stream.SERVICE, two.service(case, service_no=2)),
            two.event(Stream.RATING, two.rating(service)),
        ]
        assert outcomes(two, *foreign) == [Outcome.REFUSED] * 2
        assert two.call("GET", f"/v1/cases/{case.case_id}").status_code == 404


def test_every_stream_is_taken(
    server: PlatformServer, terminal: EnrolledTerminal, clock: ManualClock
) -> None:
    now, alarm_id = rfc3339(clock.utc_now()), str(uuid.uuid4())
    position = payloads.Position(
        terminal_id=terminal.id,
        site_id="WH-WC-001",
        longitude=114.3162,
        latitude=30.5539,
        crs=ReferenceSystem.CGCS2000,
        coordinate_source=CoordinateSource.SURVEYED,
        measured_at=now,
    )
    alarm = payloads.Alarm(alarm_id=alarm_id, terminal_id=terminal.id, code="PRNT-002", open=True, since=now)
    session = Session(
        session_id=str(uuid.uuid4()),
        terminal_id=terminal.id,
        started_at=now,
        ended_at=now,
        way_out=WayOut.DONE,
        wipe_clean=False,
    )
    put_right = msgspec.structs.replace(
        session,
        session_id=str(uuid.uuid4()),
        remedy=Remedy.PROCESS_REPLACED,
        remedy_copies_found=0,
    )
    audit = payloads.AuditSegment(chain_id=str(uuid.uuid4()), first_entry=1, last_entry=9, head="ab" * 32)
    undelivered = payloads.UndeliveredCase(
        case_id=str(uuid.uuid4()), owner="武昌区行政审批局", deadline="2026-12-01", reason="离线超期"
    )
    events = [
        terminal.event(Stream.SITE, terminal.enrolment.site),
        terminal.event(Stream.POSITION, position),
        terminal.event(Stream.STATUS, terminal.status()),
        terminal.event(Stream.ALARM, alarm),
        terminal.event(Stream.SESSION, session),
        terminal.event(Stream.SESSION, put_right),
        terminal.event(Stream.AUDIT, audit),
        terminal.event(Stream.CASE, undelivered, type="cn.gov.hubei.dianxiaoer.case.undelivered.v1"),
    ]
    assert outcomes(terminal, *events) == [Outcome.STORED] * len(events)
    assert rows(server, "SELECT open FROM alarms") == [(1,)]
    closing_alarm = msgspec.structs.replace(alarm, open=False)
    terminal.send(terminal.event(Stream.ALARM, closing_alarm), terminal.event(Stream.ALARM, alarm))
    assert rows(server, "SELECT open FROM alarms") == [(0,)]
    notable = rows(server, "SELECT notable FROM events WHERE notable != '' ORDER BY position")
    assert notable == [("wipe_not_clean",), ("case_undelivered",)]


def test_what_a_terminal_calls_accepted_is_submitted(terminal: EnrolledTerminal) -> None:
    case = terminal.case(state=CaseState.ACCEPTED)
    terminal.send(terminal.event(Stream.CASE, case))
    assert terminal.call("GET", f"/v1/cases/{case.case_id}").json()["state"] == "submitted"


def test_missing_numbers_are_gaps_until_they_come(server: PlatformServer, terminal: EnrolledTerminal) -> None:
    events = [terminal.event(Stream.STATUS, terminal.status()) for _ in range(6)]
    terminal.send(events[0], events[3], events[5])
    gaps = "SELECT first, last FROM gaps ORDER BY first"
    assert rows(server, gaps) == [(2, 3), (5, 5)]
    terminal.send(events[1])
    assert rows(server, gaps) == [(3, 3), (5, 5)]
    standing_for_three = terminal.status(period=payloads.Period(first_sequence=3, last_sequence=6))
    terminal.send(terminal.event(Stream.STATUS, standing_for_three))
    assert rows(server, gaps) == []


def test_a_refused_row_is_no_gap_and_a_rebuilt_store_is_a_new_count(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    bad = terminal.event(Stream.STATUS, terminal.status(), data=msgspec.Raw(b"{}"))
    terminal.send(bad, terminal.event(Stream.STATUS, terminal.status()))
    terminal.store_id = str(uuid.uuid4())
    terminal.sequences.clear()
    terminal.send(terminal.event(Stream.STATUS, terminal.status()))
    assert rows(server, "SELECT * FROM gaps") == []
    assert sorted(rows(server, "SELECT highest FROM stream_heads")) == [(1,), (2,)]


@pytest.mark.parametrize("body", [b"", b"{}", b"null", b"[1,", b"\xff\xfe", b"[" * 90_000, b"<html></html>"])
def test_a_body_that_is_no_batch_is_answered_as_a_problem(terminal: EnrolledTerminal, body: bytes) -> None:
    answer = terminal.post_batch(body)
    assert (answer.status_code, answer.json()["code"]) == (400, "PROV-006")


def test_a_batch_has_200_rows_at_most(terminal: EnrolledTerminal) -> None:
    assert terminal.post_batch(b"[" + b"1," * LARGEST_BATCH + b"1]").status_code == 413
    assert len(terminal.send(*[b"1"] * LARGEST_BATCH)) == LARGEST_BATCH
    assert terminal.send() == []


def test_a_row_that_the_database_cannot_take_keeps_nobody_else_out(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    events = [terminal.event(Stream.STATUS, terminal.status()) for _ in range(3)]
    with closing(sqlite3.connect(server.database_path)) as connection:
        connection.execute(
            "CREATE TRIGGER a_fault BEFORE INSERT ON events WHEN NEW.id = '" + events[1].id + "'"
            " BEGIN SELECT RAISE(FAIL, 'a fault of the disk'); END"
        )
    answers = terminal.send(*events)
    assert [answer.outcome for answer in answers] == [Outcome.STORED, Outcome.RETRY, Outcome.STORED]
    assert answers[1].code == "PROV-002"


def test_two_hundred_rows_of_two_terminals_at_the_same_time(server: PlatformServer, tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with (
        enrolled(server, tmp_path, "一号机") as one,
        enrolled(server, tmp_path, "二号机") as two,
        ThreadPoolExecutor(2) as both,
    ):
        batches = [[each.event(Stream.CASE, each.case()) for _ in range(100)] for each in (one, two)]
        answers = list(both.map(lambda terminal, batch: terminal.send(*batch), (one, two), batches))
    numbers = {answer.case_no for batch in answers for answer in batch}
    assert len(numbers) == 200
    assert (
        requests.get(f"{server.console_url}/console/summary", timeout=WITHIN_S).json()["counts"]["case"]
        == 200
    )


def test_a_query_that_failed_at_the_terminal_stays_withdrawn_and_can_be_rated(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    case = terminal.case(kind=ItemKind.QUERY, state=CaseState.WITHDRAWN, sealed="")
    terminal.send(terminal.event(Stream.CASE, case, subject=f"case/{case.case_id}"))
    summary = requests.get(f"{server.console_url}/console/summary", timeout=WITHIN_S).json()
    assert [each["state"] for each in summary["cases"]] == ["withdrawn"]
