"""An alarm opens once and closes once under one id; what flickers is no news; a restart forgets nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from contract.payloads import Alarm
from drivers.cabinet.device import CabinetStatus, Door, Tamper
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.reporting.alarms import CLOSES_AFTER_S, OPENS_AFTER_S, AlarmKeeper
from kiosk_app.reporting.clock_watch import LOOK_EVERY_S, ClockWatch
from kiosk_app.reporting.events import EventMaker
from offline_store.errors import StoreFullError
from offline_store.store import OfflineStore
from tests.fakes.clock import START, ManualClock
from tests.fixtures.enrolments import TERMINAL_ID
from tests.fixtures.stores import a_store
from tests.kiosk_app.reporting.test_assessment import PRINTER, READER

WITHIN_S = 10.0
GONE = replace(READER, state=DeviceState.NO_DEVICE, error=Errors.CARD_READER_LOST)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def store(tmp_path: Path, clock: ManualClock) -> Iterator[OfflineStore]:
    with a_store(tmp_path, clock) as store:
        yield store


class Told:
    """The alarm events that are in the outbox."""

    def __init__(self, store: OfflineStore) -> None:
        self._store = store
        self._committed = threading.Semaphore(0)
        store.outbox.on_committed = self._committed.release

    def next(self) -> Alarm:
        assert self._committed.acquire(timeout=WITHIN_S), "nothing was told"
        return self.all()[-1]

    def all(self) -> list[Alarm]:
        return [msgspec.json.decode(event.data, type=Alarm) for event in self._store.outbox.peek(100)]


@pytest.fixture
def told(store: OfflineStore) -> Told:
    return Told(store)


@contextmanager
def keeping(store: OfflineStore, clock: ManualClock, folder: Path) -> Iterator[AlarmKeeper]:
    maker = EventMaker(TERMINAL_ID, clock, PlatformClock(clock))
    keeper = AlarmKeeper(maker, store.outbox, clock, folder / "alarms.json")
    keeper.start()
    try:
        yield keeper
    finally:
        assert keeper.stop()


@pytest.fixture
def keeper(store: OfflineStore, told: Told, clock: ManualClock, tmp_path: Path) -> Iterator[AlarmKeeper]:
    with keeping(store, clock, tmp_path) as keeper:
        yield keeper


def settled(clock: ManualClock, rest_s: float) -> None:
    """Until the keeper rests for that long."""
    with clock._changed:
        assert clock._changed.wait_for(
            lambda: bool(clock._waiting) and abs(clock._waits_s[-1] - rest_s) < 0.01, WITHIN_S
        )


def has_rested(clock: ManualClock, rest_s: float, times: int = 1) -> None:
    """Until somebody has begun to rest for that long, so many times: only then may time pass."""
    with clock._changed:
        assert clock._changed.wait_for(lambda: clock._waits_s.count(rest_s) >= times, WITHIN_S)


def test_a_device_that_is_gone_is_one_alarm_until_it_is_back(
    keeper: AlarmKeeper, told: Told, clock: ManualClock
) -> None:
    keeper.devices_changed((GONE, PRINTER))
    settled(clock, OPENS_AFTER_S)
    clock.advance(OPENS_AFTER_S)
    opened = told.next()
    assert (opened.code, opened.device, opened.open) == ("CARD-001", "id_card_reader", True)
    assert opened.since == "2026-11-21T02:10:07.123Z", "since it began, not since it was told"
    settled(clock, 3600)
    keeper.devices_changed((READER, PRINTER))
    settled(clock, CLOSES_AFTER_S)
    clock.advance(CLOSES_AFTER_S)
    closed = told.next()
    assert (closed.alarm_id, closed.open) == (opened.alarm_id, False)
    settled(clock, 3600)
    assert keeper.open_alarms() == []


def test_what_comes_and_goes_opens_nothing_and_closes_nothing(
    keeper: AlarmKeeper, told: Told, clock: ManualClock
) -> None:
    for _ in range(3):
        keeper.devices_changed((GONE,))
        settled(clock, OPENS_AFTER_S)
        clock.advance(OPENS_AFTER_S - 1)
        keeper.devices_changed((READER,))
        settled(clock, 3600)
    assert told.all() == []
    keeper.devices_changed((GONE,))
    settled(clock, OPENS_AFTER_S)
    clock.advance(OPENS_AFTER_S)
    told.next()
    settled(clock, 3600)
    for _ in range(3):
        keeper.devices_changed((READER,))
        settled(clock, CLOSES_AFTER_S)
        clock.advance(CLOSES_AFTER_S - 1)
        keeper.devices_changed((GONE,))
        settled(clock, 3600)
    assert len(told.all()) == 1


def test_another_fault_of_the_same_device_is_another_alarm(
    keeper: AlarmKeeper, told: Told, clock: ManualClock
) -> None:
    keeper.devices_changed((GONE,))
    settled(clock, OPENS_AFTER_S)
    clock.advance(OPENS_AFTER_S)
    first = told.next()
    settled(clock, 3600)
    broken = replace(READER, state=DeviceState.HARDWARE_ERROR, error=Errors.CARD_READER_BROKEN)
    keeper.devices_changed((broken,))
    settled(clock, OPENS_AFTER_S)
    clock.advance(OPENS_AFTER_S)
    assert (told.next().code, first.code) == ("CARD-005", "CARD-001")
    settled(clock, CLOSES_AFTER_S - OPENS_AFTER_S)
    clock.advance(CLOSES_AFTER_S - OPENS_AFTER_S)
    assert told.next().alarm_id == first.alarm_id


def test_what_was_open_when_the_power_went_closes_under_its_id_after_the_next_start(
    store: OfflineStore, told: Told, clock: ManualClock, tmp_path: Path
) -> None:
    with keeping(store, clock, tmp_path) as before:
        before.report(Errors.CARD_READER_LOST, "id_card_reader", present=True)
        settled(clock, OPENS_AFTER_S)
        clock.advance(OPENS_AFTER_S)
        opened = told.next()
    with keeping(store, clock, tmp_path) as after:
        assert [alarm.alarm_id for alarm in after.open_alarms()] == [opened.alarm_id]
        settled(clock, CLOSES_AFTER_S)
        clock.advance(CLOSES_AFTER_S)
        closed = told.next()
    assert (closed.alarm_id, closed.open, len(told.all())) == (opened.alarm_id, False, 2)


def test_what_is_still_wrong_after_a_restart_is_the_same_alarm(
    store: OfflineStore, told: Told, clock: ManualClock, tmp_path: Path
) -> None:
    for life in range(3):
        with keeping(store, clock, tmp_path) as keeper:
            keeper.devices_changed((GONE,))
            settled(clock, 3600 if life else OPENS_AFTER_S)
            clock.advance(CLOSES_AFTER_S)
            if life == 0:
                told.next()
            settled(clock, 3600)
    assert len(told.all()) == 1


def test_an_opening_that_the_store_did_not_take_is_told_later_and_once(
    store: OfflineStore, told: Told, clock: ManualClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append, full = store.outbox.append, threading.Event()

    def refuse(_events: object) -> None:
        full.set()
        raise StoreFullError

    monkeypatch.setattr(store.outbox, "append", refuse)
    with keeping(store, clock, tmp_path) as keeper:
        keeper.report(Errors.STORE_LOW, "store", present=True)
        settled(clock, OPENS_AFTER_S)
        clock.advance(OPENS_AFTER_S)
        assert full.wait(WITHIN_S)
        monkeypatch.setattr(store.outbox, "append", append)
        assert clock.somebody_waits()
        clock.advance(2)
        told.next()
    with keeping(store, clock, tmp_path):
        settled(clock, CLOSES_AFTER_S)
    assert [alarm.open for alarm in told.all()] == [True]


@pytest.mark.parametrize("content", [b"", b"[{}]", b"\xff"])
def test_a_damaged_list_of_what_is_open_stops_nothing(
    store: OfflineStore, told: Told, clock: ManualClock, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "alarms.json").write_bytes(content)
    with keeping(store, clock, tmp_path) as keeper:
        keeper.report(Errors.STORE_LOW, "store", present=True, at_once=True)
        assert told.next().open


@pytest.mark.parametrize("step_s", [-365 * 86400.0, -7200.0, 3600.0, 365 * 86400.0])
def test_a_step_of_the_wall_clock_is_an_alarm_that_closes_by_itself(
    keeper: AlarmKeeper, told: Told, clock: ManualClock, step_s: float
) -> None:
    platform_clock = PlatformClock(clock)
    steps: list[float] = []
    watch = ClockWatch(platform_clock, keeper, steps.append)
    watch.start()
    try:
        assert clock.somebody_waits(2)
        clock.step_wall_clock(step_s)
        clock.advance(LOOK_EVERY_S)
        has_rested(clock, LOOK_EVERY_S, times=2)
        opened = told.next()
        assert (opened.code, opened.open, opened.details) == ("CLCK-001", True, {"step_s": f"{step_s:+.0f}"})
        clock.advance(LOOK_EVERY_S)
        has_rested(clock, CLOSES_AFTER_S)  # the keeper, told by a look at which the clock stood still
        clock.advance(CLOSES_AFTER_S)
        assert told.next() == msgspec.structs.replace(opened, open=False)
    finally:
        assert watch.stop()
    assert steps == [pytest.approx(step_s)]


def test_a_clock_that_is_far_from_the_platforms_is_an_alarm_until_somebody_sets_it(
    keeper: AlarmKeeper, told: Told, clock: ManualClock
) -> None:
    platform_clock = PlatformClock(clock)
    watch = ClockWatch(platform_clock, keeper)
    platform_clock.learn(START + timedelta(days=365), clock.monotonic_s(), clock.monotonic_s())
    watch._compare_with_the_platform()
    settled(clock, OPENS_AFTER_S)
    clock.advance(OPENS_AFTER_S)
    opened = told.next()
    assert (opened.code, opened.details) == ("CLCK-002", {"offset_s": "+31536000"})
    settled(clock, 3600)
    clock.step_wall_clock(365 * 86400 - 40)
    watch._compare_with_the_platform()
    assert len(keeper.open_alarms()) == 1, "nearly right is not right"
    clock.step_wall_clock(40)
    watch._compare_with_the_platform()
    settled(clock, CLOSES_AFTER_S)
    clock.advance(CLOSES_AFTER_S)
    assert told.next().alarm_id == opened.alarm_id


CABINET = CabinetStatus(device="cabinet", state=DeviceState.ONLINE, error=None, simulated=False)
OPENED = replace(CABINET, door=Door.OPEN, error=Errors.CABINET_DOOR_OPEN)


def test_a_door_that_is_opened_is_told_at_once_and_a_tamper_switch_does_not_hide_it(
    keeper: AlarmKeeper, told: Told, clock: ManualClock
) -> None:
    keeper.devices_changed((OPENED,))
    assert (told.next().code, told.all()[0].open) == ("CABT-002", True)
    settled(clock, 3600)
    keeper.devices_changed((replace(OPENED, tamper=Tamper.ON, error=Errors.CABINET_TAMPERED),))
    assert told.next().code == "CABT-003"
    settled(clock, 3600)
    assert [alarm.code for alarm in keeper.open_alarms()] == ["CABT-002", "CABT-003"]


def test_a_door_is_not_closed_because_the_board_that_watches_it_is_away(
    keeper: AlarmKeeper, told: Told, clock: ManualClock
) -> None:
    keeper.devices_changed((OPENED,))
    opened = told.next()
    settled(clock, 3600)
    lost = replace(CABINET, state=DeviceState.NO_DEVICE, error=Errors.CABINET_LOST, door=Door.UNKNOWN)
    keeper.devices_changed((lost,))
    settled(clock, OPENS_AFTER_S)
    clock.advance(CLOSES_AFTER_S)
    assert told.next().code == "CABT-001"
    settled(clock, 3600)
    assert [alarm.code for alarm in keeper.open_alarms()] == ["CABT-002", "CABT-001"]
    settled(clock, 3600)
    keeper.devices_changed((replace(CABINET, door=Door.CLOSED),))
    settled(clock, CLOSES_AFTER_S)
    clock.advance(CLOSES_AFTER_S)
    told.next()
    told.next()
    settled(clock, 3600)
    closed = {alarm.alarm_id for alarm in told.all() if not alarm.open}
    assert opened.alarm_id in closed
    assert keeper.open_alarms() == []
