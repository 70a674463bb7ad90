"""The audit trail: what was done on this terminal, as a chain that shows when somebody has changed it.

Each entry carries a keyed digest (HMAC with SHA-256, or with SM3 in the government profile) over itself and
the digest of the entry before. The key comes from a provider of its own: who can open the store can read the
trail and not rewrite it. A seal over the last number shows a tail that was cut by somebody without the key.
Somebody with an old copy of the whole file could put that back: so the head of the chain goes to the province
with the stream ``audit`` (``contract.payloads.AuditSegment``), and ``verify`` compares with what the province
was told.
"""

from __future__ import annotations

import hmac
import re
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from foundation.clock import Clock, rfc3339
from foundation.masking import redact
from offline_store.audit_chain import (
    AuditDigest,
    AuditSegment,
    AuditVerdict,
    ChainDigests,
    digest_of_chain,
    digest_of_stretch,
    read_beginning,
    read_chain,
    verify_chain,
)
from offline_store.database import Database, Transaction
from offline_store.errors import NoKeyError
from offline_store.keys import KeyProvider

_WORD = re.compile(r"[a-z0-9][a-z0-9._/-]{0,63}", re.ASCII)
_UNDELIVERED_HEADS = "SELECT 1 FROM outbox WHERE stream = 'audit' AND state <> 'confirmed' LIMIT 1"
# A random part may look like a telephone number; a person's number never stands within a UUID.
_UUID = re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.ASCII)


class AuditWords(NamedTuple):
    """What an entry says: words of ours (:func:`is_word`); ``subject`` may be empty."""

    kind: str
    outcome: str
    subject: str = ""

    def check(self) -> None:
        """Raises ``ValueError``, which does not repeat what is no word of ours."""
        for name, word in self._asdict().items():
            if (word or name != "subject") and not is_word(word):
                raise ValueError(f"the {name} of an audit entry is a word of ours, and names no person")


