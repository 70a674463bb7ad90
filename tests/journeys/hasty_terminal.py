"""The terminal, for whose conversation time runs eight times as fast; devices and line keep real time.

``python -m tests.journeys.hasty_terminal`` and the terminal's own arguments. Idle limits are tens of seconds
long, and the shortest that can be set are still those that people need.
"""

from __future__ import annotations

import os
import sys
import threading
from datetime import datetime
from typing import Any

from foundation.clock import Clock
from kiosk_app.__main__ import main
from kiosk_app.terminal.allocator import has_zeroing_allocator

FACTOR = 8.0


class HastyClock:
    """A clock whose monotonic time runs ahead."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def monotonic_s(self) -> float:
        return self._clock.monotonic_s() * FACTOR

    def utc_now(self) -> datetime:
        return self._clock.utc_now()

    def wait(self, event: threading.Event, timeout_s: float) -> bool:
        return self._clock.wait(event, timeout_s / FACTOR)


def hurry() -> None:
    """From here on the machine of a terminal that is built is given such a clock."""
    from kiosk_app.composition import terminal
    from kiosk_app.terminal.machine import Machine

    def hasty_machine(facts: Any, desk: Any, clock: Clock, *others: Any) -> Any:
        return Machine(facts, desk, HastyClock(clock), *others)

    setattr(terminal, "Machine", hasty_machine)  # noqa: B010  # a function for a class, behind mypy's back


if __name__ == "__main__":
    if has_zeroing_allocator(os.environ):  # not in the life before the allocator
        hurry()
    sys.exit(main())
