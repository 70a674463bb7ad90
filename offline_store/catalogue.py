"""The batches of items that the province has signed: the newest, and the one before as the way back."""

from __future__ import annotations

from dataclasses import dataclass, field

from offline_store.database import Database

KEPT_BATCHES = 2


@dataclass(frozen=True, slots=True)
class SignedBatch:
    """A batch as it came: ``content`` is the exact bytes that ``signature`` is over."""

    batch_id: str
    content: bytes = field(repr=False)
    signature: str
    effective_at: str


class ItemCatalogue:
    """Keeps the two newest batches. Thread-safe.

    Whoever puts one has checked its signature, and whoever takes one out checks it again: that it stood in
    the file is no reason to trust it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, batch_id: str, content: bytes, signature: str, effective_at: str) -> None:
        """Makes this batch the newest and drops all but two, in one transaction.

        A batch that is there already under this id is replaced.
        """
        with self._database.writing() as transaction:
            transaction.execute("DELETE FROM item_batch WHERE batch_id = ?", (batch_id,))
            transaction.execute(
                "INSERT INTO item_batch (position, batch_id, content, signature, effective_at) "
                "VALUES (coalesce((SELECT max(position) FROM item_batch), 0) + 1, ?, ?, ?, ?)",
                (batch_id, content, signature, effective_at),
            )
            transaction.execute(
                "DELETE FROM item_batch WHERE position NOT IN "
                "(SELECT position FROM item_batch ORDER BY position DESC LIMIT ?)",
                (KEPT_BATCHES,),
            )

    def current(self) -> SignedBatch | None:
        """The newest batch; whether it is in effect yet is for the caller: it knows the clock's worth."""
        return self._newest(0)

    def previous(self) -> SignedBatch | None:
        """The batch before the newest."""
        return self._newest(1)

    def _newest(self, skipped: int) -> SignedBatch | None:
        with self._database.reading() as transaction:
            row = transaction.execute(
                "SELECT batch_id, content, signature, effective_at FROM item_batch "
                "ORDER BY position DESC LIMIT 1 OFFSET ?",
                (skipped,),
            ).fetchone()
        return None if row is None else SignedBatch(*row)