class AuditTrail:
    """Records, and proves that nothing recorded was touched. Thread-safe.

    The key is made with the chain; a chain whose key is gone raises :class:`StoreKeyError`: it can neither be
    continued nor verified. A chain goes on with the digest that it was begun with;
    ``digest`` is for a new one.
    """

    def __init__(
        self,
        database: Database,
        keys: KeyProvider,
        *,
        clock: Clock,
        boot_id: str,
        digest: AuditDigest = AuditDigest.HMAC_SHA256,
    ) -> None:
        self._database = database
        self._clock = clock
        self._boot_id = boot_id
        with database.reading() as transaction:
            is_begun = read_chain(transaction) is not None or _last_number(transaction) > 0
            digest = digest_of_chain(transaction) or digest
        if not is_begun:
            try:
                keys.get()
            except NoKeyError:
                keys.rotate()
        self._digests = ChainDigests(keys.get(), digest)
        with database.writing() as transaction:
            if read_chain(transaction) is None:
                # Entries without their chain: somebody removed it. The new one does not fit them.
                chain_id, last = str(uuid.uuid4()), _last_number(transaction)
                transaction.execute(
                    "INSERT INTO audit_chain (chain_id, last_entry, seal, anchored_entry, digest) "
                    "VALUES (?, ?, ?, 0, ?)",
                    (chain_id, last, self._digests.seal(chain_id, last), digest.value),
                )

    def record(self, kind: str, outcome: str, subject: str = "") -> int:
        """Adds an entry; durable on return. Returns its number.

        All three are words of ours (lower case letters, figures and ``._/-``, at most 64): never a person.
        Anything else raises ``ValueError``, which does not repeat it.
        """
        return self.record_all([AuditWords(kind, outcome, subject)])

    def record_all(self, entries: Sequence[AuditWords]) -> int:
        """The same for several, in their order and in one transaction. Returns the number of the last."""
        for entry in entries:
            entry.check()
        with self._database.writing() as transaction:
            chain_id, last, seal, _ = _begun(transaction)
            previous = self._head(transaction, chain_id, last)
            if previous is None or not hmac.compare_digest(seal, self._digests.seal(chain_id, last)):
                # The tail was cut. The chain goes on from a digest that no entry has: the hole stays.
                previous = self._digests.hole(chain_id, last)
            number = int(last)
            for entry in entries:
                number += 1
                facts = (*self._moment(), *entry)
                digest = self._digests.entry(previous, facts)
                transaction.execute(
                    "INSERT INTO audit_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (number, *facts, previous, digest),
                )
                previous = digest
            transaction.execute(
                "UPDATE audit_chain SET last_entry = ?, seal = ?",
                (number, self._digests.seal(chain_id, number)),
            )
        return number

    def unanchored(self) -> AuditSegment | None:
        """What the province was not told of yet; None when there is nothing."""
        with self._database.reading() as transaction:
            chain_id, last, _, anchored = _begun(transaction)
            head = self._head(transaction, chain_id, last)
            if last <= anchored or head is None:
                return None
            return AuditSegment(chain_id, anchored + 1, last, head.hex())

    def anchored(self, segment: AuditSegment) -> None:
        """The segment stands in the outbox. After a crash in between it is told twice, which is no harm."""
        with self._database.writing() as transaction:
            transaction.execute(
                "UPDATE audit_chain SET anchored_entry = max(anchored_entry, ?) WHERE chain_id = ?",
                (segment.last_entry, segment.chain_id),
            )

    def trim(self, before: datetime, *, at_most: int = 1000) -> int:
        """Erases entries of before ``before`` that the province has been told of, the oldest first; how many.

        Up to the last entry whose head the province has confirmed, as far as can be told here: nothing goes
        while the outbox still holds a head. The chain then begins behind them, sealed with its key, so that
        whoever cuts off more shows. What somebody has tampered with is left as it is, to be found.
        """
        with self._database.writing() as transaction:
            chain_id, _, _, anchored = _begun(transaction)
            beginning = read_beginning(transaction, self._digests, chain_id)
            if beginning is None or transaction.execute(_UNDELIVERED_HEADS).fetchone() is not None:
                return 0
            first_kept = transaction.execute(
                "SELECT min(number) FROM audit_entry WHERE time >= ? OR number > ?",
                (rfc3339(before), min(anchored, beginning.trimmed + at_most)),
            ).fetchone()
            last = anchored if first_kept is None or first_kept[0] is None else first_kept[0] - 1
            head = digest_of_stretch(transaction, self._digests, beginning, last)
            if last <= beginning.trimmed or head is None:
                return 0
            gone = transaction.execute("DELETE FROM audit_entry WHERE number <= ?", (last,)).rowcount
            transaction.execute(
                "UPDATE audit_chain SET trimmed_entry = ?, trimmed_head = ?, trimmed_seal = ?",
                (last, head, self._digests.trimmed(chain_id, last, head)),
            )
            return gone

    def verify(self, told: Sequence[AuditSegment] = ()) -> AuditVerdict:
        """Reads the whole chain and compares it with the segments that the province was told of."""
        with self._database.reading() as transaction:
            return verify_chain(transaction, self._digests, told)

    def _moment(self) -> tuple[str, str, int]:
        now = rfc3339(self._clock.utc_now())
        return now, self._boot_id, round(self._clock.monotonic_s() * 1000)

    def _head(self, transaction: Transaction, chain_id: str, last: int) -> bytes | None:
        """The digest of the last entry; None when it is not there."""
        if last == 0:
            return self._digests.genesis(chain_id)
        beginning = read_beginning(transaction, self._digests, chain_id)
        if beginning is not None and beginning.trimmed == last:
            return beginning.head
        row = transaction.execute("SELECT digest FROM audit_entry WHERE number = ?", (last,)).fetchone()
        return None if row is None else bytes(row[0])


def is_word(word: str) -> bool:
    """Whether ``word`` may stand in an entry: of our letters, not too long, and naming no person."""
    bare = _UUID.sub("", word)
    return _WORD.fullmatch(word) is not None and redact(bare) == bare


def _last_number(transaction: Transaction) -> int:
    ((number,),) = transaction.execute("SELECT coalesce(max(number), 0) FROM audit_entry").fetchall()
    return int(number)


def _begun(transaction: Transaction) -> tuple[Any, ...]:
    chain = read_chain(transaction)
    if chain is None:
        raise RuntimeError("the audit chain was removed while its trail was open")
    return chain
