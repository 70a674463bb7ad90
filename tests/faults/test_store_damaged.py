"""Bytes of the store's file are flipped: it is set aside, rebuilt with what can be read, and serves again."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from contract.sealing import Opener, Sealer, make_private_key
from offline_store.attachments import KeptAttachment, read_order
from offline_store.errors import StoreDamagedError, StoreError, StoreKeyError
from offline_store.events import Confirmation, NewEvent
from offline_store.files import StoreFiles
from offline_store.rescue import Opening, open_or_rebuild
from offline_store.store import OfflineStore
from tests.fakes.clock import ManualClock
from tests.fakes.keys import MemoryKeyProvider
from tests.offline_store.making import BOOT, PAGE_BYTES, decrypted_pages, new_event, new_upload

CASES = 120


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def events(path: Path) -> list[NewEvent]:
    """What a full store holds: cases with their services, one delivered, one set aside, batches, numbers."""
    store = open_store(path)
    events = []
    for number in range(CASES):
        case = new_event(f"case/{number}", data=b'{"sealed":"%d"}' % number + bytes(900))
        events += [case, new_event(f"case/{number}", "service", needs=(case.id,))]
    store.outbox.append(events)
    store.outbox.confirm([Confirmation(event.id, "stored", "42-1") for event in events[:2]])
    store.outbox.set_aside(events[2].id, code="PROV-006", reason="no")
    store.catalogue.put("batch-1", b"items" * 2000, "signature", "2026-01-01T00:00:00.000Z")
    for _ in range(7):
        store.ledger.next_receipt_number()
    store.close()
    return events


def open_store(path: Path) -> OfflineStore:
    return OfflineStore.open(path, MemoryKeyProvider(), clock=ManualClock(), boot_id=BOOT)


def rebuild(path: Path) -> Opening:
    return open_or_rebuild(path, MemoryKeyProvider(), clock=ManualClock(), boot_id=BOOT)


def damage(path: Path, *pages: int) -> None:
    """Flips bytes in the middle of these pages (the first is 1), and leaves the store as after a crash."""
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * PAGE_BYTES + PAGE_BYTES // 2)
            file.write(os.urandom(8))
    StoreFiles(path).suspicion.touch()


def page_count(path: Path) -> int:
    return path.stat().st_size // PAGE_BYTES


def test_a_sound_store_is_just_opened(path: Path, events: list[NewEvent]) -> None:
    opening = rebuild(path)
    opening.store.close()
    assert opening.rescue is None
    assert [file.name for file in path.parent.iterdir()] == ["store.db"]


def test_one_bad_page_costs_what_stood_on_it_and_the_terminal_serves_again(
    path: Path, events: list[NewEvent]
) -> None:
    before = open_store(path)
    before.close()
    damage(path, page_of(path, events[100]))
    content = path.read_bytes()
    opening = rebuild(path)
    store, rescue = opening.store, opening.rescue
    assert rescue is not None
    assert rescue.set_aside.read_bytes() == content
    assert store.store_id != before.store_id
    board = store.outbox.board()
    assert board.depth + len(board.set_aside) == rescue.events
    assert len(events) - 2 - 12 <= rescue.events <= len(events) - 2
    pending = store.outbox.peek(1000)
    tried = {event.id: event for event in events}
    assert {event.store_id for event in pending} == {before.store_id}
    for event in pending:
        assert (event.data, event.sequence) == (
            tried[event.id].data,
            int(event.subject.split("/")[1]) + 1,
        )
    (fresh,) = store.outbox.append([new_event("case/new")])
    assert (fresh.store_id, fresh.sequence) == (store.store_id, 1)
    store.close()


def test_files_of_cases_outlive_a_rescue(path: Path, events: list[NewEvent]) -> None:
    before = open_store(path)
    sealer = Sealer(Opener(make_private_key()).public_key())
    kept = before.attachments.keep([bytes(100_000)], sealer, media_type="image/jpeg", name="户口簿")
    assert isinstance(kept, KeptAttachment)
    case = new_event("case/with-papers", needs=(kept.id,))
    before.outbox.append([new_upload(kept), case])
    before.close()
    damage(path, page_of(path, events[100]))
    opening = rebuild(path)
    store = opening.store
    assert opening.rescue is not None
    (upload,) = store.outbox.peek(9, uploads=True)
    assert store.attachments.is_sound(upload.id, read_order(upload.data))
    assert case.id not in {event.id for event in store.outbox.peek(1000)}
    store.outbox.confirm([Confirmation(kept.id, "stored")])
    assert case.id in {event.id for event in store.outbox.peek(1000)}
    store.close()


def test_a_rescue_is_told_until_somebody_has_heard(path: Path, events: list[NewEvent]) -> None:
    damage(path, page_of(path, events[100]))
    first = rebuild(path)
    first.store.close()
    second = rebuild(path)
    assert second.rescue == first.rescue
    assert second.rescue is not None
    assert (second.rescue.unreadable, second.rescue.set_aside.exists()) == (("outbox",), True)
    second.rescue_told()
    second.store.close()
    third = rebuild(path)
    third.store.close()
    assert third.rescue is None


def test_a_store_that_is_damaged_during_a_rotation_of_its_key_is_read_with_the_key_it_is_under(
    path: Path, events: list[NewEvent]
) -> None:
    keys = MemoryKeyProvider()
    keys.rotate()
    damage(path, page_of(path, events[100]))
    opening = open_or_rebuild(path, keys, clock=ManualClock(), boot_id=BOOT)
    pending = opening.store.outbox.peek(1000)
    opening.store.close()
    assert len(pending) > len(events) - 20
    assert keys.previous() is None


def test_whatever_page_is_bad_nothing_false_is_read_and_the_store_serves(
    path: Path, events: list[NewEvent]
) -> None:
    content = path.read_bytes()
    tried = {event.id: event for event in events}
    chance, rescued = random.Random(7), []
    for page in [1, *chance.sample(range(2, page_count(path) + 1), 12)]:
        for file in path.parent.iterdir():
            file.unlink()
        path.write_bytes(content)
        damage(path, page)
        opening = rebuild(path)
        assert opening.rescue is not None
        for event in (pending := opening.store.outbox.peek(1000)):
            assert event.data == tried[event.id].data
        assert opening.store.outbox.append([new_event("case/new")])[0].sequence == 1
        opening.store._database.check()
        opening.store.close()
        rescued.append(len(pending))
    assert rescued[0] == 0  # without the first page nothing can be found
    assert sorted(rescued)[len(rescued) // 2] > 2 * CASES - 30


def test_everything_else_survives_too(path: Path, events: list[NewEvent]) -> None:
    keys = MemoryKeyProvider()
    store = open_store(path)
    trail = store.audit_trail(keys)
    for _ in range(5):
        trail.record("door.opened", "allowed")
    store.close()
    damage(path, page_of(path, events[-40]))
    opening = rebuild(path)
    assert opening.rescue is not None
    assert opening.rescue.unreadable == ("outbox",)
    store = opening.store
    assert store.ledger.next_receipt_number() == 8
    batch = store.catalogue.current()
    assert batch is not None
    assert batch.content == b"items" * 2000
    assert store.outbox.case_number("case/0") == "42-1"
    assert events[2].id in [event.id for event in store.outbox.board().set_aside]
    assert store.audit_trail(keys).verify().is_intact
    assert events[2].id in store.outbox.release(events[2].id)
    store.close()


def page_of(path: Path, event: NewEvent) -> int:
    """The page on which the payload of ``event`` begins."""
    return next(number for number, page in enumerate(decrypted_pages(path), 1) if event.data[:20] in page)


def test_what_was_rescued_is_delivered_and_counted(path: Path, events: list[NewEvent]) -> None:
    damage(path, page_of(path, events[100]))
    store = rebuild(path).store
    pending = store.outbox.peek(1000)
    store.outbox.confirm([Confirmation(event.id, "duplicate") for event in pending])
    board = store.outbox.board()
    store.close()
    assert board.depth == 0
    assert board.sent["duplicate"] == len(pending)


def test_damage_that_is_met_while_running_is_mended_at_the_next_start(
    path: Path, events: list[NewEvent]
) -> None:
    with path.open("r+b") as file:
        file.seek(page_of(path, events[100]) * PAGE_BYTES - 999)
        file.write(os.urandom(8))
    store = open_store(path)  # closed in good order: nothing is suspected
    with pytest.raises(StoreDamagedError):
        store._database.check()
    store.close()
    opening = rebuild(path)
    opening.store.close()
    assert opening.rescue is not None


def test_a_wrong_key_is_no_damage(path: Path, events: list[NewEvent]) -> None:
    content = path.read_bytes()
    wrong = MemoryKeyProvider()
    wrong.rotate()
    wrong.forget_previous()
    with pytest.raises(StoreKeyError):
        open_or_rebuild(path, wrong, clock=ManualClock(), boot_id=BOOT)
    assert path.read_bytes() == content


@pytest.mark.parametrize("renames", range(3))
def test_a_power_cut_in_the_middle_of_a_rebuild_loses_nothing(
    path: Path, events: list[NewEvent], renames: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rebuilt store is put in place by renaming: cut before each of those."""
    damage(path, page_of(path, events[100]))
    leave_log(path)
    with cut_at_rename(renames, monkeypatch):
        rebuild(path)
    opening = rebuild(path)
    pending = opening.store.outbox.peek(1000)
    assert len(pending) >= len(events) - 4 - 12
    assert "case/in-the-log" in {event.subject for event in pending}
    assert opening.store.outbox.append([new_event("case/new")])[0].sequence == 1
    opening.store._database.check()
    opening.store.close()
    assert opening.rescue is not None


