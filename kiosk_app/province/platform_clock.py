"""What time it is at the platform, whatever the terminal's own clock says.

An anchor holds the platform's time at one moment of the monotonic clock. Everything else is counted from
there, so a wall clock that is stepped afterwards changes neither the answer nor the order of events.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from contract.sets import ClockTrust
from foundation.clock import Clock, rfc3339

SYNCHRONISED_WITHIN_S = 2.0
ANCHOR_GOOD_FOR_S = 24 * 3600.0
"""A crystal drifts up to some 50 ppm, 4 s a day: an older anchor cannot vouch for 2 s any more."""


@dataclass(frozen=True, slots=True)
class _Anchor:
    platform: datetime
    monotonic_s: float


class PlatformClock:
    """The platform's time. Thread-safe."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._anchor: _Anchor | None = None

    def learn(self, platform: datetime, asked_s: float, answered_s: float) -> None:
        """Takes a time that the platform said between two moments of the monotonic clock."""
        anchor = _Anchor(platform, (asked_s + answered_s) / 2)
        with self._lock:
            self._anchor = anchor

    def offset_s(self) -> float | None:
        """Seconds to add to the terminal's wall clock now; None when the platform was never heard."""
        with self._lock:
            anchor = self._anchor
        if anchor is None:
            return None
        passed = timedelta(seconds=self._clock.monotonic_s() - anchor.monotonic_s)
        return (anchor.platform + passed - self._clock.utc_now()).total_seconds()

    def trust(self) -> ClockTrust:
        """Synchronised: the wall clock is within 2 s of a platform heard within a day."""
        offset_s = self.offset_s()
        if offset_s is None:
            return ClockTrust.UNKNOWN
        with self._lock:
            age_s = self._clock.monotonic_s() - self._anchor.monotonic_s if self._anchor else 0.0
        close = abs(offset_s) <= SYNCHRONISED_WITHIN_S
        return ClockTrust.SYNCHRONISED if close and age_s <= ANCHOR_GOOD_FOR_S else ClockTrust.OFFSET_KNOWN

    def now(self) -> datetime:
        """The best known time: the platform's when the offset is known and matters, else the wall clock."""
        return self.corrected(self._clock.utc_now())

    def corrected(self, moment: datetime) -> datetime:
        """A moment that was read from the wall clock just now, put right by the offset."""
        offset_s = self.offset_s()
        if offset_s is None or abs(offset_s) <= SYNCHRONISED_WITHIN_S:
            return moment
        return moment + timedelta(seconds=offset_s)

    def stamp(self, moment: datetime) -> str:
        """:meth:`corrected`, as it goes over the wire."""
        return rfc3339(self.corrected(moment))
