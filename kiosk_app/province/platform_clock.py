"""What time it is at the platform, whatever the terminal's own clock says.

An anchor holds the platform's time at one moment of the monotonic clock. Everything else is counted from
there, so a wall clock that is stepped afterwards changes neither the answer nor the order of events.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from contract.sets import ClockTrust
from foundation.clock import Clock
from kiosk_app.province.time_floor import TimeFloor

SYNCHRONISED_WITHIN_S = 2.0
ANCHOR_GOOD_FOR_S = 24 * 3600.0
"""A crystal drifts up to some 50 ppm, 4 s a day: an older anchor cannot vouch for 2 s any more."""
FLOOR_TOLERANCE = timedelta(minutes=5)
"""How far below the floor the platform may be: its own time server may have put it right."""


@dataclass(frozen=True, slots=True)
class _Anchor:
    platform: datetime
    monotonic_s: float


class PlatformClock:
    """The best known time, as a :class:`foundation.clock.Clock`. Thread-safe.

    ``utc_now`` is the platform's time once it was heard and the wall clock is more than 2 s from it. Before
    that it is the wall clock, but never earlier than ``floor``: what was once known to be past stays past.
    """

    def __init__(self, clock: Clock, floor: TimeFloor | None = None) -> None:
        self._clock = clock
        self._floor = floor
        self._lock = threading.Lock()
        self._anchor: _Anchor | None = None
        kept = floor.lowest() if floor is not None else None
        self._past = None if kept is None else _Anchor(kept, clock.monotonic_s())

    def monotonic_s(self) -> float:
        """The machine's own."""
        return self._clock.monotonic_s()

    def wait(self, event: threading.Event, timeout_s: float) -> bool:
        """Waits on the machine's monotonic clock."""
        return self._clock.wait(event, timeout_s)

    def utc_now(self) -> datetime:
        """The best known time."""
        wall = self._clock.utc_now()
        anchor = self._heard()
        if anchor is not None:
            platform = self._count_on(anchor)
            return wall if abs((platform - wall).total_seconds()) <= SYNCHRONISED_WITHIN_S else platform
        return wall if self._past is None else max(wall, self._count_on(self._past))

    def wall_clock(self) -> datetime:
        """What the machine's own clock says, right or wrong."""
        return self._clock.utc_now()

    def learn(self, platform: datetime, asked_s: float, answered_s: float) -> None:
        """Takes a time that the platform said, signed, between two moments of the monotonic clock."""
        anchor = _Anchor(platform, (asked_s + answered_s) / 2)
        with self._lock:
            self._anchor = anchor
        if self._floor is not None:
            self._floor.raise_to(platform)

    def is_below_floor(self, moment: datetime) -> bool:
        """Whether ``moment`` is certainly past: whoever says that it is now does not know the time."""
        kept = self._floor.lowest() if self._floor is not None else None
        return kept is not None and moment < kept - FLOOR_TOLERANCE

    def offset_s(self) -> float | None:
        """Seconds to add to the terminal's wall clock now; None when the platform was never heard."""
        anchor = self._heard()
        if anchor is None:
            return None
        return (self._count_on(anchor) - self._clock.utc_now()).total_seconds()

    def trust(self) -> ClockTrust:
        """Synchronised: the wall clock is within 2 s of a platform heard within a day."""
        anchor, offset_s = self._heard(), self.offset_s()
        if anchor is None or offset_s is None:
            return ClockTrust.UNKNOWN
        close = abs(offset_s) <= SYNCHRONISED_WITHIN_S
        fresh = self._clock.monotonic_s() - anchor.monotonic_s <= ANCHOR_GOOD_FOR_S
        return ClockTrust.SYNCHRONISED if close and fresh else ClockTrust.OFFSET_KNOWN

    def certificate_time(self) -> datetime | None:
        """When a certificate has to be valid; None when the machine's own clock is good enough for that."""
        offset_s = self.offset_s()
        return None if offset_s is None or abs(offset_s) <= SYNCHRONISED_WITHIN_S else self.utc_now()

    def _heard(self) -> _Anchor | None:
        with self._lock:
            return self._anchor

    def _count_on(self, anchor: _Anchor) -> datetime:
        return anchor.platform + timedelta(seconds=self._clock.monotonic_s() - anchor.monotonic_s)
