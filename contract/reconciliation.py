"""Reconciliation (对账): what both sides compute over a stretch of a stream to see that they have the same.

A stretch is a range of sequence numbers of one stream and one store epoch. The terminal states what it holds
as delivered there; the platform computes the same over its ledger and compares.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

LONGEST_STATEMENT = 2000
"""At most so many events in one statement; a day that has more has more statements."""


def stretch_digest(events: Iterable[tuple[int, str]]) -> str:
    """The digest of ``(sequence, id)`` pairs: ``sha256:`` and 64 hexadecimal figures.

    SHA-256 over one line for each event in ascending order of sequence, each being the sequence in decimal, a
    space, the id and a line feed, in ASCII. Ids are random, so the digest says nothing of any person.
    """
    digest = hashlib.sha256()
    for sequence, event_id in sorted(events):
        digest.update(f"{sequence} {event_id}\n".encode("ascii"))
    return f"sha256:{digest.hexdigest()}"
