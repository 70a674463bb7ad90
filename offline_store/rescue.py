"""A damaged store is set aside and rebuilt from what can still be read, and the terminal serves again.

Every page carries a keyed digest, so a damaged one is noticed and never believed. What is on the others is
read table by table, around the pages that cannot be. The rebuilt store is a new epoch with its own
``store_id``; a rescued event keeps the epoch and the number that it had, so that the platform sees the very
same event and, in the old epoch, exactly the gap that was lost. Nothing of ours deletes the damaged file.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from foundation.clock import Clock
from offline_store.database import SALT_BYTES, Database, Transaction, salt_of
from offline_store.errors import StoreDamagedError
from offline_store.files import StoreFiles
from offline_store.keys import KeyProvider
from offline_store.ledger import LAST_RECEIPT_NUMBER, RECEIPT_NUMBER
from offline_store.store import OfflineStore

LARGEST_ROW_NUMBER = 2**32
"""More rows than a terminal ever has; half of it costs one more attempt."""
MOST_FAILED_READS = 300
"""So many in a row: a damaged page costs some dozens, and behind more than a few of them nothing follows."""
_NOTES, _EVENTS = "rescue.", "events"
_BY_NUMBER = ("item_batch", "draft", "audit_entry", "command")
_SMALL = ("counter", "secret", "audit_chain", "standing_order")


@dataclass(frozen=True, slots=True)
class Rescue:
    """What became of a damaged store.

    ``set_aside`` is where the damaged file is now, ``events`` how many undelivered events were rescued, and
    ``unreadable`` names the tables of which something could not be read. An alarm is due in any case.
    """

    set_aside: Path
    events: int
    unreadable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """An open store, and the rescue that nobody was told of yet; None when there was none."""

    store: OfflineStore
    rescue: Rescue | None

    def rescue_told(self) -> None:
        """The alarm stands in the outbox. Until this was called, every opening gives the rescue again."""
        self.store.ledger.forget_notes(_NOTES)


def open_or_rebuild(path: Path, keys: KeyProvider, *, clock: Clock, boot_id: str) -> Opening:
    """Opens the store as ``OfflineStore.open`` does, and rebuilds it when it is damaged.

    A missing or wrong key is not damage: then nothing is touched. Raises :class:`StoreError` for every fault
    but damage. Interrupted at any point it leaves the damaged store or the rebuilt one, never neither.
    """
    files = StoreFiles(path)
    try:
        store = OfflineStore.open(path, keys, clock=clock, boot_id=boot_id)
    except StoreDamagedError:
        _rebuild(files, keys, clock, boot_id)
        store = OfflineStore.open(path, keys, clock=clock, boot_id=boot_id)  # which puts it into its place
    notes = store.ledger.notes(_NOTES)
    if not notes:
        return Opening(store, None)
    events = notes.pop(_EVENTS)
    return Opening(store, Rescue(files.newest_aside(), events, tuple(sorted(notes))))


def _rebuild(files: StoreFiles, keys: KeyProvider, clock: Clock, boot_id: str) -> None:
    """Makes the rebuilt store beside the damaged one, with a note of what became of it."""
    old = Database(files.path, _key_of(files.path, keys))
    StoreFiles(files.rebuilding).remove()
    OfflineStore.open(files.rebuilding, keys, clock=clock, boot_id=boot_id).close()
    new, reader = Database(files.rebuilding, keys.get()), _Reader(old)
    try:
        with new.writing() as into:
            events = _copy_outbox(reader, into)
            for table in _BY_NUMBER:
                _insert(into, table, reader.columns(table), reader.rows_by_number(table))
            for table in _SMALL:
                _insert(into, table, reader.columns(table), reader.rows_of_small(table))
            if "counter" in reader.unreadable:
                # How far the numbers had come is not known: any other start repeats fewer than the first.
                start = 1 + secrets.randbelow(LAST_RECEIPT_NUMBER)
                _insert(into, "counter", ("name", "value"), [(RECEIPT_NUMBER, start)])
            into.execute("DELETE FROM counter WHERE name LIKE ?", (f"{_NOTES}%",))
            notes = [(_EVENTS, events), *((table, 1) for table in sorted(reader.unreadable))]
            _insert(into, "counter", ("name", "value"), [(_NOTES + name, value) for name, value in notes])
    finally:
        reader.leave()
        new.close()
    files.rebuilding.rename(files.rebuilt)


def _key_of(path: Path, keys: KeyProvider) -> bytes:
    """The key that the file is under: during a rotation that may be the one before."""
    previous = keys.previous()
    with path.open("rb") as file:
        is_previous = previous is not None and file.read(SALT_BYTES) == salt_of(previous)
    return previous if previous is not None and is_previous else keys.get()


class _Reader:
    """Reads a damaged store around what cannot be read; ``unreadable`` names the tables that have holes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.unreadable: set[str] = set()

    def columns(self, table: str) -> tuple[str, ...]:
        """The names of a table's columns; none when the schema cannot be read."""
        return tuple(row[1] for row in self._rows(table, f"PRAGMA table_info({table})") or ())

    def rows_by_number(self, table: str) -> list[tuple[Any, ...]]:
        """The rows of a table that is stored by their numbers, in that order.

        Read from the first on and, where that meets too much damage, from the last one back as well.
        """
        if not self.columns(table):
            return []
        rows: dict[int, tuple[Any, ...]] = {}
        if not self._read_around(table, rows, is_backwards=False):
            self._read_around(table, rows, is_backwards=True)
        return [rows[number] for number in sorted(rows)]

    def _read_around(self, table: str, rows: dict[int, tuple[Any, ...]], *, is_backwards: bool) -> bool:
        """Halves every range that fails to be read; whether it came to the end."""
        statement = f"SELECT rowid, * FROM {table} NOT INDEXED WHERE rowid BETWEEN ? AND ?"  # noqa: S608
        ranges, failed = [(1, LARGEST_ROW_NUMBER)], 0
        while ranges and failed < MOST_FAILED_READS:
            first, last = ranges.pop()
            found = self._rows(table, statement, (first, last))
            if found is not None:
                rows.update((row[0], row[1:]) for row in found)
                failed = 0 if found else failed
                continue
            failed += 1
            if first < last:
                middle = (first + last) // 2
                halves = [(first, middle), (middle + 1, last)]
                ranges += halves if is_backwards else reversed(halves)
        return not ranges

    def rows_of_small(self, table: str) -> list[tuple[Any, ...]]:
        """All rows of a table of a page or two, or none."""
        return self._rows(table, f"SELECT * FROM {table}") or [] if self.columns(table) else []  # noqa: S608

    def leave(self) -> None:
        """Lets go of the damaged file."""
        try:
            self._database.close()
        except StoreDamagedError:  # its log could not be moved into it: both are set aside as they are
            return

    def _rows(
        self, table: str, statement: str, parameters: Sequence[object] = ()
    ) -> list[tuple[Any, ...]] | None:
        try:
            with self._database.reading() as transaction:
                return transaction.execute(statement, parameters).fetchall()
        except StoreDamagedError:
            self.unreadable.add(table)
            return None


