"""The audit trail: what was done on this terminal, as a chain that shows when somebody has changed it.

Each entry carries a keyed digest (HMAC-SHA-256) over itself and the digest of the entry before. The key comes
from a provider of its own: who can open the store can read the trail and not rewrite it. A seal over the
last number shows a tail that was cut by somebody without the key. Somebody with an old copy of the whole file
could put that back: so the head of the chain goes to the province with the stream ``audit``
(``contract.payloads.AuditSegment``), and ``verify`` compares with what the province was told.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from foundation.clock import Clock, rfc3339
from foundation.masking import redact
from offline_store.database import Database, Transaction
from offline_store.errors import NoKeyError
from offline_store.keys import KeyProvider

_WORD = re.compile(r"[a-z0-9][a-z0-9._/-]{0,63}", re.ASCII)
_ENTRIES = (
    "SELECT number, time, boot_id, monotonic_ms, kind, outcome, subject, previous, digest FROM audit_entry "
)


class AuditFault(Enum):
    """What can be wrong with the trail."""

    EDITED = "edited"
    DELETED = "deleted"
    REORDERED = "reordered"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class AuditSegment:
    """The entries from ``first_entry`` to ``last_entry``; ``head`` is the keyed digest of the last one."""

    chain_id: str
    first_entry: int
    last_entry: int
    head: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, at the number of the entry where it shows."""

    fault: AuditFault
    number: int


