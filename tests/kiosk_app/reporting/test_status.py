"""A change is told at once, silence at every heartbeat, and a device that flaps not without end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from contract.envelope import event_type
from contract.payloads import BackEndReport, JobReport, MachineReport, Service, Status, WaitingCase
from contract.sets import Stream, TerminalState
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.reporting.cases import case_events
from kiosk_app.reporting.events import EventMaker
from kiosk_app.reporting.status import LEAST_BETWEEN_S, SETTLING_S, RunningFacts, StatusReporter, Watched
from kiosk_app.reporting.waiting_cases import MOST_NAMED
from offline_store.store import OfflineStore
from tests.contract import examples
from tests.fakes.clock import ManualClock
from tests.fixtures.enrolments import TERMINAL_ID
from tests.fixtures.stores import a_store
from tests.kiosk_app.reporting.test_assessment import NO_PAPER, PRINTER, READER, SCANNER

ALL_WELL = (READER, SCANNER, PRINTER)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def store(tmp_path: Path, clock: ManualClock) -> Iterator[OfflineStore]:
    with a_store(tmp_path, clock) as store:
        yield store


class Reports:
    """What has been told so far."""

    def __init__(self, store: OfflineStore) -> None:
        self._store = store
        self._committed = threading.Semaphore(0)
        store.outbox.on_committed = self._committed.release

    def next(self) -> Status:
        assert self._committed.acquire(timeout=5), "nothing was told"
        return msgspec.json.decode(self._store.outbox.peek(1000)[-1].data, type=Status)

    def count(self) -> int:
        return self._store.outbox.board().depth


@pytest.fixture
def reports(store: OfflineStore) -> Reports:
    return Reports(store)


@pytest.fixture
def reporter(
    store: OfflineStore, clock: ManualClock, reports: Reports, tmp_path: Path
) -> Iterator[StatusReporter]:
    reporter = StatusReporter(
        EventMaker(TERMINAL_ID, clock, PlatformClock(clock)),
        store.outbox,
        clock,
        lambda: RunningFacts("0.1.0", "2026-11-21.1", {"id_card_reader.bad_checksum": 2}),
        heartbeat_s=60,
        state_folder=tmp_path,
        statuses=ALL_WELL,
    )
    reporter.start()
    yield reporter
    assert reporter.stop()


def pass_time(clock: ManualClock, seconds: float) -> None:
    """Lets the reporter arrive where it waits, then lets time pass."""
    assert clock.somebody_waits()
    clock.advance(seconds)


def arrived(clock: ManualClock, waits: int) -> None:
    """Until the reporter has set out to wait so many times."""
    with clock._changed:
        assert clock._changed.wait_for(lambda: len(clock._waits_s) >= waits, 5)


def test_the_first_report_says_how_the_terminal_is(
    reporter: StatusReporter, reports: Reports, clock: ManualClock
) -> None:
    pass_time(clock, 2)
    first = reports.next()
    assert (first.state, first.terminal_id, first.uptime_s) == (TerminalState.NORMAL, TERMINAL_ID, 2)
    assert (first.application_version, first.item_batch) == ("0.1.0", "2026-11-21.1")
    assert first.counters == {"id_card_reader.bad_checksum": 2}
    assert first.disk_free_mb > 0
    assert [device.device for device in first.devices] == ["id_card_reader", "qr_scanner", "receipt_printer"]


def test_a_change_is_told_at_once_and_no_change_is_not(
    reporter: StatusReporter, reports: Reports, clock: ManualClock
) -> None:
    pass_time(clock, 2)
    reports.next()
    arrived(clock, 2)
    clock.advance(1)
    arrived(clock, 3)
    reporter.devices_changed(ALL_WELL)
    arrived(clock, 4)
    reporter.devices_changed((READER, SCANNER, NO_PAPER))
    told = reports.next()
    assert (told.state, told.worst_device, told.capabilities_lost) == (
        TerminalState.PARTLY_UNAVAILABLE,
        "receipt_printer",
        ["slip"],
    )
    assert told.uptime_s == 3
    assert reports.count() == 2


def test_without_a_change_the_heartbeat_comes_before_its_time_is_over(
    reporter: StatusReporter, reports: Reports, clock: ManualClock
) -> None:
    pass_time(clock, 2)
    reports.next()
    for beat in range(2, 5):
        arrived(clock, 2 * beat - 2)
        clock.advance(1)
        arrived(clock, 2 * beat - 1)
        assert 52 <= clock.waits_s[-1] <= 59
        clock.step_wall_clock(-7200)
        clock.advance(clock.waits_s[-1])
        reports.next()
        assert reports.count() == beat


def test_a_device_that_flaps_is_told_ever_more_slowly_and_its_last_word_is_told(
    reporter: StatusReporter, reports: Reports, clock: ManualClock
) -> None:
    pass_time(clock, 2)
    reports.next()
    gone = replace(READER, state=DeviceState.NO_DEVICE, error=Errors.CARD_READER_LOST)
    for waits, pause_s in enumerate((1, 2, 4, 8, 16, 30, 30), start=2):
        arrived(clock, waits)
        assert clock.waits_s[-1] == pause_s
        now_gone = waits % 2 == 0
        for _ in range(10):
            reporter.devices_changed(ALL_WELL)
            reporter.devices_changed((gone, SCANNER, PRINTER))
        reporter.devices_changed((gone, SCANNER, PRINTER) if now_gone else ALL_WELL)
        clock.advance(pause_s)
        state = TerminalState.PARTLY_UNAVAILABLE if now_gone else TerminalState.NORMAL
        assert reports.next().state is state


def test_maintenance_is_told_and_ends(reporter: StatusReporter, reports: Reports, clock: ManualClock) -> None:
    reporter.set_mode(TerminalState.MAINTENANCE)
    pass_time(clock, 2)
    assert reports.next().state is TerminalState.MAINTENANCE
    arrived(clock, 2)
    reporter.set_mode(None)
    clock.advance(1)
    assert reports.next().state is TerminalState.NORMAL


def test_a_refused_case_is_told_at_once_and_named(
    store: OfflineStore, clock: ManualClock, tmp_path: Path
) -> None:
    maker = EventMaker(TERMINAL_ID, clock, PlatformClock(clock))
    case, service = examples.case(call_back=True), examples.payload(event_type(Stream.SERVICE))
    assert isinstance(service, Service)
    (event,) = store.outbox.append([case_events(maker, case, service)[0]])
    reports = Reports(store)
    reporter = StatusReporter(
        maker,
        store.outbox,
        clock,
        lambda: RunningFacts("0.1.0", "batch", promises=store.promises.open(MOST_NAMED)),
        heartbeat_s=60,
        state_folder=tmp_path,
        statuses=ALL_WELL,
    )
    reporter.start()
    try:
        pass_time(clock, SETTLING_S)
        assert reports.next().queue.cases[0].set_aside is False
        store.outbox.set_aside(event.id, code="PROV-006", reason="no")
        arrived(clock, 2)
        clock.advance(LEAST_BETWEEN_S)
        arrived(clock, 3)
        reporter.tell_soon()
        queue = reports.next().queue
    finally:
        assert reporter.stop()
    assert (queue.cases_waiting, queue.earliest_deadline) == (1, case.deadline)
    assert queue.cases == [
        WaitingCase(
            case_id=case.case_id,
            receipt_number=case.receipt_number,
            item_code=case.item_code,
            site_id=case.site_id,
            deadline=case.deadline,
            hear_by=case.hear_by,
            call_back=True,
            set_aside=True,
            code="PROV-006",
        )
    ]


def test_the_surroundings_are_told_and_what_nobody_knows_is_absent(
    store: OfflineStore, clock: ManualClock, reports: Reports, tmp_path: Path
) -> None:
    watched = Watched(
        machine=MachineReport(memory_available_mb=2048, load_1m=0.5),
        back_ends=(
            BackEndReport(name="query", reachable=False, since="2026-11-21T02:10:07.123Z", error="PROV-002"),
        ),
        jobs=(JobReport(name="place", age_s=17), JobReport(name="certificate")),
    )
    reporter = StatusReporter(
        EventMaker(TERMINAL_ID, clock, PlatformClock(clock)),
        store.outbox,
        clock,
        lambda: RunningFacts("0.1.0", "2026-11-21.1", watched=watched),
        heartbeat_s=60,
        state_folder=tmp_path,
    )
    reporter.start()
    try:
        pass_time(clock, 2)
        told = reports.next()
    finally:
        assert reporter.stop()
    assert (told.machine, tuple(told.back_ends), tuple(told.jobs)) == (
        watched.machine,
        watched.back_ends,
        watched.jobs,
    )
    assert (told.machine.temperature_c, told.clock_offset_s, told.jobs[1].age_s) == (None, None, None)
