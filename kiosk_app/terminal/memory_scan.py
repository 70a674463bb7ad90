"""Searches the memory of another process for what must not be there. Runs as a child: ``python -I -S`` FILE.

It imports nothing but the standard library and is given everything through its standard input: the needles
masked, and the mask. It unmasks them in its own memory, reads its parent's memory through a descriptor that
the parent opened, answers one line and is gone; so the search leaves no copy in the memory that is searched.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any

CHUNK_BYTES = 1024 * 1024
_ZEROES = bytes(CHUNK_BYTES)
_FILLING = b"\0Z"
"""What unused memory is full of: zeroes, and 90 where something was freed (see ``allocator``)."""


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What a scan found. ``needles`` is how many byte sequences were looked for.

    ``complete`` is false when the scan was cut short or could not be made: then nothing is known, and it is
    not clean.
    """

    copies_found: int
    scanned_mb: int
    needles: int
    duration_ms: int
    complete: bool = True

    @property
    def clean(self) -> bool:
        """Whether everything was searched and nothing was found."""
        return self.complete and self.copies_found == 0


def search(
    descriptor: int, mappings: list[tuple[int, int]], needles: list[bytes], deadline_s: float
) -> ScanResult:
    """Counts the occurrences of ``needles`` in the mapped ranges; stops at ``deadline_s`` (monotonic).

    All needles are looked for in one pass, so a person who gave much is cleared as soon as any other.
    """
    started_s = time.monotonic()
    pattern = _one_for_all(needles)
    overlap = max(map(len, needles), default=1) - 1
    copies = scanned = 0
    complete = True
    for start, end in mappings:
        tail = b""
        for position in range(start, end, CHUNK_BYTES):
            if time.monotonic() > deadline_s:
                complete = False
                break
            chunk = _read(descriptor, position, min(CHUNK_BYTES, end - position))
            scanned += len(chunk)
            if chunk == _ZEROES:  # the unused part of a stack
                tail = b""
                continue
            block = tail + chunk
            copies += _count_beyond(block, pattern, len(tail))
            tail = block[-overlap:] if overlap and chunk else b""
    duration_ms = round((time.monotonic() - started_s) * 1000)
    return ScanResult(copies, scanned // (1024 * 1024), len(needles), duration_ms, complete)


def _read(descriptor: int, position: int, size: int) -> bytes:
    """What can be read there: less, or nothing, when the mapping went away meanwhile."""
    try:
        return os.pread(descriptor, size, position)
    except OSError:
        return b""


def _one_for_all(needles: list[bytes]) -> re.Pattern[bytes]:
    """Matches any of ``needles``, but for bytes of filling at the beginning of one.

    Those would have the search stop at every other byte of memory, and what follows them says enough.
    """
    cores = [needle[:3].lstrip(_FILLING) + needle[3:] for needle in needles]
    return re.compile(b"|".join(map(re.escape, cores)) or b"(?!)")


def _count_beyond(block: bytes, pattern: re.Pattern[bytes], seen: int) -> int:
    """Occurrences that do not lie wholly within the first ``seen`` bytes: those were counted before."""
    count = at = 0
    while match := pattern.search(block, at):
        count += match.end() > seen
        at = match.start() + 1
    return count


def _unmask(masked: bytes, pad: bytes) -> bytes:
    return bytes(byte ^ key for byte, key in zip(masked, pad, strict=True))


def main() -> None:
    """Reads the order from standard input, searches, and answers on standard output."""
    order: dict[str, Any] = json.load(sys.stdin.buffer)
    needles = [_unmask(bytes.fromhex(masked), bytes.fromhex(pad)) for masked, pad in order["needles"]]
    mappings = [(start, end) for start, end in order["mappings"]]
    deadline_s = time.monotonic() + order["limit_s"]
    print(json.dumps(asdict(search(order["descriptor"], mappings, needles, deadline_s))))  # noqa: T201


if __name__ == "__main__":
    main()
