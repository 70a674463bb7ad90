"""The terminal, at which things can be made to happen: ``python -m tests.journeys.hasty_terminal`` and its
own arguments.

While the file ``hurry`` lies in its root, time for its conversation runs eight times as fast; devices and
line keep real time. Idle limits are tens of seconds long, and the shortest that can be set are still those
that people need. A file ``bug`` there has the next page not be drawn, as by a mistake in the program, and
goes with it.
"""

from __future__ import annotations

import os
import sys
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

from foundation.clock import Clock
from kiosk_app.__main__ import main
from kiosk_app.terminal.allocator import has_zeroing_allocator

FACTOR = 8.0


class HastyClock:
    """A clock whose monotonic time runs ahead while ``hurry`` is there. Thread-safe."""

    def __init__(self, clock: Clock, hurry: Path) -> None:
        self._clock = clock
        self._hurry = hurry
        self._lock = threading.Lock()
        self._looked_s = clock.monotonic_s()
        self._ahead_s = 0.0

    def monotonic_s(self) -> float:
        with self._lock:
            now_s = self._clock.monotonic_s()
            if self._hurry.exists():
                self._ahead_s += (now_s - self._looked_s) * (FACTOR - 1)
            self._looked_s = now_s
            return now_s + self._ahead_s

    def utc_now(self) -> datetime:
        return self._clock.utc_now()

    def wait(self, event: threading.Event, timeout_s: float) -> bool:
        return self._clock.wait(event, timeout_s / FACTOR if self._hurry.exists() else timeout_s)


def plant(root: Path) -> None:
    """From here on the machine of a terminal that is built has such a clock, and pages may fail."""
    from kiosk_app.composition import terminal
    from kiosk_app.terminal.machine import Machine
    from kiosk_app.terminal.presenter import Presenter

    def hasty_machine(facts: Any, desk: Any, clock: Clock, *others: Any) -> Any:
        return Machine(facts, desk, HastyClock(clock, root / "hurry"), *others)

    class FaultyPresenter(Presenter):
        def view(self, *seen: Any) -> Any:
            bug = root / "bug"
            if bug.exists():
                bug.unlink()
                raise RuntimeError("a mistake in the program")
            return super().view(*seen)

    setattr(terminal, "Machine", hasty_machine)  # noqa: B010  # a function for a class, behind mypy's back
    setattr(terminal, "Presenter", FaultyPresenter)  # noqa: B010  # the same


if __name__ == "__main__":
    if has_zeroing_allocator(os.environ):  # not in the life before the allocator
        plant(Path(sys.argv[sys.argv.index("--root") + 1]))
    sys.exit(main())
