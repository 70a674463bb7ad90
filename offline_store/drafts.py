"""Drafts: what a person has begun and not handed in, under a key that only the same person brings back.

Owner and key are derived (scrypt, RFC 7914) from a secret that the caller gives, the person's identity
number, and a random value of this store. Neither number nor key is stored: the terminal itself cannot open a
draft while its owner is not here. What that is worth against whoever holds the store and its key, and what it
is not, is in docs/adr/0014-drafts.md.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from foundation.clock import Clock, rfc3339
from offline_store.database import Database, Transaction
from offline_store.secrets import SecretBook

LONGEST_KEPT_S = 30 * 24 * 3600.0
LARGEST_DRAFT_BYTES = 256 * 1024
MOST_DRAFTS = 500
_SALT, _SALT_BYTES, _NONCE_BYTES = "draft_salt", 32, 12
_OWNER_BYTES = _KEY_BYTES = 32
_COST, _BLOCK, _LANES = 2**14, 8, 1  # 16 MB and some 40 ms on a terminal, at each sign-in


@dataclass(frozen=True, slots=True, repr=False)
class DraftOwner:
    """Who may open the drafts: made at a sign-in, gone with the session. Its repr tells nothing."""

    name: str
    key: bytes


class Drafts:
    """Keeps drafts until they expire. Thread-safe; each is good for one person and one item."""

    def __init__(self, database: Database, *, clock: Clock, boot_id: str) -> None:
        self._database = database
        self._clock = clock
        self._boot_id = boot_id

    def owner(self, secret: bytes) -> DraftOwner:
        """The owner whom ``secret`` names: the same for the same secret. Takes some 40 ms on purpose.

        Raises ``ValueError`` for an empty secret: nobody would be everybody.
        """
        if not secret:
            raise ValueError("a draft's owner needs a secret")
        derived = hashlib.scrypt(
            secret,
            salt=SecretBook(self._database).kept(_SALT, _SALT_BYTES),
            n=_COST,
            r=_BLOCK,
            p=_LANES,
            maxmem=2 * 128 * _COST * _BLOCK,
            dklen=_OWNER_BYTES + _KEY_BYTES,
        )
        return DraftOwner(derived[:_OWNER_BYTES].hex(), derived[_OWNER_BYTES:])

    def keep(self, owner: DraftOwner, item: str, content: bytes, *, kept_s: float) -> None:
        """Keeps ``content`` for ``kept_s`` from now, in place of an earlier draft of this item; durable.

        Raises ``ValueError`` when it is to be kept for longer than 30 days or is larger than 256 KiB. Above
        500 drafts the one that expires first goes.
        """
        if not 0 < kept_s <= LONGEST_KEPT_S or len(content) > LARGEST_DRAFT_BYTES:
            raise ValueError("a draft is kept for at most 30 days and has at most 256 KiB")
        now = self._clock.utc_now()
        made_at, expires_at = rfc3339(now), rfc3339(now + timedelta(seconds=kept_s))
        nonce = os.urandom(_NONCE_BYTES)
        sealed = nonce + AESGCM(owner.key).encrypt(
            nonce, content, _bound_to(owner, item, made_at, expires_at)
        )
        expires_ms = self._now_ms() + round(kept_s * 1000)
        with self._database.writing() as transaction:
            transaction.execute(
                "INSERT OR REPLACE INTO draft "
                "(owner, item, sealed, made_at, expires_at, boot_id, expires_ms) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (owner.name, item, sealed, made_at, expires_at, self._boot_id, expires_ms),
            )
            transaction.execute(
                "DELETE FROM draft WHERE rowid IN "
                "(SELECT rowid FROM draft ORDER BY expires_at DESC, rowid DESC LIMIT -1 OFFSET ?)",
                (MOST_DRAFTS,),
            )

    def find(self, owner: DraftOwner, item: str) -> bytes | None:
        """The draft of this person for this item; None when there is none or it has expired."""
        self.expire()
        with self._database.reading() as transaction:
            row = transaction.execute(
                "SELECT sealed, made_at, expires_at FROM draft WHERE owner = ? AND item = ?",
                (owner.name, item),
            ).fetchone()
        if row is None:
            return None
        sealed, made_at, expires_at = row
        bound_to = _bound_to(owner, item, made_at, expires_at)
        try:
            return AESGCM(owner.key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to)
        except InvalidTag:  # moved, prolonged or altered by somebody who could write the file
            return None

    def items(self, owner: DraftOwner) -> tuple[str, ...]:
        """The items of which this person has a draft."""
        self.expire()
        with self._database.reading() as transaction:
            rows = transaction.execute("SELECT item FROM draft WHERE owner = ? ORDER BY item", (owner.name,))
            return tuple(item for (item,) in rows)

    def forget(self, owner: DraftOwner, item: str) -> None:
        """Erases a draft: it was handed in, or its owner wants it gone."""
        with self._database.writing() as transaction:
            self.forget_in(transaction, owner, item)

    @staticmethod
    def forget_in(transaction: Transaction, owner: DraftOwner, item: str) -> None:
        """The same as a part of a transaction that does more: what is handed in is no draft any more."""
        transaction.execute("DELETE FROM draft WHERE owner = ? AND item = ?", (owner.name, item))

    def expire(self) -> int:
        """Erases what has expired, by either clock; how many.

        A wall clock that was set back behind the making of a draft cannot say how old it is: it goes too.
        """
        now, now_ms = rfc3339(self._clock.utc_now()), self._now_ms()
        with self._database.reading() as transaction:
            # RFC 3339 in UTC with milliseconds sorts as time does.
            old = transaction.execute(
                "SELECT rowid FROM draft WHERE ?1 < made_at OR ?1 >= expires_at "
                "OR (boot_id = ?2 AND ?3 >= expires_ms)",
                (now, self._boot_id, now_ms),
            ).fetchall()
        if old:
            with self._database.writing() as transaction:
                for number in old:
                    transaction.execute("DELETE FROM draft WHERE rowid = ?", number)
        return len(old)

    def _now_ms(self) -> int:
        return round(self._clock.monotonic_s() * 1000)


def _bound_to(owner: DraftOwner, item: str, made_at: str, expires_at: str) -> bytes:
    """What a draft is sealed together with, so that none of it can be changed apart from it."""
    return f"{owner.name}\n{item}\n{made_at}\n{expires_at}".encode()
