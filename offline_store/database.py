"""One encrypted SQLite file, and how this process speaks to it.

SQLCipher with a raw key; write-ahead log; ``synchronous=FULL``, so a commit that returned is on the disk.
Two connections: one writes, one reads, each with its own lock. Readers see one moment and never wait for a
writer. Writers queue on the lock, because SQLite's own waiting polls, is unfair and gives up.

Running speaks to the driver; SQLAlchemy holds the models and, through Alembic, makes and migrates the file
(schema.py, migrations/). Importing it costs a third of a second of every start and its connections a tenth of
a millisecond of every commit, and its ``pysqlcipher`` dialect wants the key in a URL, where a log finds it.
"""

from __future__ import annotations

import hashlib
import hmac
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

import sqlcipher3

from offline_store.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreKeyError,
    environment_faults,
    fault_of,
)
from offline_store.files import StoreFiles

SALT_BYTES = 16
_LOG_LIMIT_BYTES = 4 * 1024 * 1024


class Rows(Protocol):
    """What a statement gave (PEP 249's cursor, as far as it is used here)."""

    @property
    def rowcount(self) -> int: ...
    def fetchone(self) -> tuple[Any, ...] | None: ...
    def fetchall(self) -> list[tuple[Any, ...]]: ...
    def close(self) -> None: ...
    def __iter__(self) -> Iterator[tuple[Any, ...]]: ...


class Transaction(Protocol):
    """A connection between BEGIN and COMMIT; it ends with the block that it was given to."""

    def execute(self, statement: str, parameters: Sequence[object] = ..., /) -> Rows:
        """Runs one statement."""


def salt_of(key: bytes) -> bytes:
    """The first 16 bytes of a store under ``key``.

    SQLCipher leaves its salt in clear there and lets the caller choose it. Ours is a keyed digest of a
    constant, so that a wrong key and a damaged page, which look the same to the cipher, can be told apart.
    """
    return hmac.new(key, b"dianxiaoer offline store", hashlib.sha256).digest()[:SALT_BYTES]


class Database:
    """Transactions on one file under one key. Thread-safe; a transaction stays in the thread that began it.

    Every method raises a :class:`~offline_store.errors.StoreError` for a fault of the surroundings.
    """

    def __init__(
        self, path: Path, key: bytes, *, read_only: bool = False, busy_timeout_s: float = 10.0
    ) -> None:
        self._path = path
        self._key = key
        self._read_only = read_only
        self._busy_timeout_s = busy_timeout_s
        self.files = StoreFiles(path)
        """Where the database is, and what stands beside it."""
        self._reader = _Seat()
        self._writer = _Seat()
        self._is_closed = False

    def reading(self) -> AbstractContextManager[Transaction]:
        """A read transaction: all its statements see the same moment."""
        return self._transaction(self._reader, "BEGIN")

    def writing(self) -> AbstractContextManager[Transaction]:
        """A write transaction, the only one at its time: durable when the block has ended without an error,
        undone when it ended with one."""
        return self._transaction(self._writer, "BEGIN IMMEDIATE")

    def unlock(self) -> None:
        """Proves that the key opens the file. Raises :class:`StoreKeyError` or :class:`StoreDamagedError`."""
        try:
            with self.reading() as transaction:
                transaction.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        except StoreDamagedError as error:
            with self._path.open("rb") as file:
                if file.read(SALT_BYTES) == salt_of(self._key):
                    raise
            raise StoreKeyError("the key does not open the store; it was made with another one") from error

    def check(self) -> None:
        """Reads all pages in use; each carries a keyed digest. Raises :class:`StoreDamagedError`."""
        with self.reading() as transaction:
            if transaction.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
                raise StoreDamagedError
        if not self._read_only:
            self.files.suspicion.unlink(missing_ok=True)

    def rekey(self, key: bytes) -> None:
        """Encrypts the whole file under ``key``, in one transaction of SQLite. For who is alone with it."""
        self._leave_seats()
        with environment_faults():
            connection = self.connect()
            try:
                connection.execute(f"PRAGMA rekey = {_key_literal(key)}")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()
        self._key = key

    def close(self) -> None:
        """Closes the connections; the last one moves the log into the file and removes it.

        Waits for the transactions under way. One that begins afterwards raises ``RuntimeError``.
        """
        self._is_closed = True
        self._leave_seats()

    def connect(self) -> Any:
        """A new connection of the driver, keyed and set up; the caller closes it.

        Raises the driver's own errors (see ``environment_faults``).
        """
        mode = "ro" if self._read_only else "rw"
        connection = sqlcipher3.connect(
            f"file:{quote(str(self._path.absolute()))}?mode={mode}",
            uri=True,
            timeout=self._busy_timeout_s,
            isolation_level=None,  # the driver begins nothing by itself
            check_same_thread=False,
        )
        try:
            for statement in self._settings():
                connection.execute(statement)
        except BaseException:
            connection.close()
            raise
        return connection

    def _settings(self) -> Iterator[str]:
        yield "PRAGMA cipher_log_level = NONE"  # it would write to standard error
        yield f"PRAGMA key = {_key_literal(self._key)}"
        if not self._read_only:
            yield "PRAGMA journal_mode = WAL"
        yield "PRAGMA synchronous = FULL"
        yield "PRAGMA secure_delete = ON"
        yield "PRAGMA foreign_keys = ON"
        yield f"PRAGMA journal_size_limit = {_LOG_LIMIT_BYTES}"

    def _suspect(self, seat: _Seat) -> None:
        """Remembers that a damaged page was met, so that the next opening reads them all, and leaves the
        connection, which the cipher has given up: the other pages are read by a new one."""
        with suppress(sqlcipher3.Error):
            seat.leave()
        if not self._read_only:
            with suppress(OSError):
                self.files.suspicion.touch(mode=0o600)

    def _leave_seats(self) -> None:
        with environment_faults():
            for seat in (self._reader, self._writer):
                with seat.lock:
                    seat.leave()

    @contextmanager
    def _transaction(self, seat: _Seat, begin: str) -> Iterator[Transaction]:
        if not seat.lock.acquire(timeout=self._busy_timeout_s):
            raise StoreBusyError
        try:
            if self._is_closed:
                raise RuntimeError("the store is closed")
            connection = seat.connection = seat.connection or self.connect()
            connection.execute(begin)
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:  # SQLite ends it by itself after some errors
                    connection.execute("ROLLBACK")
                raise
        except Exception as error:
            fault = fault_of(error)
            if fault is StoreDamagedError or isinstance(error, StoreDamagedError):
                self._suspect(seat)
            if fault is None:
                raise
            raise fault from error
        finally:
            seat.lock.release()


class _Seat:
    """One connection and the lock of who uses it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.connection: Any = None

    def leave(self) -> None:
        """Closes the connection, if there is one."""
        connection, self.connection = self.connection, None
        if connection is not None:
            connection.close()


def _key_literal(key: bytes) -> str:
    """SQLCipher's raw key: no derivation, and the salt behind it."""
    return f"\"x'{key.hex()}{salt_of(key).hex()}'\""
