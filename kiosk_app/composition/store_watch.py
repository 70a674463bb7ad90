"""What the store needs now and then: room on its disk, and to be rid of what it need not keep."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from datetime import timedelta

from contract.payloads import Alarm
from contract.sets import Stream
from foundation.backoff import Backoff
from foundation.clock import Clock, rfc3339
from foundation.errors import Errors
from foundation.lifecycle import ResilientService, TemporaryFaultError
from kiosk_app.reporting.events import PLACE_PRIORITY, EventMaker
from kiosk_app.terminal.messages import OutOfServiceChanged
from offline_store.errors import StoreError
from offline_store.outbox import Outbox
from offline_store.rescue import Opening, Rescue
from offline_store.store import OfflineStore

log = logging.getLogger("dianxiaoer.store")

LOOK_EVERY_S = 30.0
TIDY_EVERY_S = 3600.0
CONFIRMED_KEPT = timedelta(days=30)
"""How long the row of a delivered event is kept, without its payload, where the province sets no period."""


def report_rescue(rescue: Rescue, outbox: Outbox, maker: EventMaker) -> None:
    """Raises the alarm that the store was damaged; it stays open until somebody has looked at it."""
    log.error(
        "%s the store was damaged: set aside as %s, %d undelivered events rescued, not readable: %s",
        Errors.STORE_DAMAGED,
        rescue.set_aside.name,
        rescue.events,
        ", ".join(rescue.unreadable) or "nothing",
    )
    alarm = Alarm(
        alarm_id=str(uuid.uuid4()),
        terminal_id=maker.terminal_id,
        code=Errors.STORE_DAMAGED.code,
        open=True,
        device="store",
        since=maker.now(),
    )
    outbox.append([maker.make(Stream.ALARM, alarm, priority=PLACE_PRIORITY)])


def settle_opening(opening: Opening, maker: EventMaker) -> None:
    """Has the rescue that came with this opening told, if there was one; else forgets files without a row.

    After a rescue the row of a file may be among what could not be read: then the files stay.
    """
    if opening.rescue is None:
        opening.store.forget_stray_attachments()
    else:
        report_rescue(opening.rescue, opening.store.outbox, maker)
        opening.rescue_told()


class StoreWatch(ResilientService):
    """Tells the terminal when the disk has no room for another session, and when it has again; lets rows and
    drafts go when their time is over. In a thread of its own.

    ``is_time_known`` says whether the wall clock is good enough to tell how old a row is: without that none
    goes.
    """

    def __init__(
        self,
        store: OfflineStore,
        clock: Clock,
        post: Callable[[OutOfServiceChanged], None],
        is_time_known: Callable[[], bool],
        *,
        confirmed_kept: timedelta = CONFIRMED_KEPT,
    ) -> None:
        super().__init__("store watch", clock, Backoff(LOOK_EVERY_S, 10 * LOOK_EVERY_S))
        self._store = store
        self._post = post
        self._is_time_known = is_time_known
        self._confirmed_kept = confirmed_kept
        self._takes_sessions = True
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
        self._store.keep_ballast()
        room = self._store.room()
        if room.takes_sessions == self._takes_sessions:
            return
        self._takes_sessions = room.takes_sessions
        error = None if room.takes_sessions else Errors.STORE_LOW
        log.warning("the disk %s: %d MB free", error or "has room again", room.free_bytes // 1_000_000)
        self._post(OutOfServiceChanged(error, rfc3339(self.clock.utc_now())))

    def _tidy(self) -> None:
        now_s = self.clock.monotonic_s()
        if self._tidied_s is not None and now_s - self._tidied_s < TIDY_EVERY_S:
            return
        self._store.drafts.expire()
        if self._is_time_known():
            while self._store.outbox.forget_confirmed(self.clock.utc_now() - self._confirmed_kept):
                if self.stopping.is_set():
                    return
        self._tidied_s = now_s
