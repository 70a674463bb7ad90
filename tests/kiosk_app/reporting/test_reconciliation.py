"""Once on each day in China the terminal states what was delivered, and again when the province asks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from contract.answers import Wanted
from contract.payloads import Reconciliation
from contract.reconciliation import stretch_digest
from contract.sets import Stream
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.reporting.events import EventMaker
from kiosk_app.reporting.reconciliation import LOOK_EVERY_S, Reconciler
from offline_store.events import Confirmation, NewEvent
from offline_store.store import OfflineStore
from tests.fakes.clock import ManualClock
from tests.fixtures.enrolments import TERMINAL_ID
from tests.fixtures.stores import a_store, an_event

A_DAY_S = 24 * 3600.0


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def store(tmp_path: Path, clock: ManualClock) -> Iterator[OfflineStore]:
    with a_store(tmp_path, clock) as store:
        yield store


@pytest.fixture
def reconciler(store: OfflineStore, clock: ManualClock) -> Iterator[Reconciler]:
    reconciler = Reconciler(store, EventMaker(TERMINAL_ID, clock, PlatformClock(clock)), clock)
    yield reconciler
    assert reconciler.stop()


class Statements:
    """What was stated so far."""

    def __init__(self, store: OfflineStore) -> None:
        self._store = store
        self._committed = threading.Semaphore(0)
        store.outbox.on_committed = self._committed.release

    def next(self) -> Reconciliation:
        assert self._committed.acquire(timeout=5), "nothing was stated"
        event = self._store.outbox.peek(1000)[-1]
        assert event.type == "cn.gov.hubei.dianxiaoer.audit.reconciliation.v1"
        return msgspec.json.decode(event.data, type=Reconciliation)

    def count(self) -> int:
        return self._store.outbox.board().streams["audit"].last_sequence


def deliver(store: OfflineStore, *events: NewEvent) -> None:
    store.outbox.append(events)
    store.outbox.confirm([Confirmation(event.id, "stored") for event in events])


def look_after(clock: ManualClock, seconds: float) -> None:
    """Time passes, and the reconciler looks and rests again."""
    assert clock.somebody_waits()
    waits = len(clock.waits_s)
    clock.advance(seconds)
    while len(clock.waits_s) == waits:
        assert clock.somebody_waits()


def test_a_day_has_one_statement_of_a_stream(
    store: OfflineStore, clock: ManualClock, reconciler: Reconciler
) -> None:
    first, second, third = (an_event("case", f"case/{name}") for name in "abc")
    deliver(store, first, second)
    statements = Statements(store)
    reconciler.start()
    stated = statements.next()
    assert (stated.terminal_id, stated.stream, stated.cut_at) == (
        TERMINAL_ID,
        Stream.CASE,
        "2026-11-21T02:10:07.123Z",
    )
    assert (stated.first_sequence, stated.last_sequence, stated.count) == (1, 2, 2)
    assert stated.digest == stretch_digest([(1, first.id), (2, second.id)])
    deliver(store, third)
    look_after(clock, LOOK_EVERY_S)
    assert statements.count() == 1
    look_after(clock, A_DAY_S)
    assert statements.count() == 2
    stated = msgspec.json.decode(store.outbox.peek(10)[-1].data, type=Reconciliation)
    assert (stated.first_sequence, stated.last_sequence, stated.count) == (3, 3, 1)


def test_what_the_province_misses_is_stated_again_at_once(
    store: OfflineStore, clock: ManualClock, reconciler: Reconciler
) -> None:
    deliver(store, *(an_event("case", f"case/{name}") for name in "abc"))
    statements = Statements(store)
    reconciler.start()
    statements.next()
    assert clock.somebody_waits()
    missed = Wanted(store_id=store.store_id, stream=Stream.CASE, first_sequence=2, last_sequence=2)
    other_epoch = Wanted(store_id=TERMINAL_ID, stream=Stream.RATING, first_sequence=1, last_sequence=9)
    reconciler.province_asks([other_epoch, missed])
    stated = statements.next()
    assert (stated.first_sequence, stated.last_sequence, stated.count) == (2, 3, 2)
