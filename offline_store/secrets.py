"""Random secrets of this store, each made when it is first asked for; they go with the store."""

from __future__ import annotations

import os

from offline_store.database import Database


class SecretBook:
    """Secrets by name. Thread-safe."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def kept(self, name: str, size_bytes: int) -> bytes:
        """The secret of this name; the same for as long as there is this store. Raises ``StoreError``."""
        with self._database.reading() as transaction:
            row = transaction.execute("SELECT value FROM secret WHERE name = ?", (name,)).fetchone()
        if row is None:
            with self._database.writing() as transaction:
                transaction.execute(
                    "INSERT OR IGNORE INTO secret VALUES (?, ?)", (name, os.urandom(size_bytes))
                )
                row = transaction.execute("SELECT value FROM secret WHERE name = ?", (name,)).fetchone()
        if row is None:
            raise RuntimeError("a row that was written is there")
        return bytes(row[0])
