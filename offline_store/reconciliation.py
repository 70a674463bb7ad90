"""What the terminal can state about its delivery: stretch by stretch of each stream, in this store's epoch.

A stretch ends before the first event that still waits, so everything in it is settled: delivered, set aside
or superseded. Rows are kept until they were stated, whatever their age (``OLD_CONFIRMED``). What was rescued
from a damaged store is of an older epoch and is not stated: how much there was of that is no longer known.
"""

from __future__ import annotations

from dataclasses import dataclass

from contract.reconciliation import LONGEST_STATEMENT, stretch_digest
from offline_store.database import Database

_STREAMS = """
SELECT stream.stream, last_sequence, coalesce(through, 0), coalesce(day, '')
FROM stream LEFT JOIN stated ON stated.stream = stream.stream
WHERE stream.stream <> 'upload' ORDER BY stream.stream
"""
_FIRST_WAITING = """
SELECT min(coalesce(period_first, sequence)) FROM outbox
WHERE state = 'waiting' AND stream = ? AND epoch IS NULL
"""
_ROWS = """
SELECT sequence, id, state FROM outbox
WHERE stream = ? AND epoch IS NULL AND sequence BETWEEN ? AND ? ORDER BY sequence LIMIT ?
"""
_STATE = """
INSERT INTO stated (stream, through, day) VALUES (?, ?, ?)
ON CONFLICT (stream) DO UPDATE SET through = excluded.through, day = excluded.day
"""
# What was stated before is stated once more from there, today.
_REOPEN = "UPDATE stated SET through = min(through, ?2 - 1), day = '' WHERE stream = ?1"


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is settled of one stream: ``count`` delivered events between two sequence numbers, both included.

    ``digest`` is :func:`contract.reconciliation.stretch_digest` over them; ``set_aside`` are the numbers of
    those that the platform refused.
    """

    stream: str
    first: int
    last: int
    count: int
    digest: str
    set_aside: tuple[int, ...]


class DeliveryBook:
    """How far the delivery of each stream was stated. Thread-safe; raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self, day: str) -> list[str]:
        """The streams that were not stated on ``day`` (``2026-11-21``)."""
        with self._database.reading() as transaction:
            return [row[0] for row in transaction.execute(_STREAMS).fetchall() if row[3] != day]

    def next_stretch(self, stream: str) -> Stretch | None:
        """What is settled and not stated yet, ``LONGEST_STATEMENT`` events at most; None when nothing is."""
        with self._database.reading() as transaction:
            known = {row[0]: row for row in transaction.execute(_STREAMS).fetchall()}
            if stream not in known:
                return None
            _, last, through, _ = known[stream]
            ((first_waiting,),) = transaction.execute(_FIRST_WAITING, (stream,)).fetchall()
            if first_waiting is not None:
                last = first_waiting - 1
            if last <= through:
                return None
            rows = transaction.execute(_ROWS, (stream, through + 1, last, LONGEST_STATEMENT)).fetchall()
        if len(rows) == LONGEST_STATEMENT:
            last = rows[-1][0]
        delivered = [(sequence, event_id) for sequence, event_id, state in rows if state == "confirmed"]
        set_aside = tuple(sequence for sequence, _, state in rows if state == "set_aside")
        return Stretch(stream, through + 1, last, len(delivered), stretch_digest(delivered), set_aside)

    def stated(self, stretch: Stretch, day: str) -> None:
        """The statement about ``stretch`` stands in the outbox, on ``day``."""
        with self._database.writing() as transaction:
            transaction.execute(_STATE, (stretch.stream, stretch.last, day))

    def reopen(self, stream: str, first: int) -> None:
        """The stream is due again, from ``first`` on where that was stated before."""
        with self._database.writing() as transaction:
            transaction.execute(_REOPEN, (stream, first))
