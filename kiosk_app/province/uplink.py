"""The uplink: takes what the outbox has promised to the province, the moment it is committed.

Peek, send, confirm. A row leaves the queue only on the platform's word about that very row. What keeps a
whole batch from getting through holds back the sender, not the rows; what is wrong with one row holds back
that row and what depends on it, and nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

import msgspec

from contract.answers import BatchAnswer, EventAnswer, Wanted
from contract.envelope import CloudEvent, encode_batch
from contract.payloads import Period
from contract.sets import ClockTrust, Outcome
from foundation.backoff import Backoff
from foundation.clock import Clock
from foundation.errors import Errors, NextStep
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.outcomes import Answered, Refused, Unreachable
from kiosk_app.province.reentry import Reentry
from kiosk_app.province.sender import NOBODY_THERE, WAITED_FOR, QueueSender, SetAside, step_back_delay_s
from offline_store.events import Confirmation, PendingEvent
from offline_store.outbox import Outbox

log = logging.getLogger("dianxiaoer.uplink")

LARGEST_BATCH = 100
LARGEST_BATCH_BYTES = 1024 * 1024

Confirmed = Callable[[str, str, str], None]
"""Told ``(subject, stream, case_no)``; the case number is empty for what is no case."""
Asked = Callable[[Sequence[Wanted]], None]
"""Told which stretches the platform misses."""


class Uplink(QueueSender):
    """The one sender of an outbox, in a thread of its own.

    ``on_confirmed`` is called in that thread for every row after it was confirmed in the store, and
    ``on_refused`` for every row after it was set aside, and ``on_asked`` when the platform misses something;
    all must return at once. A call under way when it is stopped ends with the client
    (``ProvinceClient.close``) or by its time limit.
    """

    def __init__(
        self,
        outbox: Outbox,
        client: ProvinceClient,
        terminal_id: str,
        clock: Clock,
        on_confirmed: Confirmed,
        on_refused: SetAside = lambda *_: None,
        *,
        on_asked: Asked = lambda _: None,
        backoff: Backoff | None = None,
    ) -> None:
        super().__init__("uplink", outbox, clock, backoff or Backoff(0.5, 30.0, jitter=1.0))
        self._client = client
        self._source = f"terminal/{terminal_id}"
        self._on_confirmed = on_confirmed
        self._on_refused = on_refused
        self._on_asked = on_asked
        self.reentry = Reentry(clock)
        """When it is this terminal's turn after an outage; it has to hear of connections and of times."""
        self.reentry.on_drawn = self.wake
        self._limit = LARGEST_BATCH

    def take_turn(self) -> None:
        closed_for_s = self.reentry.closed_for_s()
        pending = _within_size(self.outbox.peek(self._limit))
        if closed_for_s > 0.0:
            pending = [event for event in pending if event.priority <= WAITED_FOR]
        if pending:
            self._deliver(pending)
        elif closed_for_s > 0.0:
            self.wait_for_turn(closed_for_s)
        else:
            self.rest()

    def _deliver(self, pending: Sequence[PendingEvent]) -> None:
        outcome = self._client.send_events(encode_batch([self._envelope(event) for event in pending]))
        if isinstance(outcome, Answered):
            answers = _answers_by_id(pending, outcome.value)
            if answers is not None:
                self._settle(pending, answers)
                if outcome.value.wanted:
                    self._on_asked(outcome.value.wanted)
                return
            outcome = Unreachable(Errors.PROVINCE_NOT_UNDERSTOOD)
        self._hold_back(pending, outcome)

    def _settle(self, pending: Sequence[PendingEvent], answers: dict[str, EventAnswer]) -> None:
        """Takes the platform's word row by row."""
        confirmed = [event for event in pending if answers[event.id].outcome in _HAS_IT]
        self.outbox.confirm(
            [
                Confirmation(event.id, answers[event.id].outcome.value, answers[event.id].case_no or None)
                for event in confirmed
            ]
        )
        others = [event for event in pending if answers[event.id].outcome not in _HAS_IT]
        for event in others:
            answer = answers[event.id]
            if answer.outcome is Outcome.REFUSED:
                self._set_aside(event, answer.code or Errors.EVENT_REFUSED.code, answer.reason)
            else:
                self._step_back(event, answer.code or answer.outcome.value, answer.reason)
        for event in confirmed:
            self._on_confirmed(event.subject, event.stream, answers[event.id].case_no)
        if confirmed:
            self.got_through()
            self._limit = min(LARGEST_BATCH, self._limit * 2)
        elif any(answers[event.id].outcome is Outcome.RETRY for event in others):
            self.back_off()

    def _hold_back(self, pending: Sequence[PendingEvent], outcome: Refused | Unreachable) -> None:
        """The batch as a whole did not get through: nothing is confirmed, and the sender waits.

        When something there answers, the batch itself may be why. It is then halved, until a row alone gets
        no answer: it steps back, so that the rest can pass it, or is set aside when it was refused for good.
        """
        if outcome.error not in NOBODY_THERE:
            if len(pending) == 1:
                self._hold_back_one(pending[0], outcome)
            self._limit = max(1, len(pending) // 2)
        self.outbox.note_no_answer(outcome.error.code)
        self.back_off(outcome)

    def _hold_back_one(self, event: PendingEvent, outcome: Refused | Unreachable) -> None:
        error = outcome.error
        if isinstance(outcome, Refused) and error.next_step is NextStep.SET_ASIDE:
            self._set_aside(event, error.code, outcome.message.en if outcome.message else error.meaning)
        else:
            self._step_back(event, error.code, error.meaning)

    def _set_aside(self, event: PendingEvent, code: str, reason: str) -> None:
        self.outbox.set_aside(event.id, code=code, reason=reason)
        log.warning("the province refused event %s of stream %s: %s", event.id, event.stream, code)
        self._on_refused(event.subject, event.stream, code)

    def _step_back(self, event: PendingEvent, code: str, answer: str) -> None:
        delay_s = step_back_delay_s(event.attempts)
        self.outbox.step_back([event.id], code=code, answer=answer, delay_s=delay_s)

    def _envelope(self, event: PendingEvent) -> CloudEvent:
        return CloudEvent(
            id=event.id,
            source=self._source,
            type=event.type,
            subject=event.subject,
            time=event.time,
            bootid=event.boot_id,
            storeid=event.store_id,
            sequence=str(event.sequence),
            monotonicms=str(event.monotonic_ms),
            clocktrust=ClockTrust(event.clock_trust),
            data=msgspec.Raw(_content(event)),
        )


_HAS_IT = (Outcome.STORED, Outcome.DUPLICATE)


def _content(event: PendingEvent) -> bytes:
    """The payload; what stands for superseded events says for which, the same at every attempt."""
    if event.period is None:
        return event.data
    fields = msgspec.json.decode(event.data, type=dict[str, msgspec.Raw])
    first, last = event.period
    fields["period"] = msgspec.Raw(msgspec.json.encode(Period(first_sequence=first, last_sequence=last)))
    return msgspec.json.encode(fields)


def _answers_by_id(pending: Sequence[PendingEvent], answer: BatchAnswer) -> dict[str, EventAnswer] | None:
    """One answer for each row and no other; None when the answer is anything else."""
    answers = {row.id: row for row in answer.answers}
    whole = len(answer.answers) == len(pending) and answers.keys() == {event.id for event in pending}
    return answers if whole else None


def _within_size(pending: Sequence[PendingEvent]) -> list[PendingEvent]:
    """The first of ``pending`` that fit into one request; at least one."""
    batch: list[PendingEvent] = []
    size = 0
    for event in pending:
        size += len(event.data)
        if batch and size > LARGEST_BATCH_BYTES:
            break
        batch.append(event)
    return batch
