"""Entries reach the disk without anybody waiting, and the head of the trail reaches the province."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from contract.payloads import AuditSegment
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.reporting.audit import (
    ANCHOR_AFTER_ENTRIES,
    ANCHOR_AFTER_S,
    AuditRecorder,
    digest_of,
    word_for,
)
from kiosk_app.reporting.events import EventMaker
from offline_store.audit import AuditTrail, AuditWords, is_word
from offline_store.errors import StoreFullError
from offline_store.store import OfflineStore
from tests.fakes.clock import ManualClock
from tests.fakes.keys import MemoryKeyProvider
from tests.fixtures.enrolments import TERMINAL_ID
from tests.fixtures.stores import a_store


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def store(tmp_path: Path, clock: ManualClock) -> Iterator[OfflineStore]:
    with a_store(tmp_path, clock) as store:
        yield store


@pytest.fixture
def trail(store: OfflineStore) -> AuditTrail:
    return store.audit_trail(MemoryKeyProvider())


@contextmanager
def recording(store: OfflineStore, trail: AuditTrail, clock: ManualClock) -> Iterator[AuditRecorder]:
    """A recorder at rest."""
    maker = EventMaker(TERMINAL_ID, clock, PlatformClock(clock))
    recorder = AuditRecorder(trail, store.outbox, maker, clock)
    recorder.start()
    try:
        assert clock.somebody_waits()
        yield recorder
    finally:
        assert recorder.stop()


def record(recorder: AuditRecorder, clock: ManualClock, entries: int, *, closes: bool = False) -> None:
    """Records, one after the other, and waits until the recorder rests again."""
    for _ in range(entries):
        waits = len(clock.waits_s)
        recorder.record("session.ended", "idle", closes=closes)
        while len(clock.waits_s) == waits:
            assert clock.somebody_waits()


def told(store: OfflineStore) -> list[tuple[int, int]]:
    segments = [msgspec.json.decode(event.data, type=AuditSegment) for event in store.outbox.peek(100)]
    return [(segment.first_entry, segment.last_entry) for segment in segments]


def test_what_ends_is_told_at_once(store: OfflineStore, trail: AuditTrail, clock: ManualClock) -> None:
    with recording(store, trail, clock) as recorder:
        record(recorder, clock, 3)
        assert (told(store), trail.verify().entries) == ([], 3)
        record(recorder, clock, 1, closes=True)
        assert told(store) == [(1, 4)]
        assert trail.unanchored() is None


def test_much_that_is_not_told_is_told(store: OfflineStore, trail: AuditTrail, clock: ManualClock) -> None:
    with recording(store, trail, clock) as recorder:
        record(recorder, clock, ANCHOR_AFTER_ENTRIES + 1)
        assert told(store) == [(1, ANCHOR_AFTER_ENTRIES)]


def test_a_little_is_told_after_a_while_counted_from_the_first(
    store: OfflineStore, trail: AuditTrail, clock: ManualClock
) -> None:
    with recording(store, trail, clock) as recorder:
        record(recorder, clock, 1)
        clock.advance(ANCHOR_AFTER_S - 1)
        record(recorder, clock, 1)
        assert told(store) == []
        waits = len(clock.waits_s)
        clock.advance(1)
        while len(clock.waits_s) == waits:
            assert clock.somebody_waits()
        assert told(store) == [(1, 2)]


def test_who_stops_leaves_nothing_unwritten_or_untold(
    store: OfflineStore, trail: AuditTrail, clock: ManualClock
) -> None:
    with recording(store, trail, clock) as recorder:
        for _ in range(5):
            recorder.record("door.opened", "allowed")
    assert told(store) == [(1, 5)]
    assert trail.verify().is_intact


def test_what_comes_while_the_disk_is_busy_goes_down_together(
    store: OfflineStore, trail: AuditTrail, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    goes_on, is_busy = threading.Event(), threading.Event()
    write = trail.record_all

    def on_a_busy_disk(entries: Sequence[AuditWords]) -> int:
        sizes.append(len(entries))
        is_busy.set()
        assert goes_on.wait(10)
        return write(entries)

    monkeypatch.setattr(trail, "record_all", on_a_busy_disk)
    with recording(store, trail, clock) as recorder:
        recorder.record("case.answered", "taken", "case/0")
        assert is_busy.wait(10)
        for number in range(1, 31):
            recorder.record("case.answered", "taken", f"case/{number}")
        goes_on.set()
    assert sizes == [1, 30]
    assert trail.verify().is_intact
    assert trail.verify().entries == 31


def test_what_an_earlier_run_did_not_tell_is_told_at_the_start(
    store: OfflineStore, trail: AuditTrail, clock: ManualClock
) -> None:
    trail.record("session.opened", "done")
    with recording(store, trail, clock):
        assert told(store) == [(1, 1)]


def test_an_entry_outlives_a_full_disk(
    store: OfflineStore, trail: AuditTrail, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with recording(store, trail, clock) as recorder:
        with monkeypatch.context() as full:

            def no_room(*_: object) -> int:
                raise StoreFullError

            full.setattr(trail, "record_all", no_room)
            record(recorder, clock, 1, closes=True)
            assert trail.verify().entries == 0
        waits = len(clock.waits_s)
        clock.advance(60)
        while len(clock.waits_s) == waits:
            assert clock.somebody_waits()
        assert told(store) == [(1, 1)]


@pytest.mark.parametrize("word", ["王秀英", "session/13871234567", "", "x" * 65])
def test_a_person_is_refused_before_anything_is_taken(
    store: OfflineStore, trail: AuditTrail, clock: ManualClock, word: str
) -> None:
    with recording(store, trail, clock) as recorder, pytest.raises(ValueError, match="names no person"):
        recorder.record("session.ended", word)


def test_a_text_that_somebody_else_chose_becomes_a_word() -> None:
    assert word_for("2026-11-21.1") == "2026-11-21.1"
    assert word_for("PRINT-002") == "print-002"
    strange = word_for("江汉区 13871234567")
    assert is_word(strange)
    assert strange == f"sha256/{digest_of('江汉区 13871234567'.encode())}"


def test_a_random_id_is_not_taken_for_a_telephone_number() -> None:
    assert is_word("session/00000000-0000-4000-8000-a13871234567")
    assert not is_word("session/13871234567")
