"""The chain of the audit trail as it is read: its digests, and what somebody has done to it."""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC

from offline_store.database import Transaction

_COLUMNS = "SELECT number, time, boot_id, monotonic_ms, kind, outcome, subject, previous, digest "
_ENTRIES = f"{_COLUMNS} FROM audit_entry ORDER BY number"
_ENTRIES_UP_TO = f"{_COLUMNS} FROM audit_entry WHERE number <= ? ORDER BY number"


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
    """How many entries were read, and what is wrong with them; nothing when ``findings`` is empty.

    Those up to ``trimmed`` are gone because their time was over: the province has what they came to.
    """

    entries: int
    findings: tuple[Finding, ...]
    trimmed: int = 0

    @property
    def is_intact(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


class AuditDigest(Enum):
    """The keyed digest of a chain: HMAC (RFC 2104, GB/T 15852.2) with SHA-256 or with SM3 (GB/T 32905)."""

    HMAC_SHA256 = "hmac-sha256"
    HMAC_SM3 = "hmac-sm3"


class ChainDigests:
    """The keyed digests of a chain."""

    def __init__(self, key: bytes, digest: AuditDigest) -> None:
        self._key = key
        self._hash = hashes.SM3() if digest is AuditDigest.HMAC_SM3 else hashes.SHA256()

    def genesis(self, chain_id: str) -> bytes:
        """What the first entry follows on."""
        return self._hmac("genesis", chain_id)

    def hole(self, chain_id: str, last: int) -> bytes:
        """What an entry follows on when the one before was cut away: no entry has it."""
        return self._hmac("hole", chain_id, last)

    def seal(self, chain_id: str, last: int) -> bytes:
        """Over where the chain ends."""
        return self._hmac("seal", chain_id, last)

    def trimmed(self, chain_id: str, last: int, head: bytes) -> bytes:
        """Over where the chain begins since its first entries are gone, and what they came to."""
        return self._hmac("trimmed", chain_id, last, head.hex())

    def entry(self, previous: bytes, facts: Sequence[object]) -> bytes:
        """Over an entry and the digest of the one before."""
        return self._hmac("entry", previous.hex(), *facts)

    def _hmac(self, *parts: object) -> bytes:
        """Keyed digest of the parts, which JSON keeps apart."""
        keyed = HMAC(self._key, self._hash)
        keyed.update(json.dumps(parts).encode("ascii"))
        return keyed.finalize()


def read_chain(transaction: Transaction) -> tuple[Any, ...] | None:
    """Where the chain stands: its id, its last entry, the seal over both, the last entry that was told."""
    return transaction.execute(
        "SELECT chain_id, last_entry, seal, anchored_entry FROM audit_chain"
    ).fetchone()


class Beginning(NamedTuple):
    """What the first entry that is there follows on: the number and digest of the last one that is gone."""

    trimmed: int
    head: bytes


def read_beginning(transaction: Transaction, digests: ChainDigests, chain_id: str) -> Beginning | None:
    """None when it was not written with the key of this chain."""
    row = transaction.execute("SELECT trimmed_entry, trimmed_head, trimmed_seal FROM audit_chain").fetchone()
    last, head, seal = row if row is not None else (0, b"", b"")
    if last == 0:
        return Beginning(0, digests.genesis(chain_id))
    is_ours = hmac.compare_digest(bytes(seal), digests.trimmed(chain_id, last, bytes(head)))
    return Beginning(last, bytes(head)) if is_ours else None


def digest_of_stretch(
    transaction: Transaction, digests: ChainDigests, beginning: Beginning, last: int
) -> bytes | None:
    """The digest of the entry ``last``; None when something is wrong from the beginning to there."""
    entries = [_Entry(*row) for row in transaction.execute(_ENTRIES_UP_TO, (last,))]
    if not entries or entries[-1].number != last:
        return None
    if _broken_entries(entries, digests) or _broken_links(entries, beginning):
        return None
    return entries[-1].digest


def digest_of_chain(transaction: Transaction) -> AuditDigest | None:
    """With which digest the chain was begun, and goes on for ever; None when there is none yet."""
    row = transaction.execute("SELECT digest FROM audit_chain").fetchone()
    return None if row is None else AuditDigest(row[0])


def verify_chain(
    transaction: Transaction, digests: ChainDigests, told: Sequence[AuditSegment]
) -> AuditVerdict:
    """Reads the whole chain and compares it with the segments that the province was told of.

    A terminal that has recorded nothing yet is intact, unless the province was told otherwise.
    """
    chain = read_chain(transaction)
    entries = [_Entry(*row) for row in transaction.execute(_ENTRIES)]
    highest = entries[-1].number if entries else 0
    if chain is None:
        cut = [Finding(AuditFault.CUT, highest + 1)] if entries or told else []
        return AuditVerdict(len(entries), tuple(cut))
    chain_id, last, seal, _ = chain
    read = read_beginning(transaction, digests, chain_id)
    beginning = read or Beginning(0, digests.genesis(chain_id))
    highest = max(highest, beginning.trimmed)
    findings = [
        *_broken_entries(entries, digests),
        *_broken_links(entries, beginning),
        *_broken_end(highest, last, hmac.compare_digest(seal, digests.seal(chain_id, last))),
    ]
    heads = {entry.number: entry.digest.hex() for entry in entries}
    heads[beginning.trimmed] = beginning.head.hex()
    for segment in told:
        if segment.chain_id != chain_id or segment.last_entry > highest:
            findings.append(Finding(AuditFault.CUT, highest + 1))
        elif segment.last_entry < beginning.trimmed:
            continue  # trimmed: what came after it was told too, and says all that came before
        elif heads.get(segment.last_entry) != segment.head:
            findings.append(Finding(AuditFault.EDITED, segment.last_entry))
    return AuditVerdict(len(entries), tuple(dict.fromkeys(findings)), beginning.trimmed)


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


def _broken_entries(entries: Sequence[_Entry], digests: ChainDigests) -> list[Finding]:
    return [
        Finding(AuditFault.EDITED, entry.number)
        for entry in entries
        if not hmac.compare_digest(entry.digest, digests.entry(entry.previous, entry.facts))
    ]


def _broken_links(entries: Sequence[_Entry], beginning: Beginning) -> list[Finding]:
    """Where an entry does not follow on the one before it: that one is gone, or stands somewhere else."""
    findings = []
    digests = {beginning.head} | {entry.digest for entry in entries}
    previous, expected = beginning.head, beginning.trimmed + 1
    for entry in entries:
        if entry.number != expected:
            findings.append(Finding(AuditFault.DELETED, expected))
        elif entry.previous != previous:
            is_elsewhere = entry.previous in digests
            fault = AuditFault.REORDERED if is_elsewhere else AuditFault.DELETED
            findings.append(Finding(fault, entry.number))
        previous, expected = entry.digest, entry.number + 1
    return findings


def _broken_end(highest: int, last: int, is_sealed: bool) -> list[Finding]:
    if not is_sealed or highest < last:
        return [Finding(AuditFault.CUT, highest + 1)]
    return [Finding(AuditFault.EDITED, last + 1)] if highest > last else []
