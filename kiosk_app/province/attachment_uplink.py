"""Takes the sealed files of cases to the province, piece by piece, on a line of its own.

Where a file stands is asked of the platform each time: nothing about an upload is kept here, so there is
nothing that a crash could leave wrong. A file is confirmed by its digest, on the platform's word; then its
row is confirmed, then the file is removed, and the case that waited for it goes with the events.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from foundation.backoff import Backoff
from foundation.clock import Clock
from foundation.errors import ErrorCode, Errors, NextStep
from kiosk_app.province.outcomes import Answered, Refused, Unreachable
from kiosk_app.province.sender import NOBODY_THERE, WAITED_FOR, QueueSender, SetAside, step_back_delay_s
from kiosk_app.province.tus import Progress, TusClient
from offline_store.attachments import UploadOrder, read_order
from offline_store.events import Confirmation, PendingEvent
from offline_store.store import OfflineStore

log = logging.getLogger("dianxiaoer.attachments")

PIECE_BYTES = 256 * 1024
GIVE_WAY_S = 0.5
"""How long a piece waits when there are events to send: on a thin line they go first."""


class AttachmentUplink(QueueSender):
    """The one sender of files, in a thread of its own. It never holds up events.

    ``on_delivered`` is called in that thread when a file was confirmed and its case may go; ``on_refused``
    with the subject of the case when its file, and so the case, was set aside. Both must return at once.
    ``closed_for_s`` says how long it is not this terminal's turn yet (``Reentry``).
    """

    def __init__(
        self,
        store: OfflineStore,
        client: TusClient,
        clock: Clock,
        on_delivered: Callable[[], None],
        on_refused: SetAside,
        *,
        closed_for_s: Callable[[], float] = lambda: 0.0,
        backoff: Backoff | None = None,
    ) -> None:
        super().__init__("attachments", store.outbox, clock, backoff or Backoff(1.0, 60.0))
        self._attachments = store.attachments
        self._client = client
        self._on_delivered = on_delivered
        self._on_refused = on_refused
        self._closed_for_s = closed_for_s

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Breaks off the request under way and ends the thread; the next start goes on from there."""
        self.stopping.set()
        self._client.close()
        return super().stop(timeout_s)

    def take_turn(self) -> None:
        pending = self.outbox.peek(1, uploads=True)
        closed_for_s = self._closed_for_s()
        if not pending:
            self.rest()
        elif closed_for_s and pending[0].priority != WAITED_FOR:
            self.wait_for_turn(closed_for_s)
        else:
            self._deliver(pending[0])

    def _deliver(self, upload: PendingEvent) -> None:
        """Sends one file from where the platform has it, until it is there or something is in the way."""
        order = read_order(upload.data)
        if not self._attachments.is_sound(upload.id, order):
            self._client.end(upload.id)
            self._set_aside(upload, order, Errors.ATTACHMENT_DAMAGED, Errors.ATTACHMENT_DAMAGED.meaning)
            return
        outcome = self._client.progress(upload.id)
        if outcome == Answered(None):
            outcome = self._client.create(upload.id, order.sealed_size, order.digest)
        while not self.stopping.is_set():
            if not isinstance(outcome, Answered):
                self._hold_back(upload, order, outcome)
                return
            if outcome.value is None:
                self._hold_back(upload, order, Unreachable(Errors.PROVINCE_BUSY))
                return
            self.got_through()
            if outcome.value.offset >= order.sealed_size:
                self._settle(upload, order, outcome.value)
                return
            self._give_way()
            piece = self._attachments.read(upload.id, outcome.value.offset, PIECE_BYTES)
            outcome = self._client.append(upload.id, outcome.value.offset, piece)

    def _give_way(self) -> None:
        if self.outbox.peek(1):
            self.clock.wait(self.stopping, GIVE_WAY_S)

    def _settle(self, upload: PendingEvent, order: UploadOrder, progress: Progress) -> None:
        if progress.digest != order.digest:  # all bytes, and not the platform's word for them: from the start
            self._client.end(upload.id)
            self._hold_back(upload, order, Unreachable(Errors.PROVINCE_NOT_UNDERSTOOD))
            return
        self.outbox.confirm([Confirmation(upload.id, "stored")])
        self._attachments.forget(upload.id)
        self._on_delivered()

    def _hold_back(self, upload: PendingEvent, order: UploadOrder, outcome: Refused | Unreachable) -> None:
        """Nobody there holds back the sender; anything else this file alone, so that others can pass it."""
        error = outcome.error
        if isinstance(outcome, Refused) and error.next_step is NextStep.SET_ASIDE:
            reason = outcome.message.en if outcome.message else error.meaning
            self._set_aside(upload, order, error, reason)
            return
        if error not in NOBODY_THERE:
            delay_s = step_back_delay_s(upload.attempts)
            self.outbox.step_back([upload.id], code=error.code, answer=error.meaning, delay_s=delay_s)
        self.back_off(outcome)

    def _set_aside(self, upload: PendingEvent, order: UploadOrder, error: ErrorCode, reason: str) -> None:
        """The case goes with its file: without it the case is worthless."""
        self.outbox.set_aside(upload.id, code=error.code, reason=reason)
        log.warning("attachment %s was set aside with its case: %s", upload.id, error)
        self._on_refused(f"case/{order.case_id}", "case", error.code)
