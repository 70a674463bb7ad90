"""Feels the pulse of the screens: how long their thread lets a question wait."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from demo.lines import Lines
from tests.journeys.halls import JourneyHall

_BETWEEN_S = 0.002


class Pulse:
    """Asks the screens which page they show, again and again, while the block runs.

    ``longest_s`` is the longest that an answer took. What passed because the machine had no processor for the
    screens or for who asks is not counted (proc(5), schedstat: time on a run queue): on a machine that runs
    other tests beside this one nobody waits for a province or a printer because of that.
    """

    def __init__(self, hall: JourneyHall) -> None:
        process_id = hall.terminal.process_id
        self._screens = Path(f"/proc/{process_id}/task/{process_id}/schedstat")
        self._socket = hall.hall.screen_socket
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._feel, name="pulse")
        self.beats = 0
        self.longest_s = 0.0
        self.longest_on = ""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _feel(self) -> None:
        line = Lines(self._socket)
        own = Path("/proc/thread-self/schedstat")
        while not self._over.wait(_BETWEEN_S):
            queued_s = _queued_s(self._screens) + _queued_s(own)
            asked_s = time.perf_counter()
            screen = line.ask(do="screen")["screen"]
            took_s = time.perf_counter() - asked_s
            took_s -= _queued_s(self._screens) + _queued_s(own) - queued_s
            self.beats += 1
            if took_s > self.longest_s:
                self.longest_s, self.longest_on = took_s, screen
        line.close()


def _queued_s(schedstat: Path) -> float:
    """How long a thread has waited for a processor so far."""
    return int(schedstat.read_text(encoding="ascii").split()[1]) / 1e9
