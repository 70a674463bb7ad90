"""The platform's database: many readers, and one writer that answers only when its change is durable.

Changes that wait at the same time share one transaction and so one sync of the disk (micro-batching): the
disk, not the number of requests, sets the pace. A change that fails is rolled back and tried alone, so that
it harms nobody else; therefore a change is a function of its connection, and may be called twice.

The engine is SQLite, for one machine, or PostgreSQL (docs/adr/0023). Both give a change the database to
itself until it is durable: what it reads and then writes cannot change in between, whoever else writes.
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

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from province_platform import (  # of the same metadata
    block_schema,  # noqa: F401
    handover_schema,  # noqa: F401
    publication_schema,  # noqa: F401
)
from province_platform.sign_in_schema import METADATA

log = logging.getLogger("dianxiaoer.platform.database")

READERS = 8
LARGEST_GROUP = 256
_Answer = TypeVar("_Answer")
_CHANGES = 0x44584554
"""The advisory lock of the one change at a time, in this database alone (PostgreSQL 15, 13.3.5)."""


def sqlite_url(path: Path) -> str:
    """The URL of an SQLite file."""
    return f"sqlite:///{path}"


def database_url(text: str) -> URL:
    """``text`` as a URL of an engine that is tested here; ``postgresql://`` is read by psycopg.

    Raises ``ValueError``, which does not repeat it: a password may stand in it.
    """
    try:
        url = make_url(text)
    except ArgumentError:
        raise ValueError("the database needs a URL such as postgresql+psycopg://user@host/name") from None
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "postgresql+psycopg"):
        raise ValueError("the database is sqlite or postgresql+psycopg")
    return url


class Database:
    """One database. Thread-safe; :meth:`close` ends its threads.

    A stored change survives a power cut: SQLite runs with a write-ahead log and ``synchronous=FULL``
    (sqlite.org/pragma.html), PostgreSQL with ``synchronous_commit`` never off (PostgreSQL 15, 20.5.1).
    A server that went away is found again with the next transaction. Raises
    ``sqlalchemy.exc.SQLAlchemyError`` when the engine cannot do it.
    """

    def __init__(self, url: str | URL) -> None:
        make = _sqlite if make_url(url).get_backend_name() == "sqlite" else _postgresql
        # hide_parameters: a constraint error must not print what somebody typed.
        self._engine, self._immediate = make(url, hide_parameters=True, pool_size=READERS + 1, max_overflow=2)
        try:
            with self._immediate.begin() as connection:
                METADATA.create_all(connection)
        except BaseException:
            self._engine.dispose()
            raise
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


def _sqlite(url: str | URL, **options: Any) -> tuple[Engine, Engine]:
    """For questions, and for changes."""
    engine = create_engine(url, **options)

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

    return engine, engine.execution_options(immediate=True)


def _postgresql(url: str | URL, **options: Any) -> tuple[Engine, Engine]:
    """For questions, which see one moment, and for changes, which see what the one before has left."""
    engine = create_engine(url, isolation_level="REPEATABLE READ", pool_pre_ping=True, **options)

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: Any) -> None:
        # A wish for more than the own disk (a standby) stays as the administrator has it.
        connection.execute(
            "SELECT set_config('synchronous_commit', 'on', false) "
            "WHERE current_setting('synchronous_commit') = 'off'"
        )
        connection.commit()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        if connection.get_execution_options().get("immediate"):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_CHANGES})")

    return engine, engine.execution_options(immediate=True, isolation_level="READ COMMITTED")
