"""Making events: the facts of the envelope that are the same for all streams."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TypedDict

import msgspec

from contract.envelope import TYPE_PREFIX, event_type
from contract.payloads import Payload
from contract.sets import Stream
from foundation.clock import Clock, rfc3339
from kiosk_app.province.platform_clock import PlatformClock
from offline_store.attachments import UPLOAD, KeptAttachment
from offline_store.events import NewEvent

WAITED_FOR_PRIORITY = 0
"""A case whose number a person at the screen waits for: it goes before weeks of what nobody waits for."""
CITIZEN_PRIORITY = 1
"""What a person did: it goes before everything else."""
PLACE_PRIORITY = 3
RECORD_PRIORITY = 5
TELEMETRY_PRIORITY = 9


class _Moment(TypedDict):
    time: str
    monotonic_ms: int
    clock_trust: str


class EventMaker:
    """Makes events of one terminal. Thread-safe.

    ``time`` is the platform's time as far as it is known (``clocktrust`` says how far), ``monotonic_ms`` the
    machine's own count of this boot, from which the order is known even when every wall clock was wrong.
    """

    def __init__(self, terminal_id: str, clock: Clock, platform_clock: PlatformClock) -> None:
        self.terminal_id = terminal_id
        self._clock = clock
        self._platform_clock = platform_clock

    def now(self) -> str:
        """The time for an event or a payload, RFC 3339 in UTC."""
        return rfc3339(self._platform_clock.utc_now())

    def make(
        self,
        stream: Stream,
        payload: Payload,
        *,
        priority: int,
        subject: str = "",
        event_id: str = "",
        depends_on: Sequence[str] = (),
        word: str = "",
        due_on: str | None = None,
    ) -> NewEvent:
        """An event for the outbox.

        ``subject`` is this terminal when none is given; ``event_id`` a new UUID4 when the payload has none
        that makes the event what it is; ``word`` refines the type (``case.undelivered``); ``due_on`` is the
        day that a person was promised (see ``NewEvent``).
        """
        return NewEvent(
            id=event_id or str(uuid.uuid4()),
            stream=stream.value,
            type=event_type(stream, word),
            subject=subject or f"terminal/{self.terminal_id}",
            data=msgspec.json.encode(payload),
            priority=priority,
            depends_on=tuple(depends_on),
            due_on=due_on,
            **self._moment(),
        )

    def make_upload(self, kept: KeptAttachment, case_id: str, priority: int) -> NewEvent:
        """The row of a sealed file of a case, which is uploaded and never sent as an event."""
        return NewEvent(
            id=kept.id,
            stream=UPLOAD,
            type=TYPE_PREFIX + UPLOAD,
            subject=f"attachment/{kept.id}",
            data=kept.order_for(case_id),
            priority=priority,
            **self._moment(),
        )

    def _moment(self) -> _Moment:
        return {
            "time": self.now(),
            "monotonic_ms": round(self._clock.monotonic_s() * 1000),
            "clock_trust": self._platform_clock.trust().value,
        }
