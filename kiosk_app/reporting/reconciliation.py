"""Stating once a day what was delivered, so that the province can compare it with what it holds."""

from __future__ import annotations

import logging
import queue
import random
import threading
from collections.abc import Sequence

from contract.answers import Wanted
from contract.payloads import Reconciliation
from contract.sets import Stream
from foundation.backoff import Backoff
from foundation.clock import Clock, in_china, parse_rfc3339
from foundation.lifecycle import ResilientService, TemporaryFaultError
from kiosk_app.reporting.events import RECORD_PRIORITY, EventMaker
from offline_store.errors import StoreError
from offline_store.store import OfflineStore

log = logging.getLogger("dianxiaoer.reconciliation")

LOOK_EVERY_S = 1800.0
"""Also how far apart the terminals of a fleet begin their day."""


class Reconciler(ResilientService):
    """Puts a statement about each stream into the outbox once on each day in China, in a thread of its own.

    A day on which nothing more of a stream was settled has none. A crash between a statement and the note of
    it makes the same statement twice, which harms nobody. What the province asks for is made due at once,
    and stated again.
    """

    def __init__(self, store: OfflineStore, maker: EventMaker, clock: Clock) -> None:
        super().__init__("reconciler", clock, Backoff(LOOK_EVERY_S / 10, LOOK_EVERY_S))
        self._store = store
        self._maker = maker
        self._asked: queue.SimpleQueue[Wanted] = queue.SimpleQueue()
        self._wake = threading.Event()

    def province_asks(self, wanted: Sequence[Wanted]) -> None:
        """The province misses these stretches. Returns at once."""
        for stretch in wanted:
            self._asked.put(stretch)
        self._wake.set()

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Ends the thread."""
        self.stopping.set()
        self._wake.set()
        return super().stop(timeout_s)

    def set_up(self) -> None:
        """Nothing to acquire: the store is handed in open."""

    def run(self) -> None:
        while not self.stopping.is_set():
            self._wake.clear()
            try:
                self._answer_what_was_asked()
                self._state_what_is_due()
            except StoreError as fault:
                raise TemporaryFaultError(str(fault)) from fault
            self.healthy()
            self.clock.wait(self._wake, LOOK_EVERY_S * random.uniform(0.9, 1.0))  # noqa: S311

    def tear_down(self) -> None:
        """Nothing to release."""

    def _answer_what_was_asked(self) -> None:
        while not self._asked.empty():
            asked = self._asked.get()
            stream, first, last = asked.stream.value, asked.first_sequence, asked.last_sequence
            due = self._store.outbox.send_again(asked.store_id, stream, first, last)
            log.warning("the province misses %s %d to %d: %d are sent again", stream, first, last, due)
            if asked.store_id == self._store.store_id:
                self._store.deliveries.reopen(stream, first)

    def _state_what_is_due(self) -> None:
        cut_at = self._maker.now()
        day = in_china(parse_rfc3339(cut_at)).date().isoformat()
        for stream in self._store.deliveries.due(day):
            self._state(Stream(stream), day, cut_at)

    def _state(self, stream: Stream, day: str, cut_at: str) -> None:
        while (stretch := self._store.deliveries.next_stretch(stream.value)) is not None:
            statement = Reconciliation(
                terminal_id=self._maker.terminal_id,
                stream=stream,
                first_sequence=stretch.first,
                last_sequence=stretch.last,
                count=stretch.count,
                digest=stretch.digest,
                set_aside=list(stretch.set_aside),
                cut_at=cut_at,
            )
            event = self._maker.make(Stream.AUDIT, statement, priority=RECORD_PRIORITY, word="reconciliation")
            self._store.outbox.append([event])
            self._store.deliveries.stated(stretch, day)
