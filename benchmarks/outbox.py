"""How many cases a second the outbox makes durable, beside what the disk and plain SQLite can do.

Three contestants store the same events one at a time, each durable before the next begins, on the same disk,
in turns of a few hundred so that a noisy neighbour meets all of them:

* ``ours``: the outbox as it is: encrypted, with sequences, priorities and dependencies;
* ``plain sqlite3``: one unencrypted table with the same columns and a unique id, WAL, ``synchronous=FULL``,
  and nothing else;
* ``write + fdatasync``: the payload appended to a file; what the disk itself can do.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Protocol

from benchmarks.report import FOLDER, Row, write_report
from foundation.clock import SystemClock, boot_id, rfc3339
from offline_store.events import Confirmation, NewEvent
from offline_store.keys import KeyFileProvider
from offline_store.store import OfflineStore

TURNS = 12
COMMITS_PER_TURN = 250
BATCH = 100
PAYLOAD_BYTES = 1024


class Contestant(Protocol):
    """Something that stores events durably."""

    def store(self, event: NewEvent) -> None:
        """Stores one event; on the disk when it returns."""

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
        """Takes and confirms at most ``limit`` events; how many there were."""
        batch = self._store.outbox.peek(limit)
        self._store.outbox.confirm([Confirmation(event.id, "stored") for event in batch])
        return len(batch)

    def close(self) -> None:
        self._store.close()


class PlainSqlite:
    """One table, nothing else."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "plain.db", isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute(
            "CREATE TABLE event (position INTEGER PRIMARY KEY, id TEXT UNIQUE, stream TEXT, type TEXT, "
            "subject TEXT, time TEXT, monotonic_ms INTEGER, clock_trust TEXT, priority INTEGER, data BLOB)"
        )

    def store(self, event: NewEvent) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute(
            "INSERT INTO event (id, stream, type, subject, time, monotonic_ms, clock_trust, priority, data) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(event.id, event.stream, event.type, event.subject, event.time),
                *(event.monotonic_ms, event.clock_trust, event.priority, event.data),
            ),
        )
        self._connection.execute("COMMIT")

    def take_and_confirm(self, limit: int) -> int:
        """Takes and deletes at most ``limit`` events; how many there were."""
        rows = self._connection.execute("SELECT * FROM event ORDER BY position LIMIT ?", (limit,)).fetchall()
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany("DELETE FROM event WHERE id = ?", [(row[1],) for row in rows])
        self._connection.execute("COMMIT")
        return len(rows)

    def close(self) -> None:
        self._connection.close()


class BareFile:
    """The payload in a file."""

    def __init__(self, folder: Path) -> None:
        self._descriptor = os.open(folder / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def store(self, event: NewEvent) -> None:
        os.write(self._descriptor, event.data)
        os.fdatasync(self._descriptor)

    def close(self) -> None:
        os.close(self._descriptor)


def new_event() -> NewEvent:
    """A case with a payload of the usual size."""
    return NewEvent(
        id=str(uuid.uuid4()),
        stream="case",
        type="case.submitted",
        subject=f"case/{uuid.uuid4()}",
        time=rfc3339(SystemClock().utc_now()),
        monotonic_ms=round(time.monotonic() * 1000),
        clock_trust="synchronised",
        data=os.urandom(PAYLOAD_BYTES),
        priority=0,
    )


def seconds_per_commit(contestant: Contestant, commits: int) -> list[float]:
    """How long each of so many commits took."""
    taken_s: list[float] = []
    for event in [new_event() for _ in range(commits)]:
        started_s = time.perf_counter()
        contestant.store(event)
        taken_s.append(time.perf_counter() - started_s)
    return taken_s


def drained_per_s(take_and_confirm: Callable[[int], int], rows: int) -> float:
    """How many of ``rows`` waiting events a second are taken and confirmed in batches."""
    started_s = time.perf_counter()
    left = rows
    while left:
        left -= take_and_confirm(BATCH)
    return rows / (time.perf_counter() - started_s)


def measure(folder: Path, *, turns: int, commits: int) -> list[Row]:
    """Runs the contest in ``folder``."""
    ours, plain, bare = OurOutbox(folder), PlainSqlite(folder), BareFile(folder)
    contestants: dict[str, Contestant] = {"ours": ours, "plain sqlite3": plain, "write + fdatasync": bare}
    rates: dict[str, list[float]] = {name: [] for name in contestants}
    commits_s: dict[str, list[float]] = {name: [] for name in contestants}
    drained: dict[str, list[float]] = {"ours": [], "plain sqlite3": []}
    for _ in range(turns):
        for name, contestant in contestants.items():
            taken_s = seconds_per_commit(contestant, commits)
            rates[name].append(len(taken_s) / sum(taken_s))
            commits_s[name] += taken_s
        drained["ours"].append(drained_per_s(ours.take_and_confirm, commits))
        drained["plain sqlite3"].append(drained_per_s(plain.take_and_confirm, commits))
    for contestant in contestants.values():
        contestant.close()
    p99_ms = {name: quantiles(taken_s, n=100)[98] * 1000 for name, taken_s in commits_s.items()}
    return [
        _row("durable_commits_per_s", "1/s", {name: median(values) for name, values in rates.items()}),
        _row("commit_p99_ms", "ms", p99_ms),
        _row("take_and_confirm_per_s", "1/s", {name: median(values) for name, values in drained.items()}),
    ]


def _row(figure: str, unit: str, values: dict[str, float]) -> Row:
    others = {name: round(value, 3) for name, value in values.items() if name != "ours"}
    return Row(figure, unit, "lower" if unit == "ms" else "higher", round(values["ours"], 3), others)


def main() -> None:
    """Measures on the disk of the checkout, which is the one that the figures are about."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="outbox-", dir=FOLDER))
    try:
        write_report("outbox", measure(folder, turns=TURNS, commits=COMMITS_PER_TURN))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
