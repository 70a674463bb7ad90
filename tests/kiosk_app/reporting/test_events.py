"""Events carry two clocks, name no person, and are what the contract says they are."""

from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from contract.envelope import stream_of
from contract.payloads import Actor, Case, Payload, Position, Rating, Service, Site, Subject
from contract.session import Session
from contract.sets import (
    Assurance,
    CaseState,
    ItemKind,
    Satisfaction,
    ServiceKind,
    ServiceOutcome,
    Stream,
    SubjectKind,
    WayOut,
)
from kiosk_app.config.records import Place
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.reporting.cases import case_events, rating_event
from kiosk_app.reporting.events import EventMaker
from kiosk_app.reporting.places import place_events
from kiosk_app.reporting.sessions import session_event, session_record, with_wipe
from kiosk_app.terminal.memory_scan import ScanResult
from offline_store.events import NewEvent
from tests.fakes.clock import START, ManualClock
from tests.fixtures.enrolments import TERMINAL_ID, a_position, a_site
from tests.fixtures.stores import a_store

CASE_ID, SERVICE_ID, RATING_ID, SESSION_ID = (str(uuid.UUID(int=n, version=4)) for n in range(1, 5))
NOW = "2026-11-21T02:10:07.123Z"
CASE = Case(
    case_id=CASE_ID,
    receipt_number="00017000001",
    terminal_id=TERMINAL_ID,
    site_id="4201030001",
    region_code="420103000000",
    item_code="pension-payments",
    item_version=1,
    item_batch="2026-11-21.1",
    task_code="1142000001104394xx3000714005001",
    kind=ItemKind.QUERY,
    state=CaseState.COMPLETED,
    actor=Actor(assurance=Assurance.CARD_VERIFIED, subject_ref="ref"),
    subject=Subject(kind=SubjectKind.PERSON, subject_ref="ref"),
    submitted_at=NOW,
    notice_version="2026-11",
    sealed="sealed",
)
SERVICE = Service(
    service_id=SERVICE_ID,
    case_id=CASE_ID,
    service_no=1,
    kind=ServiceKind.QUERY,
    outcome=ServiceOutcome.DONE,
    started_at=NOW,
    ended_at=NOW,
)
RATING = Rating(
    rating_id=RATING_ID,
    case_id=CASE_ID,
    service_id=SERVICE_ID,
    service_no=1,
    level=Satisfaction.SATISFIED,
    rated_at=NOW,
)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def platform_clock(clock: ManualClock) -> PlatformClock:
    return PlatformClock(clock)


@pytest.fixture
def maker(clock: ManualClock, platform_clock: PlatformClock) -> EventMaker:
    return EventMaker(TERMINAL_ID, clock, platform_clock)


def decoded(event: NewEvent, payload: type[Payload]) -> Payload:
    assert stream_of(event.type) is Stream(event.stream)
    return msgspec.json.decode(event.data, type=payload)


def test_a_case_its_service_and_its_rating_are_chained_by_the_ids_they_have_anyway(
    maker: EventMaker, tmp_path: Path
) -> None:
    handed_in, service = case_events(maker, CASE, SERVICE)
    rating = rating_event(maker, RATING)
    assert [event.id for event in (handed_in, service, rating)] == [CASE_ID, SERVICE_ID, RATING_ID]
    assert (service.depends_on, rating.depends_on) == ((CASE_ID,), (SERVICE_ID,))
    assert {event.subject for event in (handed_in, service, rating)} == {f"case/{CASE_ID}"}
    assert decoded(handed_in, Case) == CASE
    assert decoded(service, Service) == SERVICE
    assert decoded(rating, Rating) == RATING
    with a_store(tmp_path) as store:
        store.outbox.append([handed_in, service])
        store.outbox.append([rating])
        assert [event.id for event in store.outbox.peek(9)] == [CASE_ID, SERVICE_ID, RATING_ID]


def test_site_and_position_are_told_apart(maker: EventMaker) -> None:
    site, position = place_events(maker, Place(site=a_site(), position=a_position()))
    assert decoded(site, Site) == a_site()
    assert decoded(position, Position) == a_position()
    assert site.subject == position.subject == f"terminal/{TERMINAL_ID}"
    assert [event.stream for event in place_events(maker, Place(site=a_site()))] == ["site"]


@pytest.mark.parametrize(
    ("scan", "clean"),
    [
        (ScanResult(copies_found=0, scanned_mb=210, needles=9, duration_ms=800), True),
        (ScanResult(copies_found=2, scanned_mb=210, needles=9, duration_ms=800), False),
        (ScanResult(copies_found=0, scanned_mb=3, needles=9, duration_ms=10_000, complete=False), False),
    ],
)
def test_the_wipe_record_says_what_was_found_and_not_more(
    maker: EventMaker, scan: ScanResult, clean: bool
) -> None:
    ended = session_record(maker, SESSION_ID, NOW, WayOut.IDLE, cases=1)
    event = session_event(maker, with_wipe(ended, scan, [], scans=1, wipe_ms=900))
    record = decoded(event, Session)
    assert isinstance(record, Session)
    assert (record.wipe_clean, record.wipe_copies_found) == (clean, scan.copies_found)
    assert (record.wipe_ms, record.way_out, record.terminal_id) == (900, WayOut.IDLE, TERMINAL_ID)
    assert event.id == SESSION_ID


def test_an_event_has_both_clocks_and_says_how_far_to_believe_the_wall(
    maker: EventMaker, clock: ManualClock, platform_clock: PlatformClock
) -> None:
    before = maker.make(Stream.SITE, a_site(), priority=3)
    assert (before.time, before.monotonic_ms, before.clock_trust) == (NOW, 1_000_000, "unknown")
    platform_clock.learn(START + timedelta(hours=2), clock.monotonic_s(), clock.monotonic_s())
    clock.advance(1)
    after = maker.make(Stream.SITE, a_site(), priority=3)
    assert (after.time, after.monotonic_ms, after.clock_trust) == (
        "2026-11-21T04:10:08.123Z",
        1_001_000,
        "offset_known",
    )
    assert before.id != after.id
    assert uuid.UUID(after.id).version == 4