def _copy_outbox(reader: _Reader, into: Transaction) -> int:
    """Copies the rows of the outbox with their epoch; returns how many of them are not delivered."""
    columns = reader.columns("outbox")
    identity = reader.rows_of_small("identity")
    epoch = str(identity[0][0]) if identity else str(uuid4())  # its name is lost, its numbers are not
    rows, undelivered = [], Counter[str]()
    for values in reader.rows_by_number("outbox"):
        row = dict(zip(columns, values, strict=True))
        row["epoch"] = row.get("epoch") or epoch
        rows.append(tuple(row.values()))
        if row["state"] != "confirmed":
            undelivered[row["stream"]] += 1
    _insert(into, "outbox", tuple(dict.fromkeys((*columns, "epoch"))), rows)
    into.execute(
        "INSERT INTO dependency SELECT DISTINCT needed.value, outbox.id "
        "FROM outbox, json_each(outbox.depends_on) AS needed "
        "WHERE needed.value IN (SELECT id FROM outbox)"
    )
    for stream, count in undelivered.items():
        into.execute("INSERT INTO stream (stream, last_sequence, rescued) VALUES (?, 0, ?)", (stream, count))
    return undelivered.total()


def _insert(into: Transaction, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    names, places = ", ".join(columns), ", ".join("?" * len(columns))
    for row in rows:
        into.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({places})", row)  # noqa: S608
