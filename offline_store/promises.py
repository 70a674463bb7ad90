"""What somebody was promised and the province does not have yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from offline_store.database import Database

# ix_outbox_promised carries all three.
_COUNT = """
SELECT count(*), min(nullif(due_on, '')) FROM outbox INDEXED BY ix_outbox_promised
WHERE state <> 'confirmed' AND due_on IS NOT NULL
"""
_FIRST_DUE = """
SELECT due_on, state = 'set_aside', coalesce(last_code, ''), data FROM outbox INDEXED BY ix_outbox_promised
WHERE state <> 'confirmed' AND due_on IS NOT NULL ORDER BY due_on, position LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Promised:
    """An event that is not delivered: its day (empty when none was named), whether it was set aside, the last
    code about it, and its content."""

    due_on: str
    is_set_aside: bool
    code: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenPromises:
    """All of one moment: how many are open, the earliest day that was named or empty, and those due first."""

    count: int
    earliest: str
    first: tuple[Promised, ...]


NOTHING_PROMISED = OpenPromises(0, "", ())


class PromiseBook:
    """Reads what is promised. Thread-safe; raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, at_most: int) -> OpenPromises:
        """What is not delivered yet, ``at_most`` of it by name: what has no day, then the earliest."""
        with self._database.reading() as transaction:
            ((count, earliest),) = transaction.execute(_COUNT).fetchall()
            rows = transaction.execute(_FIRST_DUE, (at_most,)).fetchall() if count else []
        first = tuple(Promised(row[0], bool(row[1]), row[2], bytes(row[3])) for row in rows)
        return OpenPromises(count, earliest or "", first)
