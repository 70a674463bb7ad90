"""What must be traceable goes into the audit trail, and the head of the trail to the province.

An entry is three words of ours: what was done, how it ended, to which thing. Never a person.
"""

from __future__ import annotations

import hashlib
import logging
import queue
import threading
import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from contract.payloads import AuditSegment as AuditPayload
from contract.sets import Stream
from foundation.backoff import Backoff
from foundation.clock import Clock
from foundation.lifecycle import ResilientService, TemporaryFaultError
from kiosk_app.reporting.events import RECORD_PRIORITY, EventMaker
from offline_store.audit import AuditTrail, AuditWords, is_word
from offline_store.errors import StoreError
from offline_store.outbox import Outbox

log = logging.getLogger("dianxiaoer.audit")

ANCHOR_AFTER_ENTRIES = 32
ANCHOR_AFTER_S = 300.0
"""So much can a thief of the whole disk cut away without the province's copy showing it."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """``closes`` says that something ended with it: the head of the trail goes to the province at once."""

    words: AuditWords
    closes: bool = False


def word_for(text: str) -> str:
    """``text`` as it may stand in an entry: itself, or a digest where somebody else chose the text."""
    word = text.lower()
    return word if is_word(word) else f"sha256/{digest_of(text.encode())}"


def digest_of(content: bytes) -> str:
    """A short digest of a file of the terminal, in the form of a UUID. Never of anything personal."""
    return str(uuid.UUID(bytes=hashlib.sha256(content).digest()[:16]))


def anchor(trail: AuditTrail, outbox: Outbox, maker: EventMaker) -> bool:
    """Puts the head of the trail into the outbox; whether there was anything new. Raises ``StoreError``.

    A crash in between tells the same entries twice, which is no harm.
    """
    segment = trail.unanchored()
    if segment is None:
        return False
    told = AuditPayload(
        chain_id=segment.chain_id,
        first_entry=segment.first_entry,
        last_entry=segment.last_entry,
        head=segment.head,
    )
    outbox.append([maker.make(Stream.AUDIT, told, priority=RECORD_PRIORITY)])
    trail.anchored(segment)
    return True


class AuditRecorder(ResilientService):
    """Writes entries and anchors them, in a thread of its own, so that nobody waits for the disk.

    An entry is durable some milliseconds after :meth:`record` took it; while the disk refuses, entries wait
    here. The head is told at the start, when something ended, after 32 entries, and 5 minutes after the first
    that was not told. :meth:`stop` writes and anchors what is left.
    """

    def __init__(self, trail: AuditTrail, outbox: Outbox, maker: EventMaker, clock: Clock) -> None:
        super().__init__("audit", clock, Backoff(1.0, 30.0))
        self._trail = trail
        self._outbox = outbox
        self._maker = maker
        self._entries: queue.SimpleQueue[AuditEntry] = queue.SimpleQueue()
        self._unwritten: list[AuditEntry] = []
        self._wake = threading.Event()
        self._untold = 0
        self._untold_since_s = 0.0
        self._is_due = True  # what an earlier run did not come to tell

    def record(self, kind: str, outcome: str, subject: str = "", *, closes: bool = False) -> None:
        """Takes an entry. Thread-safe, returns at once; raises ``ValueError`` for what is no word of ours.

        ``kind`` is what was done, ``outcome`` how it ended, ``subject`` to which thing: ``case/<case_id>``.
        """
        words = AuditWords(kind, outcome, subject)
        words.check()
        self._entries.put(AuditEntry(words, closes))
        self._wake.set()

    def trim(self, before: datetime) -> None:
        """Lets go of what is older and known to the province. Raises ``StoreError``."""
        while self._trail.trim(before) and not self.stopping.is_set():
            pass

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Writes what is left, and ends the thread."""
        self.stopping.set()
        self._wake.set()
        return super().stop(timeout_s)

    def set_up(self) -> None:
        """Nothing to acquire: the trail is handed in open."""

    def run(self) -> None:
        try:
            while True:
                self._wake.clear()
                is_last = self.stopping.is_set()
                self._write()
                self._tell(is_last=is_last)
                self.healthy()
                if is_last:
                    return
                self.clock.wait(self._wake, ANCHOR_AFTER_S - self._untold_for_s())
        except StoreError as fault:
            raise TemporaryFaultError(str(fault)) from fault

    def tear_down(self) -> None:
        """Nothing to release."""

    def _write(self) -> None:
        """Everything that waits, in one commit: a queue of weeks is answered a hundred cases at a time."""
        with suppress(queue.Empty):
            while True:
                self._unwritten.append(self._entries.get_nowait())
        if not self._unwritten:
            return
        self._trail.record_all([entry.words for entry in self._unwritten])
        if self._untold == 0:
            self._untold_since_s = self.clock.monotonic_s()
        self._untold += len(self._unwritten)
        self._is_due = self._is_due or any(entry.closes for entry in self._unwritten)
        self._unwritten.clear()

    def _tell(self, *, is_last: bool) -> None:
        is_much = self._untold >= ANCHOR_AFTER_ENTRIES or self._untold_for_s() >= ANCHOR_AFTER_S
        if is_last or self._is_due or is_much:
            anchor(self._trail, self._outbox, self._maker)
            self._untold, self._is_due = 0, False

    def _untold_for_s(self) -> float:
        """How long the first entry that was not told has been waiting; 0 when there is none."""
        return self.clock.monotonic_s() - self._untold_since_s if self._untold else 0.0
