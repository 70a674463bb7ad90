"""What the store needs now and then: room on its disk, and to be rid of what it need not keep."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from contract.items import ItemBatch
from contract.sets import Stream
from foundation.backoff import Backoff
from foundation.clock import Clock, rfc3339
from foundation.errors import ErrorCode, Errors
from foundation.lifecycle import ResilientService, TemporaryFaultError
from kiosk_app.terminal.messages import OutOfServiceChanged, QueueChanged
from kiosk_app.terminal.readiness import Queue
from offline_store.disk_room import DiskRoom
from offline_store.errors import StoreError
from offline_store.rescue import Opening
from offline_store.store import OfflineStore

log = logging.getLogger("dianxiaoer.store")

LOOK_EVERY_S = 30.0
LONG_FROM_CASES = 20
"""A batch takes ten times as many: with so many cases before it no number comes while somebody waits."""
TIDY_EVERY_S = 3600.0
CONFIRMED_KEPT = timedelta(days=30)
"""How long the row of a delivered event is kept, without its payload, until the province says otherwise."""


def settle_opening(opening: Opening) -> int | None:
    """Logs the rescue that came with this opening, if there was one; else forgets files without a row.

    Returns how many files that were; None when they stayed.

    The alarm is the watch's. After a rescue the row of a file may be among what could not be read: then the
    files stay.
    """
    rescue = opening.rescue
    if rescue is None:
        return opening.store.forget_stray_attachments()
    log.error(
        "%s the store was damaged: set aside as %s, %d undelivered events rescued, not readable: %s",
        Errors.STORE_DAMAGED,
        rescue.set_aside.name,
        rescue.events,
        ", ".join(rescue.unreadable) or "nothing",
    )
    opening.rescue_told()
    return None


def kept_for(batch: ItemBatch | None) -> timedelta:
    """The period that the province has set with its items."""
    return CONFIRMED_KEPT if batch is None else timedelta(days=batch.confirmed_kept_days)


class AlarmBook(Protocol):
    """Where the watch says what is the case (``kiosk_app.reporting.alarms.AlarmKeeper``)."""

    def report(self, error: ErrorCode, device: str, *, present: bool) -> None:
        """Whether ``error`` is the case now; returns at once."""


class StoreWatch(ResilientService):
    """Tells the terminal when the disk has no room for another session, and when it has again, and how the
    queue stands; lets rows and drafts go when their time is over. In a thread of its own.

    A damaged store that was set aside is an alarm until somebody has taken the file away: then somebody has
    looked (docs/troubleshooting/the-store-was-damaged.md).

    ``trim_trail`` lets go of entries of the audit trail that are as old (``AuditRecorder.trim``).

    ``is_time_known`` says whether the wall clock is good enough to tell how old a row is: without that none
    goes.
    """

    def __init__(
        self,
        store: OfflineStore,
        clock: Clock,
        post: Callable[[OutOfServiceChanged | QueueChanged], None],
        is_time_known: Callable[[], bool],
        alarms: AlarmBook,
        confirmed_kept: Callable[[], timedelta],
        trim_trail: Callable[[datetime], None],
    ) -> None:
        super().__init__("store watch", clock, Backoff(LOOK_EVERY_S, 10 * LOOK_EVERY_S))
        self._store = store
        self._post = post
        self._is_time_known = is_time_known
        self._alarms = alarms
        self._confirmed_kept = confirmed_kept
        self._trim_trail = trim_trail
        self._takes_sessions = True
        self._queue = Queue.FLOWS
        self._tidied_s: float | None = None

    def set_up(self) -> None:
        """Nothing to acquire: the store is handed in open."""

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                self._look()
                self._tidy()
            except (StoreError, OSError) as fault:
                raise TemporaryFaultError(type(fault).__name__) from fault
            self.healthy()
            self.clock.wait(self.stopping, LOOK_EVERY_S)

    def tear_down(self) -> None:
        """Nothing to release."""

    def _look(self) -> None:
        self._alarms.report(Errors.STORE_DAMAGED, "store", present=self._store.has_damaged_aside())
        self._store.keep_ballast()
        room = self._store.room()
        queue = self._queue_now(room)
        if queue is not self._queue:
            self._queue = queue
            self._post(QueueChanged(queue))
        if room.takes_sessions == self._takes_sessions:
            return
        self._takes_sessions = room.takes_sessions
        error = None if room.takes_sessions else Errors.STORE_LOW
        log.warning("the disk %s: %d MB free", error or "has room again", room.free_bytes // 1_000_000)
        self._post(OutOfServiceChanged(error, rfc3339(self.clock.utc_now())))

    def _queue_now(self, room: DiskRoom) -> Queue:
        if room.is_short:
            return Queue.SHORT_OF_ROOM
        cases = self._store.outbox.board().streams.get(Stream.CASE.value)
        return Queue.LONG if cases is not None and cases.waiting >= LONG_FROM_CASES else Queue.FLOWS

    def _tidy(self) -> None:
        now_s = self.clock.monotonic_s()
        if self._tidied_s is not None and now_s - self._tidied_s < TIDY_EVERY_S:
            return
        self._store.drafts.expire()
        if self._is_time_known():
            before = self.clock.utc_now() - self._confirmed_kept()
            while self._store.outbox.forget_confirmed(before):
                if self.stopping.is_set():
                    return
            self._trim_trail(before)
        self._tidied_s = now_s
