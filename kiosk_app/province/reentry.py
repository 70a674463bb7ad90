"""A fleet that lost its province together does not come back together.

When a province is back after an outage, every terminal notices within seconds, and each has a queue. If all
of them sent at once, the province would be gone again. So each draws a moment within the window that the
province names (``PlatformTime.drain_window_s``: wide for a large fleet, nothing for a small one) and empties
its queue from then on. What somebody waits for at the screen does not wait for that moment.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable

from contract.answers import PlatformTime
from foundation.clock import Clock
from kiosk_app.province.connection import ConnectionState
from kiosk_app.terminal.views import Connection

UNTOLD_S = 5.0
"""Whoever is connected and hears of no window for so long does not wait for one."""


class Reentry:
    """When this terminal's turn has come. Thread-safe; open as long as nothing was lost."""

    def __init__(self, clock: Clock, *, draw: Callable[[], float] = random.random) -> None:
        self._clock = clock
        self._draw = draw
        self._lock = threading.Lock()
        self._lost = False
        self._undrawn = False
        self._opens_s = clock.monotonic_s()
        self.on_drawn: Callable[[], None] = lambda: None
        """Called when the moment is known, in the thread that brought it."""

    def connection_changed(self, state: ConnectionState) -> None:
        """A listener for the connection monitor; to be told before the sender is."""
        with self._lock:
            if state.connection is Connection.CONNECTED and self._lost:
                self._undrawn = True
                self._opens_s = self._clock.monotonic_s() + UNTOLD_S
            self._lost = state.connection is Connection.OFFLINE

    def heard(self, answer: PlatformTime) -> None:
        """What the platform said with its time; the first word after a return draws the moment."""
        with self._lock:
            if not self._undrawn:
                return
            self._undrawn = False
            self._opens_s = self._clock.monotonic_s() + self._draw() * answer.drain_window_s
        self.on_drawn()

    def closed_for_s(self) -> float:
        """How long the queue has to wait for its turn; 0 when it has come.

        While the province cannot be reached there is no turn to wait for: trying is the sender's affair.
        """
        with self._lock:
            return 0.0 if self._lost else max(0.0, self._opens_s - self._clock.monotonic_s())
