"""What stores events in the benchmark ``outbox``: ours, what the disk can do, and peers that install."""

from __future__ import annotations

import base64
import importlib
import logging
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from benchmarks.report import FOLDER
from foundation.clock import SystemClock, boot_id
from offline_store.events import Confirmation, NewEvent
from offline_store.keys import KeyFileProvider
from offline_store.store import OfflineStore

_PACK = 100
PEERS = FOLDER / "peers"
_REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements" / "bench.txt"


class Contestant(Protocol):
    """Something that stores events durably. Thread-safe."""

    def store(self, event: NewEvent) -> None:
        """Stores one event; as durable as the contestant ever makes it when it returns."""

    def take_and_confirm(self, limit: int) -> int:
        """Takes and confirms at most ``limit`` events; how many there were."""

    def close(self) -> None:
        """Ends."""


class OurOutbox:
    """The outbox."""

    def __init__(self, folder: Path) -> None:
        keys = KeyFileProvider(folder / "store.key")
        self._store = OfflineStore.open(folder / "store.db", keys, clock=SystemClock(), boot_id=boot_id())

    def store(self, event: NewEvent) -> None:
        self._store.outbox.append([event])

    def take_and_confirm(self, limit: int) -> int:
        batch = self._store.outbox.peek(limit)
        self._store.outbox.confirm([Confirmation(event.id, "stored") for event in batch])
        return len(batch)

    def close(self) -> None:
        self._store.close()


class PlainSqlite:
    """One table, nothing else."""

    def __init__(self, folder: Path) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(folder / "plain.db", isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute(
            "CREATE TABLE event (position INTEGER PRIMARY KEY, id TEXT UNIQUE, stream TEXT, type TEXT, "
            "subject TEXT, time TEXT, monotonic_ms INTEGER, clock_trust TEXT, priority INTEGER, data BLOB)"
        )

    def store(self, event: NewEvent) -> None:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute(
                "INSERT INTO event (id, stream, type, subject, time, monotonic_ms, clock_trust, priority, "
                "data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(event.id, event.stream, event.type, event.subject, event.time),
                    *(event.monotonic_ms, event.clock_trust, event.priority, event.data),
                ),
            )
            self._connection.execute("COMMIT")

    def take_and_confirm(self, limit: int) -> int:
        question = "SELECT * FROM event ORDER BY position LIMIT ?"
        rows = self._connection.execute(question, (limit,)).fetchall()
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany("DELETE FROM event WHERE id = ?", [(row[1],) for row in rows])
        self._connection.execute("COMMIT")
        return len(rows)

    def close(self) -> None:
        self._connection.close()


class BareFile:
    """The payload in a file; what it takes is read again from it, and nothing is taken away."""

    def __init__(self, folder: Path) -> None:
        self._descriptor = os.open(folder / "bare", os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)

    def store(self, event: NewEvent) -> None:
        os.write(self._descriptor, event.data)
        os.fdatasync(self._descriptor)

    def close(self) -> None:
        os.close(self._descriptor)


class PersistQueue:
    """persist-queue's queue in SQLite with acknowledgements, as it comes: each of them is committed."""

    def __init__(self, folder: Path) -> None:
        queue = importlib.import_module("persistqueue")
        self._queue: Any = queue.SQLiteAckQueue(str(folder / "persist-queue"), multithreading=True)
        self._empty: type[Exception] = queue.Empty

    def store(self, event: NewEvent) -> None:
        self._queue.put(event.data)

    def take_and_confirm(self, limit: int) -> int:
        for taken in range(limit):
            try:
                self._queue.ack(self._queue.get(block=False))
            except self._empty:
                return taken
        return limit

    def close(self) -> None:
        self._queue.close()


class LiteQueue:
    """litequeue as it comes: ``synchronous=NORMAL``, so the last commits do not survive a power cut."""

    def __init__(self, folder: Path) -> None:
        module = importlib.import_module("litequeue")
        self._queue: Any = module.LiteQueue(folder / "litequeue.db")
        self._lock = threading.Lock()

    def store(self, event: NewEvent) -> None:
        with self._lock:
            self._queue.put(_as_text(event))

    def take_and_confirm(self, limit: int) -> int:
        for taken in range(limit):
            message = self._queue.pop()
            if message is None:
                return taken
            self._queue.done(message.message_id)
        return limit

    def close(self) -> None:
        self._queue.close()


class ThingsBoardFiles:
    """The file storage of thingsboard-gateway as it comes: it writes and never syncs."""

    def __init__(self, folder: Path) -> None:
        module = importlib.import_module("thingsboard_gateway.storage.file.file_event_storage")
        settings = {
            "data_folder_path": f"{folder / 'thingsboard'}/",
            "max_records_per_file": 10_000,
            "max_file_count": 1000,
            "max_read_records_count": _PACK,
        }
        self._storage: Any = module.FileEventStorage(settings, logging.getLogger("peer"), threading.Event())
        self._lock = threading.Lock()

    def store(self, event: NewEvent) -> None:
        with self._lock:
            self._storage.put(_as_text(event))

    def take_and_confirm(self, limit: int) -> int:
        if limit != _PACK:
            raise ValueError("its packs have one size")
        taken = len(self._storage.get_event_pack())
        self._storage.event_pack_processing_done()
        return taken

    def close(self) -> None:
        self._storage.stop()


def _as_text(event: NewEvent) -> str:
    return base64.b64encode(event.data).decode("ascii")


PEER_CLASSES: dict[str, Callable[[Path], Contestant]] = {
    "persist-queue": PersistQueue,
    "litequeue (not every commit synced)": LiteQueue,
    "thingsboard-gateway (never synced)": ThingsBoardFiles,
}


def peers() -> dict[str, Callable[[Path], Contestant]]:
    """Those that install and import on this machine; the others are said to be missing."""
    if not PEERS.exists():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes"]
        subprocess.run([*command, "--target", str(PEERS), "-r", str(_REQUIREMENTS)], check=False)
    if str(PEERS) not in sys.path:
        sys.path.append(str(PEERS))
    there = {}
    for name, module in zip(
        PEER_CLASSES,
        ("persistqueue", "litequeue", "thingsboard_gateway.storage.file.file_event_storage"),
        strict=True,
    ):
        try:
            importlib.import_module(module)
        except ImportError as missing:
            print(f"  {name} is left out: {missing}", file=sys.stderr)
        else:
            there[name] = PEER_CLASSES[name]
    return there
