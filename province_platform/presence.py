"""Which terminals are there: 离线 is the platform's word, never the terminal's.

Counted on the monotonic clock: a terminal is silent after ``MISSED_HEARTBEATS`` intervals without any call.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime

from foundation.clock import Clock

MISSED_HEARTBEATS = 3


@dataclass(frozen=True, slots=True)
class Heard:
    """When a terminal last called: on the clock of intervals, and on the wall for people to read."""

    monotonic_s: float
    at: datetime


class Presence:
    """When each terminal was last heard. Thread-safe.

    After a start nobody has called yet: a terminal counts as silent only when a whole allowance has passed
    since then, because until now nobody listened.
    """

    def __init__(self, clock: Clock, heartbeat_s: int) -> None:
        self._clock = clock
        self.allowance_s = heartbeat_s * MISSED_HEARTBEATS
        self._started_s = clock.monotonic_s()
        self._lock = threading.Lock()
        self._heard: dict[str, Heard] = {}

    def heard(self, terminal_id: str) -> None:
        """The terminal has just called."""
        moment = Heard(self._clock.monotonic_s(), self._clock.utc_now())
        with self._lock:
            self._heard[terminal_id] = moment

    def last_heard(self, terminal_id: str) -> Heard | None:
        """When it last called since the platform started, or None."""
        with self._lock:
            return self._heard.get(terminal_id)

    def silent_s(self, terminal_id: str) -> float:
        """Seconds since it last called, or since the platform started."""
        heard = self.last_heard(terminal_id)
        return self._clock.monotonic_s() - (heard.monotonic_s if heard else self._started_s)

    def is_offline(self, terminal_id: str) -> bool:
        """Whether it has missed its heartbeats."""
        return self.silent_s(terminal_id) > self.allowance_s
