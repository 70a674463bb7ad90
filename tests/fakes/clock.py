"""A clock that a test moves by hand."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 21, 2, 10, 7, 123000, tzinfo=UTC)
"""21 November 2026, 10:10 in Hubei."""


class ManualClock:
    """A :class:`foundation.clock.Clock` on which time passes only by :meth:`advance`.

    Nobody sleeps: whoever waits is woken by its event or by the advance that reaches its deadline. A test
    that wants to advance past the wait of another thread first lets it arrive there (:meth:`somebody_waits`),
    or the other thread would count from the time after the advance. Thread-safe.
    """

    def __init__(self, utc: datetime = START, monotonic_s: float = 1_000.0) -> None:
        if utc.tzinfo is None:
            raise ValueError("a wall clock needs its zone")
        self._utc = utc
        self._monotonic_s = monotonic_s
        self._changed = threading.Condition()
        self._waiting: list[threading.Event] = []
        self._waits_s: list[float] = []

    def monotonic_s(self) -> float:
        with self._changed:
            return self._monotonic_s

    def utc_now(self) -> datetime:
        with self._changed:
            return self._utc

    def wait(self, event: threading.Event, timeout_s: float) -> bool:
        """Until ``event`` is set or time was advanced by ``timeout_s``; true when it is set."""
        # An Event wakes its waiters through its condition. Waiting on that very condition lets both
        # the event and the clock wake us, with no second thread and no polling.
        woken: threading.Condition = event._cond  # type: ignore[attr-defined]
        with self._changed:
            deadline_s = self._monotonic_s + timeout_s
            self._waiting.append(event)
            self._waits_s.append(timeout_s)
            self._changed.notify_all()
        try:
            with woken:
                while not event.is_set() and self._monotonic_s < deadline_s:
                    woken.wait()
        finally:
            with self._changed:
                self._waiting.remove(event)
                self._changed.notify_all()
        return event.is_set()

    def advance(self, seconds: float) -> None:
        """Lets both clocks pass ``seconds`` and wakes whoever has waited long enough."""
        if seconds < 0:
            raise ValueError("time never goes back; step_wall_clock moves the wall clock alone")
        with self._changed:
            self._monotonic_s += seconds
            self._utc += timedelta(seconds=seconds)
            waiting = list(self._waiting)
        for event in waiting:
            woken: threading.Condition = event._cond  # type: ignore[attr-defined]
            with woken:
                woken.notify_all()

    def step_wall_clock(self, seconds: float) -> None:
        """Moves the wall clock alone, forwards or back, as a time server or a technician does."""
        with self._changed:
            self._utc += timedelta(seconds=seconds)

    def somebody_waits(self, waiters: int = 1, *, timeout_s: float = 10.0) -> bool:
        """Blocks until so many threads wait on this clock (real time limit); false when they do not."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self._waiting) >= waiters, timeout_s)

    @property
    def waits_s(self) -> tuple[float, ...]:
        """Every time-out that was ever asked for, in order."""
        with self._changed:
            return tuple(self._waits_s)
