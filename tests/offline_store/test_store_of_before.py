"""A store that the release with schema 0003 left: all that it holds is there, and the terminal goes on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from offline_store.database import Database
from offline_store.migrations import migrate, migrate_down
from offline_store.store import OfflineStore
from tests.fakes.clock import ManualClock
from tests.fixtures import store_of_before as before
from tests.fixtures.store_of_before import FixedKey, event_id
from tests.offline_store.making import NEXT_BOOT, new_event

MADE = datetime(2026, 11, 22, 1, 19, tzinfo=UTC)
LEFT = Path(before.__file__).with_name("store-0003.store")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "store.sqlite"
    shutil.copy(LEFT, path)
    path.chmod(0o600)
    return path


@pytest.fixture
def store(path: Path) -> Iterator[OfflineStore]:
    clock = ManualClock(utc=MADE.replace(hour=2))
    store = OfflineStore.open(path, FixedKey(before.KEY), clock=clock, boot_id=NEXT_BOOT)
    yield store
    store.close()


def revision_of(database: Database) -> str:
    with database.reading() as transaction:
        ((revision,),) = transaction.execute("SELECT version_num FROM alembic_version").fetchall()
    return str(revision)


def test_it_is_of_that_release(path: Path) -> None:
    database = Database(path, before.KEY)
    assert revision_of(database) == "0003"
    database.close()


def test_what_waited_waits_in_its_order_and_new_events_follow(store: OfflineStore) -> None:
    waiting = store.outbox.peek(10)
    assert [event.id for event in waiting] == [event_id(20), event_id(21), event_id(40)]
    assert waiting[0].data == b'{"number": 20}'
    assert {event.store_id for event in waiting} == {store.store_id}
    (fresh,) = store.outbox.append([new_event("case/new")])
    assert fresh.sequence == 4


def test_what_was_delivered_and_set_aside_is_known_as_before(store: OfflineStore) -> None:
    board = store.outbox.board()
    assert (board.depth, board.sent) == (3, {"stored": 1, "duplicate": 0})
    assert [event.id for event in board.set_aside] == [event_id(30), event_id(31)]
    assert store.outbox.case_number(f"case/{event_id(10)}") == "42-0001"
    assert store.outbox.release(event_id(30)) == [event_id(30), event_id(31)]


def test_numbers_counters_items_drafts_and_the_trail_are_there(store: OfflineStore) -> None:
    assert store.ledger.next_receipt_number() == before.RECEIPTS + 1
    assert store.counters.figures() == {"receipt_printer.cuts": 7}
    kept = store.catalogue.current()
    assert kept is not None
    assert (kept.batch_id, kept.content, kept.signature) == (before.BATCH, before.CONTENT, before.SIGNATURE)
    owner = store.drafts.owner(before.OWNER)
    assert store.drafts.find(owner, before.ITEM) == before.DRAFT
    trail = store.audit_trail(FixedKey(before.AUDIT_KEY))
    assert (trail.verify().entries, trail.verify().is_intact) == (2, True)
    assert trail.record("session.opened", "done") == 3
    assert trail.verify().is_intact


def test_down_to_that_release_and_up_again_loses_nothing_of_it(path: Path) -> None:
    database = Database(path, before.KEY)

    def rows() -> dict[str, int]:
        with database.reading() as transaction:
            tables = transaction.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'alembic_version'"
            ).fetchall()
            return {
                name: transaction.execute("SELECT count(*) FROM NAME".replace("NAME", name)).fetchall()[0][0]
                for (name,) in tables
            }

    at_first = rows()
    assert min(at_first.values()) > 0, "something stands in every table"
    migrate(database.connect)
    migrate_down(database.connect, "0003")
    assert (revision_of(database), rows()) == ("0003", at_first)
    migrate(database.connect)
    assert at_first.items() <= rows().items()
    database.close()
