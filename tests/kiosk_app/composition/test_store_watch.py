"""The disk's room reaches the screen, old rows and drafts go, and a rebuilt store is told."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from foundation.errors import ErrorCode, Errors
from kiosk_app.composition.store_watch import (
    LONG_FROM_CASES,
    LOOK_EVERY_S,
    TIDY_EVERY_S,
    StoreWatch,
    kept_for,
)
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import OutOfServiceChanged, QueueChanged
from kiosk_app.terminal.readiness import Queue
from kiosk_app.terminal.views import OutOfServiceView, Screen
from offline_store import disk_room
from offline_store.events import Confirmation
from offline_store.store import OfflineStore
from tests.fakes.clock import ManualClock
from tests.fakes.items import reference_batch
from tests.fakes.kiosk import OFFLINE_SINCE, kiosk_at
from tests.fixtures.stores import a_store, an_event
from tests.offline_store.making import state_everything

WITHIN_S = 10.0


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def store(tmp_path: Path, clock: ManualClock) -> Iterator[OfflineStore]:
    with a_store(tmp_path, clock) as store:
        yield store


class Book:
    """Keeps what is said to be the case."""

    def __init__(self) -> None:
        self.said: dict[tuple[ErrorCode, str], bool] = {}

    def report(self, error: ErrorCode, device: str, *, present: bool) -> None:
        self.said[error, device] = present


@contextmanager
def watching(
    store: OfflineStore,
    clock: ManualClock,
    is_time_known: Callable[[], bool] = lambda: True,
    alarms: Book | None = None,
    trim: Callable[[datetime], None] = lambda _: None,
) -> Iterator[queue.Queue[OutOfServiceChanged | QueueChanged]]:
    told: queue.Queue[OutOfServiceChanged | QueueChanged] = queue.Queue()
    watch = StoreWatch(
        store, clock, told.put, is_time_known, alarms or Book(), lambda: timedelta(days=2), trim
    )
    watch.start()
    try:
        assert clock.somebody_waits()
        yield told
    finally:
        assert watch.stop()


def error_of(message: OutOfServiceChanged | QueueChanged) -> ErrorCode | None:
    """Why it is out of service, as it says."""
    assert isinstance(message, OutOfServiceChanged)
    return message.error


def let_it_look(clock: ManualClock, after_s: float) -> None:
    """Time passes, and the watch looks and rests again."""
    waits = len(clock.waits_s)
    clock.advance(after_s)
    while len(clock.waits_s) == waits:
        assert clock.somebody_waits()


def test_a_disk_that_fills_up_is_told_once_and_so_is_that_it_has_room_again(
    store: OfflineStore, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with watching(store, clock) as told:
        assert told.empty()
        with monkeypatch.context() as patch:
            patch.setattr(disk_room, "LEAST_FREE_BYTES", 2**62)
            let_it_look(clock, LOOK_EVERY_S)
            assert told.get(timeout=WITHIN_S) == QueueChanged(Queue.SHORT_OF_ROOM)
            assert error_of(told.get(timeout=WITHIN_S)) is Errors.STORE_LOW
            let_it_look(clock, LOOK_EVERY_S)
        let_it_look(clock, LOOK_EVERY_S)
        assert told.get(timeout=WITHIN_S) == QueueChanged(Queue.FLOWS)
        assert error_of(told.get(timeout=WITHIN_S)) is None
        assert told.empty()


def test_before_the_disk_is_full_nobody_is_promised_that_all_of_it_fits(
    store: OfflineStore, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with watching(store, clock) as told, monkeypatch.context() as patch:
        patch.setattr(disk_room, "SHORT_FROM_BYTES", 2**62)
        let_it_look(clock, LOOK_EVERY_S)
        assert told.get(timeout=WITHIN_S) == QueueChanged(Queue.SHORT_OF_ROOM)
        assert told.empty(), "sessions still begin"


def test_a_queue_of_cases_is_told_as_long_and_one_of_status_is_not(
    store: OfflineStore, clock: ManualClock
) -> None:
    with watching(store, clock) as told:
        store.outbox.append([an_event("alarm", "terminal/1") for _ in range(LONG_FROM_CASES)])
        cases = [an_event("case", f"case/{number}") for number in range(LONG_FROM_CASES)]
        store.outbox.append(cases)
        let_it_look(clock, LOOK_EVERY_S)
        assert told.get(timeout=WITHIN_S) == QueueChanged(Queue.LONG)
        store.outbox.confirm([Confirmation(cases[0].id, "stored", "42-1")])
        let_it_look(clock, LOOK_EVERY_S)
        assert told.get(timeout=WITHIN_S) == QueueChanged(Queue.FLOWS)


def test_a_delivered_row_goes_after_its_period_and_not_while_the_time_is_unknown(
    store: OfflineStore, clock: ManualClock
) -> None:
    event = an_event("case", "case/a")
    store.outbox.append([event])
    store.outbox.confirm([Confirmation(event.id, "stored", "42-1")])
    state_everything(store)
    known: list[bool] = []
    with watching(store, clock, lambda: bool(known)):
        let_it_look(clock, 3 * 24 * 3600)
        assert store.outbox.case_number("case/a") == "42-1"
        known.append(True)
        let_it_look(clock, TIDY_EVERY_S)
        assert store.outbox.case_number("case/a") is None


def test_a_person_who_has_begun_can_finish_and_the_next_one_cannot_begin() -> None:
    kiosk = kiosk_at(Screen.CHECK)
    kiosk.says(OutOfServiceChanged(Errors.STORE_LOW, OFFLINE_SINCE))
    assert kiosk.shows(Screen.CHECK)
    kiosk.tap(Wish.END)
    kiosk.wait(120)
    body = kiosk.view.body
    assert isinstance(body, OutOfServiceView)
    assert body.reason == kiosk.error(Errors.STORE_LOW)


def test_a_rebuilt_store_is_an_alarm_until_the_damaged_file_was_taken_away(
    store: OfflineStore, clock: ManualClock, tmp_path: Path
) -> None:
    book = Book()
    damaged = tmp_path / "store" / "terminal.sqlite.damaged-20261121T021007123000"
    with watching(store, clock, alarms=book):
        assert book.said == {(Errors.STORE_DAMAGED, "store"): False}
        damaged.touch()
        let_it_look(clock, LOOK_EVERY_S)
        assert book.said == {(Errors.STORE_DAMAGED, "store"): True}
        damaged.unlink()
        let_it_look(clock, LOOK_EVERY_S)
        assert book.said == {(Errors.STORE_DAMAGED, "store"): False}


def test_how_long_rows_are_kept_is_the_provinces_word() -> None:
    batch = reference_batch()
    assert kept_for(None) == kept_for(batch) == timedelta(days=30)
    assert kept_for(msgspec.structs.replace(batch, confirmed_kept_days=7)) == timedelta(days=7)


def test_the_trail_is_trimmed_by_the_same_period_when_the_time_is_known(
    store: OfflineStore, clock: ManualClock
) -> None:
    trimmed: list[datetime] = []
    is_known = threading.Event()
    with watching(store, clock, is_known.is_set, trim=trimmed.append):
        assert not trimmed
        is_known.set()
        let_it_look(clock, TIDY_EVERY_S)
    assert trimmed == [clock.utc_now() - timedelta(days=2)]
