"""The platform's database: many readers, and one writer that answers only when its change is durable.

Changes that wait at the same time share one transaction and so one sync of the disk (micro-batching): the
disk, not the number of requests, sets the pace. A change that fails is rolled back and tried alone, so that
it harms nobody else; therefore a change is a function of its connection, and may be called twice.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event

from province_platform import publication_schema  # noqa: F401  # its tables are of the same metadata
from province_platform.sign_in_schema import METADATA

log = logging.getLogger("dianxiaoer.platform.database")

READERS = 8
LARGEST_GROUP = 256
_Answer = TypeVar("_Answer")


def sqlite_url(path: Path) -> str:
    """The URL of an SQLite file."""
    return f"sqlite:///{path}"


class Database:
    """One database. Thread-safe; :meth:`close` ends its threads.

    A stored change survives a power cut: SQLite runs with a write-ahead log and ``synchronous=FULL``
    (sqlite.org/pragma.html). Raises ``sqlalchemy.exc.SQLAlchemyError`` when the engine cannot do it.
    """

    def __init__(self, url: str) -> None:
        # hide_parameters: a constraint error must not print what somebody typed.
        self._engine = create_engine(url, hide_parameters=True, pool_size=READERS + 1, max_overflow=2)
        if self._engine.dialect.name == "sqlite":
            _prepare_sqlite(self._engine)
        self._immediate = self._engine.execution_options(immediate=True)
        with self._immediate.begin() as connection:
            METADATA.create_all(connection)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="platform reader")
        self._start_all_readers()
        self._changes: queue.SimpleQueue[_Change | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write_changes, name="platform writer", daemon=True)
        self._writer.start()

    async def work(self, task: Callable[[], _Answer]) -> _Answer:
        """Runs ``task`` beside the event loop, on one of the readers' threads."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, task)

    async def read(self, question: Callable[[Connection], _Answer]) -> _Answer:
        """Asks in a transaction of its own: a consistent picture of everything durable."""
        return await self.work(lambda: self.ask(question))

    async def write(self, change: Callable[[Connection], _Answer]) -> _Answer:
        """Makes a change and returns its answer after the change is durable."""
        return await asyncio.wrap_future(self._submit(change))

    def ask(self, question: Callable[[Connection], _Answer]) -> _Answer:
        """The same as :meth:`read`, for who has no event loop."""
        with self._engine.begin() as connection:
            return question(connection)

    def change(self, change: Callable[[Connection], _Answer]) -> _Answer:
        """The same as :meth:`write`, for who has no event loop."""
        return self._submit(change).result()

    def close(self) -> None:
        """Ends after the changes that were submitted. Safe to call twice."""
        self._changes.put(None)
        self._writer.join()
        self._readers.shutdown()
        self._engine.dispose()

    def _submit(self, change: Callable[[Connection], _Answer]) -> Future[_Answer]:
        waiting = _Change(change)
        self._changes.put(waiting)
        return waiting.future

    def _write_changes(self) -> None:
        while (first := self._changes.get()) is not None:
            group = [first]
            while len(group) < LARGEST_GROUP:
                try:
                    waiting = self._changes.get_nowait()
                except queue.Empty:
                    break
                if waiting is None:
                    self._changes.put(None)
                    break
                group.append(waiting)
            self._commit([waiting for waiting in group if waiting.future.set_running_or_notify_cancel()])

    def _commit(self, group: list[_Change]) -> None:
        try:
            with self._immediate.begin() as connection:
                answers = [waiting.change(connection) for waiting in group]
        except Exception as failure:  # noqa: BLE001 - whatever it was, it belongs to who asked for the change
            if len(group) == 1:
                group[0].future.set_exception(failure)
                return
            log.warning(
                "a group of %d changes failed (%s): each alone now", len(group), type(failure).__name__
            )
            for waiting in group:
                self._commit([waiting])
            return
        for waiting, answer in zip(group, answers, strict=True):
            waiting.future.set_result(answer)

    def _start_all_readers(self) -> None:
        # The pool starts threads as it needs them. Started now, they all belong to who opened the database.
        together = threading.Barrier(READERS)
        for arrived in [self._readers.submit(together.wait) for _ in range(READERS)]:
            arrived.result()


class _Change:
    """A change that waits for the writer, and the promise of its answer."""

    def __init__(self, change: Callable[[Connection], Any]) -> None:
        self.change = change
        self.future: Future[Any] = Future()


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not guessed by the driver
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        # A writer that begins deferred finds out at its first change that it must give up (SQLITE_BUSY).
        immediate = connection.get_execution_options().get("immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