@dataclass(frozen=True, slots=True)
class AuditVerdict:
    """How many entries were read, and what is wrong with them; nothing when ``findings`` is empty."""

    entries: int
    findings: tuple[Finding, ...]

    @property
    def is_intact(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


class AuditTrail:
    """Records, and proves that nothing recorded was touched. Thread-safe.

    The key is made with the chain; a chain whose key is gone raises :class:`StoreKeyError`: it can neither be
    continued nor verified.
    """

    def __init__(self, database: Database, keys: KeyProvider, *, clock: Clock, boot_id: str) -> None:
        self._database = database
        self._clock = clock
        self._boot_id = boot_id
        with database.reading() as transaction:
            is_begun = _chain(transaction) is not None or _last_number(transaction) > 0
        if not is_begun:
            try:
                keys.get()
            except NoKeyError:
                keys.rotate()
        self._key = keys.get()
        with database.writing() as transaction:
            if _chain(transaction) is None:
                # Entries without their chain: somebody removed it. The new one does not fit them.
                chain_id, last = str(uuid.uuid4()), _last_number(transaction)
                transaction.execute(
                    "INSERT INTO audit_chain VALUES (?, ?, ?, 0)",
                    (chain_id, last, self._seal(chain_id, last)),
                )

    def record(self, kind: str, outcome: str, subject: str = "") -> int:
        """Adds an entry; durable on return. Returns its number.

        All three are words of ours (lower case letters, figures and ``._/-``, at most 64): never a person.
        Anything else raises ``ValueError``, which does not repeat it.
        """
        for name, word in (("kind", kind), ("outcome", outcome), ("subject", subject)):
            if (word or name != "subject") and (not _WORD.fullmatch(word) or redact(word) != word):
                raise ValueError(f"the {name} of an audit entry is a word of ours, and names no person")
        facts = (
            rfc3339(self._clock.utc_now()),
            self._boot_id,
            round(self._clock.monotonic_s() * 1000),
            kind,
            outcome,
            subject,
        )
        with self._database.writing() as transaction:
            chain_id, last, seal, _ = _begun(transaction)
            previous = self._head(transaction, chain_id, last)
            if previous is None or not hmac.compare_digest(seal, self._seal(chain_id, last)):
                # The tail was cut. The chain goes on from a digest that no entry has: the hole stays.
                previous = self._hmac("hole", chain_id, last)
            number = int(last) + 1
            transaction.execute(
                "INSERT INTO audit_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (number, *facts, previous, self._digest(previous, facts)),
            )
            transaction.execute(
                "UPDATE audit_chain SET last_entry = ?, seal = ?", (number, self._seal(chain_id, number))
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

    def verify(self, told: Sequence[AuditSegment] = ()) -> AuditVerdict:
        """Reads the whole chain and compares it with the segments that the province was told of."""
        with self._database.reading() as transaction:
            chain_id, last, seal, _ = _begun(transaction)
            entries = [_Entry(*row) for row in transaction.execute(f"{_ENTRIES} ORDER BY number")]
        findings = [*self._broken_entries(entries), *_broken_links(entries, self._genesis(chain_id))]
        highest = entries[-1].number if entries else 0
        if not hmac.compare_digest(seal, self._seal(chain_id, last)) or highest < last:
            findings.append(Finding(AuditFault.CUT, highest + 1))
        elif highest > last:
            findings.append(Finding(AuditFault.EDITED, last + 1))
        digests = {entry.number: entry.digest.hex() for entry in entries}
        for segment in told:
            if segment.chain_id != chain_id or segment.last_entry > highest:
                findings.append(Finding(AuditFault.CUT, highest + 1))
            elif digests.get(segment.last_entry) != segment.head:
                findings.append(Finding(AuditFault.EDITED, segment.last_entry))
        return AuditVerdict(len(entries), tuple(dict.fromkeys(findings)))

    def _broken_entries(self, entries: Sequence[_Entry]) -> list[Finding]:
        return [
            Finding(AuditFault.EDITED, entry.number)
            for entry in entries
            if not hmac.compare_digest(entry.digest, self._digest(entry.previous, entry.facts))
        ]

    def _head(self, transaction: Transaction, chain_id: str, last: int) -> bytes | None:
        """The digest of the last entry; None when it is not there."""
        if last == 0:
            return self._genesis(chain_id)
        row = transaction.execute("SELECT digest FROM audit_entry WHERE number = ?", (last,)).fetchone()
        return None if row is None else bytes(row[0])

    def _genesis(self, chain_id: str) -> bytes:
        return self._hmac("genesis", chain_id)

    def _seal(self, chain_id: str, last: int) -> bytes:
        return self._hmac("seal", chain_id, last)

    def _digest(self, previous: bytes, facts: Sequence[object]) -> bytes:
        return self._hmac("entry", previous.hex(), *facts)

    def _hmac(self, *parts: object) -> bytes:
        """Keyed digest of the parts, which JSON keeps apart."""
        return hmac.new(self._key, json.dumps(parts).encode("ascii"), hashlib.sha256).digest()


@dataclass(frozen=True, slots=True)
class _Entry:
    number: int
    time: str
    boot_id: str
    monotonic_ms: int
    kind: str
    outcome: str
    subject: str
    previous: bytes
    digest: bytes

    @property
    def facts(self) -> tuple[object, ...]:
        """What the digest is over, besides the digest before."""
        return (self.time, self.boot_id, self.monotonic_ms, self.kind, self.outcome, self.subject)


def _broken_links(entries: Sequence[_Entry], genesis: bytes) -> list[Finding]:
    """Where an entry does not follow on the one before it: that one is gone, or stands somewhere else."""
    findings = []
    digests = {genesis} | {entry.digest for entry in entries}
    previous, expected = genesis, 1
    for entry in entries:
        if entry.number != expected:
            findings.append(Finding(AuditFault.DELETED, expected))
        elif entry.previous != previous:
            is_elsewhere = entry.previous in digests
            fault = AuditFault.REORDERED if is_elsewhere else AuditFault.DELETED
            findings.append(Finding(fault, entry.number))
        previous, expected = entry.digest, entry.number + 1
    return findings


def _chain(transaction: Transaction) -> tuple[Any, ...] | None:
    return transaction.execute(
        "SELECT chain_id, last_entry, seal, anchored_entry FROM audit_chain"
    ).fetchone()


def _last_number(transaction: Transaction) -> int:
    ((number,),) = transaction.execute("SELECT coalesce(max(number), 0) FROM audit_entry").fetchall()
    return int(number)


def _begun(transaction: Transaction) -> tuple[Any, ...]:
    chain = _chain(transaction)
    if chain is None:
        raise RuntimeError("the audit chain was removed while its trail was open")
    return chain