@pytest.mark.parametrize("renames", range(3))
def test_the_log_of_a_damaged_store_goes_with_it_and_never_into_the_new_one(
    path: Path, renames: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = StoreFiles(path)
    for file, content in ((path, "damaged"), (files.log, "its log"), (files.rebuilt, "rebuilt")):
        file.write_text(content)
    with cut_at_rename(renames, monkeypatch):
        files.finish_swap()
    aside = files.finish_swap()
    assert aside is not None
    assert {file.name for file in path.parent.iterdir()} == {"store.db", aside.name, f"{aside.name}-wal"}
    assert (path.read_text(), aside.read_text()) == ("rebuilt", "damaged")
    assert StoreFiles(aside).log.read_text() == "its log"
    assert files.finish_swap() is None


@contextmanager
def cut_at_rename(renames: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The power goes before the rename after so many."""
    left, rename = [renames], Path.rename

    def until_the_cut(source: Path, target: Path) -> Path:
        if left[0] == 0:
            raise KeyboardInterrupt
        left[0] -= 1
        return rename(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", until_the_cut)
        with pytest.raises(KeyboardInterrupt):
            yield


def leave_log(path: Path) -> None:
    """Leaves a log beside the database, as a crash does; it holds one more event."""
    other = path.with_name("other.db")
    other.write_bytes(path.read_bytes())
    store = open_store(other)
    store.outbox.append([new_event("case/in-the-log")])
    StoreFiles(path).log.write_bytes(StoreFiles(other).log.read_bytes())
    store.close()
    other.unlink()


def test_there_is_no_store_in_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "var").touch()
    with pytest.raises(StoreError, match="STOR-005"):
        rebuild(tmp_path / "var" / "store.db")
