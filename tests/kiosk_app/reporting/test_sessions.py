"""A session is noted when it begins, told when it is known how it ended, and never forgotten in between."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from contract.session import Session
from contract.sets import Remedy, WayOut
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.reporting.events import EventMaker
from kiosk_app.reporting.sessions import SessionRecords, session_record
from offline_store.errors import StoreFullError
from offline_store.outbox import Outbox
from offline_store.store import OfflineStore
from tests.fakes.clock import ManualClock
from tests.fixtures.enrolments import TERMINAL_ID
from tests.fixtures.stores import a_store

BOOT = "11111111-1111-4111-8111-111111111111"
FIRST, SECOND = (str(uuid.UUID(int=n, version=4)) for n in (1, 2))
BEGUN, LATER = "2026-11-21T02:10:07.123Z", "2026-11-21T02:20:07.123Z"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def store(tmp_path: Path, clock: ManualClock) -> Iterator[OfflineStore]:
    with a_store(tmp_path / "store", clock) as store:
        yield store


@pytest.fixture
def maker(clock: ManualClock) -> EventMaker:
    return EventMaker(TERMINAL_ID, clock, PlatformClock(clock))


@pytest.fixture
def records(tmp_path: Path, store: OfflineStore, maker: EventMaker) -> Iterator[SessionRecords]:
    records = SessionRecords(tmp_path / "sessions", store.outbox, maker, BOOT)
    yield records
    records.close()


def told(store: OfflineStore) -> list[Session]:
    return [msgspec.json.decode(event.data, type=Session) for event in store.outbox.peek(10)]


def test_a_session_that_ends_is_told_once_and_its_note_is_gone(
    records: SessionRecords, store: OfflineStore, maker: EventMaker, tmp_path: Path
) -> None:
    records.begun(FIRST, BEGUN)
    record = session_record(maker, FIRST, BEGUN, WayOut.DONE)
    records.tell(record)
    records.tell(record)
    assert told(store) == [record]
    assert records.left() == []
    assert list((tmp_path / "sessions").iterdir()) == []


def test_the_next_start_finds_what_was_cut_off_the_oldest_first_and_nothing_of_a_person(
    records: SessionRecords, maker: EventMaker, tmp_path: Path
) -> None:
    records.begun(SECOND, LATER)
    records.begun(FIRST, BEGUN)
    records.keep(session_record(maker, FIRST, BEGUN, WayOut.IDLE))
    first, second = records.left()
    assert (first.session_id, second.session_id) == (FIRST, SECOND)
    assert first.record is not None
    assert first.record.way_out is WayOut.IDLE
    assert second.record is None
    note = (tmp_path / "sessions" / f"{SECOND}.json").read_text(encoding="utf-8")
    assert set(msgspec.json.decode(note)) == {"session_id", "started_at", "boot_id", "record"}


class FullOnce:
    """An outbox that has no room, and then has."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self.full = True

    def append(self, *given: object) -> object:
        if self.full:
            self.full = False
            raise StoreFullError("no room")
        return self._outbox.append(*given)  # type: ignore[arg-type]  # passed on as it came


def test_what_could_not_be_committed_is_kept_as_it_was_for_the_next_start(
    store: OfflineStore, maker: EventMaker, tmp_path: Path
) -> None:
    outbox = FullOnce(store.outbox)
    records = SessionRecords(tmp_path / "sessions", outbox, maker, BOOT)  # type: ignore[arg-type]
    record = msgspec.structs.replace(
        session_record(maker, FIRST, BEGUN, WayOut.DONE), wipe_clean=True, remedy=Remedy.NONE
    )
    records.begun(FIRST, BEGUN)
    records.tell(record)
    (left,) = records.left()
    assert left.record == record
    records.tell(record)
    assert (told(store), records.left()) == ([record], [])
    records.close()


def test_a_note_that_is_damaged_is_dropped(records: SessionRecords, tmp_path: Path) -> None:
    (tmp_path / "sessions").mkdir()
    (tmp_path / "sessions" / "half.json").write_bytes(b'{"session_id": "')
    assert records.left() == []
    assert list((tmp_path / "sessions").iterdir()) == []
