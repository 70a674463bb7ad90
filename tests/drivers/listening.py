"""Ears for tests: what a driver tells, in its order, to be waited for without sleeping."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from drivers.supervision import OwnedDevice
from drivers.vocabulary import DeviceState, DeviceStatus, StatusChanged
from foundation.backoff import Backoff
from foundation.clock import SystemClock
from foundation.counters import Counters

EventT = TypeVar("EventT")
PATIENCE_S = 10.0


class Ears:
    """A listener that remembers everything and hands it out once, in order."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._events: list[object] = []
        self._read = 0

    def __call__(self, event: object) -> None:
        with self._changed:
            self._events.append(event)
            self._changed.notify_all()

    def next(self, kind: type[EventT], when: Callable[[EventT], bool] = lambda _: True) -> EventT:
        """The next event of that kind, skipping others; fails the test when none comes."""
        with self._changed:
            found: list[EventT] = []

            def look() -> bool:
                while self._read < len(self._events) and not found:
                    event = self._events[self._read]
                    self._read += 1
                    if isinstance(event, kind) and when(event):
                        found.append(event)
                return bool(found)

            assert self._changed.wait_for(look, PATIENCE_S), f"no {kind.__name__} in {self.kinds()}"
            return found[0]

    def next_state(self, state: DeviceState) -> DeviceStatus:
        """The next change of status to ``state``."""
        return self.next(StatusChanged, lambda change: change.status.state is state).status

    def kinds(self) -> list[str]:
        """The names of all events so far."""
        return [type(event).__name__ for event in self._events]

    def all(self, kind: type[EventT]) -> list[EventT]:
        """All events of one kind so far, read or not."""
        return [event for event in self._events if isinstance(event, kind)]


class FixedDayClock(SystemClock):
    """The machine's clock, on a day of the test's choice."""

    def __init__(self, now: datetime = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)) -> None:
        self.now = now

    def utc_now(self) -> datetime:
        return self.now


class AudibleCounters(Counters):
    """Counters that can be waited for."""

    def __init__(self) -> None:
        super().__init__()
        self._changed = threading.Condition()

    def count(self, name: str, increment: int = 1) -> None:
        super().count(name, increment)
        with self._changed:
            self._changed.notify_all()

    def wait_for(self, name: str, at_least: int = 1) -> int:
        """Waits until ``name`` has been counted so often; fails the test when it is not."""
        with self._changed:
            reached = self._changed.wait_for(lambda: self.figure(name) >= at_least, PATIENCE_S)
        assert reached, f"{name} is {self.figure(name)} in {self.figures()}"
        return self.figure(name)

    def figure(self, name: str) -> int:
        """One figure, 0 when never counted."""
        return self.figures().get(name, 0)


def make_quick(device: OwnedDevice[Any]) -> None:
    """Lets a device that is not started yet look and come back more often than a real one would."""
    device._poll_interval_s = min(device._poll_interval_s, 0.02)
    device._backoff = Backoff(0.05, 0.2)


def polls(device: OwnedDevice[Any], count: int) -> None:
    """Has the device look ``count`` times, now, in its own thread: after this it has seen what there is."""
    for _ in range(count):
        deadline_s = device.clock.monotonic_s() + PATIENCE_S
        assert device.submit(device.idle, deadline_s).result(PATIENCE_S) is None
