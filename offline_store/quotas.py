"""How much of a stream may wait, so that telemetry never takes the room of a case.

A stream without a quota is never limited: what a citizen handed in is refused by a full disk and by nothing
else. At its quota a stream whose rows are superseded by later ones (status) coalesces: the row that is being
appended stands for the waiting ones right before it and names their range, and they go. It is always the new
row that names the range, never one that may have been sent: the same id is the same event, for ever. Where
nothing can be coalesced the row is refused, and the board counts it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from offline_store.database import Transaction
from offline_store.events import NewEvent


@dataclass(frozen=True, slots=True)
class Quota:
    """At most ``waiting`` rows of a stream wait; ``is_superseded`` says that a later row makes the earlier
    ones of its subject and type needless."""

    waiting: int
    is_superseded: bool = False


TELEMETRY: Mapping[str, Quota] = MappingProxyType(
    {
        "status": Quota(1440, is_superseded=True),  # a day of heartbeats, some 3 MB
        "position": Quota(1000),
        "site": Quota(1000),
    }
)
"""The quotas of what nobody waits for."""


@dataclass(frozen=True, slots=True)
class Standing:
    """That a row may be stored, and the range of superseded sequence numbers for which it then stands."""

    period: tuple[int, int] | None = None


# What waits was given a number and is neither confirmed, nor superseded, nor set aside (see board.py).
_WAITING = """
SELECT last_sequence, last_sequence + rescued - stored - duplicate - superseded
    - (SELECT count(*) FROM outbox WHERE state = 'set_aside' AND stream = ?1)
FROM stream WHERE stream = ?1
"""

# The newest first; a row that another one needs is not superseded, nor is one of an earlier store, whose
# numbers are of another epoch.
_NEWEST_WAITING = """
SELECT position, sequence, coalesce(period_first, sequence) FROM outbox
WHERE state = 'waiting' AND stream = ? AND subject = ? AND type = ? AND epoch IS NULL
    AND NOT EXISTS (SELECT 1 FROM dependency WHERE depends_on = outbox.id)
ORDER BY position DESC
"""

_COUNT_SUPERSEDED = "UPDATE stream SET superseded = superseded + ? WHERE stream = ?"
_COUNT_REFUSED = "UPDATE stream SET refused = refused + 1 WHERE stream = ?"


def make_room(transaction: Transaction, event: NewEvent, quota: Quota) -> Standing | None:
    """Standing for ``event``, by coalescing where its stream is at its quota; None when it is refused."""
    row = transaction.execute(_WAITING, (event.stream,)).fetchone()
    if row is None or row[1] < quota.waiting:
        return Standing()
    superseded, first = _run_before(transaction, event, row[0]) if quota.is_superseded else ([], 0)
    if not superseded:
        transaction.execute(_COUNT_REFUSED, (event.stream,))
        return None
    for position in superseded:
        transaction.execute("DELETE FROM outbox WHERE position = ?", (position,))
    transaction.execute(_COUNT_SUPERSEDED, (len(superseded), event.stream))
    return Standing((first, row[0]))


def _run_before(transaction: Transaction, event: NewEvent, last_sequence: int) -> tuple[list[int], int]:
    """The waiting rows whose numbers go without a gap up to the last one, and where those numbers begin."""
    run: list[int] = []
    first = last_sequence + 1
    rows = transaction.execute(_NEWEST_WAITING, (event.stream, event.subject, event.type))
    for position, sequence, stands_from in rows.fetchall():
        if sequence != first - 1:
            break
        run.append(position)
        first = stands_from
    return run, first
