"""The writer: one sync for all who wait, and a change that fails harms nobody else."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.exc import IntegrityError

from province_platform.database import READERS, Database, sqlite_url
from province_platform.schema import sites


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(sqlite_url(tmp_path / "one.sqlite"))
    yield opened
    opened.close()


def add(site_id: str) -> Callable[[Connection], str]:
    def change(connection: Connection) -> str:
        connection.execute(insert(sites).values(site_id=site_id, record="{}"))
        return site_id

    return change


def count(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(sites)) or 0


def test_what_is_answered_is_durable_for_everybody(database: Database) -> None:
    assert database.change(add("a")) == "a"
    assert database.ask(count) == 1


def test_the_disk_is_synced_before_the_answer(database: Database) -> None:
    assert database.ask(lambda connection: connection.scalar(text("PRAGMA synchronous"))) == 2
    assert database.ask(lambda connection: connection.scalar(text("PRAGMA journal_mode"))) == "wal"


def test_changes_that_wait_together_share_a_transaction(database: Database) -> None:
    begun, go_on, transactions = threading.Event(), threading.Event(), []

    def hold(_connection: Connection) -> None:
        begun.set()
        go_on.wait(10)

    def note(connection: Connection) -> None:
        transactions.append(connection.get_transaction())

    with ThreadPoolExecutor(1) as caller:
        first = caller.submit(database.change, hold)
        assert begun.wait(10)
        waiting = asyncio.run(submit_all(database, note, go_on))
        first.result(10)
    assert waiting == 8
    assert len({id(transaction) for transaction in transactions}) == 1


async def submit_all(database: Database, change: Callable[[Connection], None], go_on: threading.Event) -> int:
    changes = [asyncio.ensure_future(database.write(change)) for _ in range(8)]
    await asyncio.sleep(0)  # each has now reached the writer's queue
    go_on.set()
    return len(await asyncio.gather(*changes))


def test_a_change_that_fails_harms_nobody_else(database: Database) -> None:
    database.change(add("taken"))
    hold = threading.Event()
    with ThreadPoolExecutor(5) as callers:
        first = callers.submit(database.change, lambda _connection: hold.wait(10))
        good = [callers.submit(database.change, add(f"good {number}")) for number in range(3)]
        bad = callers.submit(database.change, add("taken"))
        hold.set()
        assert first.result(10) is True
        assert [each.result(10) for each in good] == ["good 0", "good 1", "good 2"]
        with pytest.raises(IntegrityError) as failure:
            bad.result(10)
    assert "taken" not in str(failure.value), "what somebody typed is not in the error"
    assert database.ask(count) == 4


def test_closing_ends_what_was_submitted_and_every_thread(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path / "two.sqlite"))
    assert sum(thread.name.startswith("platform") for thread in threading.enumerate()) == READERS + 1
    database.change(add("a"))
    database.close()
    database.close()
    assert not any(thread.name.startswith("platform") for thread in threading.enumerate())
