"""Numbers that must not start over when the terminal does."""

from __future__ import annotations

import threading
from collections import Counter

from offline_store.database import Database

LAST_RECEIPT_NUMBER = 999_999
RECEIPT_NUMBER = "receipt_number"


class Ledger:
    """Numbers that are given out once. Thread-safe."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def next_receipt_number(self) -> int:
        """1 to 999999, then 1 again. Durable before it is returned, so no two slips bear the same."""
        with self._database.writing() as transaction:
            ((number,),) = transaction.execute(
                "INSERT INTO counter (name, value) VALUES (?, 1) "
                "ON CONFLICT (name) DO UPDATE SET value = value % ? + 1 RETURNING value",
                (RECEIPT_NUMBER, LAST_RECEIPT_NUMBER),
            )
            return int(number)

    def notes(self, prefix: str) -> dict[str, int]:
        """The numbers whose names begin with ``prefix``, by the rest of their names."""
        with self._database.reading() as transaction:
            rows = transaction.execute("SELECT name, value FROM counter").fetchall()
        return {name.removeprefix(prefix): value for name, value in rows if name.startswith(prefix)}

    def forget_notes(self, prefix: str) -> None:
        """Removes the numbers whose names begin with ``prefix``."""
        with self._database.writing() as transaction:
            for name in self.notes(prefix):
                transaction.execute("DELETE FROM counter WHERE name = ?", (prefix + name,))


class PersistedCounters:
    """Counters that survive a restart; a ``foundation.counters.CounterSink``. Thread-safe.

    ``count`` only remembers, so a driver may call it at any rate. ``flush`` writes what was counted since the
    last one, in one transaction; a crash loses no more than that.
    """

    _PREFIX = "counted."

    def __init__(self, database: Database) -> None:
        self._database = database
        self._flushing = threading.Lock()
        self._lock = threading.Lock()
        self._unwritten: Counter[str] = Counter()

    def count(self, name: str, increment: int = 1) -> None:
        with self._lock:
            self._unwritten[name] += increment

    def flush(self) -> None:
        """Writes what was counted. When it raises nothing is written and nothing is forgotten."""
        with self._flushing:
            with self._lock:
                batch = +self._unwritten
            if not batch:
                return
            with self._database.writing() as transaction:
                for name, increment in batch.items():
                    transaction.execute(
                        "INSERT INTO counter (name, value) VALUES (?, ?) "
                        "ON CONFLICT (name) DO UPDATE SET value = value + excluded.value",
                        (self._PREFIX + name, increment),
                    )
            with self._lock:
                self._unwritten -= batch

    def figures(self) -> dict[str, int]:
        """Every counter since the store was made, what is not written yet included."""
        with self._flushing:
            with self._database.reading() as transaction:
                figures = Counter(
                    {
                        name.removeprefix(self._PREFIX): value
                        for name, value in transaction.execute("SELECT name, value FROM counter")
                        if name.startswith(self._PREFIX)
                    }
                )
            with self._lock:
                return dict(figures + self._unwritten)
