"""How wide the window is over which terminals spread what waited during an outage.

A terminal that comes back draws a moment within the window. The window is as wide as the fleet needs so that
no more than ``returns_per_s`` terminals begin within a second; a fleet of a few needs none.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from foundation.clock import Clock
from province_platform.schema import terminals

RETURNS_PER_S = 200
"""Queues that one server begins to empty within a second; a full handshake each (docs/architecture.md)."""
LONGEST_WINDOW_S = 3600
_COUNTED_EVERY_S = 60.0


class DrainWindow:
    """Knows the size of the fleet, counted at most once a minute. One thread at a time."""

    def __init__(self, clock: Clock, returns_per_s: int = RETURNS_PER_S) -> None:
        self._clock = clock
        self._returns_per_s = returns_per_s
        self._counted_s = -_COUNTED_EVERY_S
        self._fleet = 0

    def is_due(self) -> bool:
        """Whether the fleet is to be counted again."""
        return self._clock.monotonic_s() - self._counted_s >= _COUNTED_EVERY_S

    def count(self, connection: Connection) -> None:
        """Counts the terminals that are enrolled and not revoked."""
        chosen = select(func.count()).select_from(terminals).where(terminals.c.revoked_at.is_(None))
        self._fleet = connection.scalar(chosen) or 0
        self._counted_s = self._clock.monotonic_s()

    def seconds(self) -> int:
        """The window, for :class:`contract.answers.PlatformTime`."""
        return min(LONGEST_WINDOW_S, self._fleet // self._returns_per_s)
