"""Halls for journeys: real processes and bytes, a person at the screen, the platform to ask afterwards."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from demo.hall import FITTED, Hall, Settings, offscreen
from demo.lines import Lines
from demo.parts import Part, Parts
from demo.visit import Visit

SOON_S = 20.0
LIVELY: Settings = {"platform": {"items_every_s": 1}, "reporting": {"heartbeat_s": 1}}
"""A terminal that looks for new matters, and says how it is, every second."""
_LOOK_EVERY_S = 0.05
_BUG_WORDS = (" ERROR ", "Traceback", "unexpected ", "a screen is faulty")
_WAYS_OUT = ("我拿好了", "结束办理")

Found = TypeVar("Found")


class JourneyHall:
    """A hall with its terminal running. ``terminal`` is the process, ``log`` what it has said."""

    def __init__(self, hall: Hall, terminal: Part, module: str = "kiosk_app") -> None:
        self.hall = hall
        self._module = module
        self.console = hall.console
        self.terminal = terminal

    def log(self) -> str:
        return self.terminal.log.read_text(encoding="utf-8")

    def dies(self, number: signal.Signals) -> None:
        """The terminal ends at once, by that signal, and another process begins as its supervisor would."""
        os.kill(self.terminal.process_id, number)
        self.terminal.wait()
        self.hall.screen_socket.unlink(missing_ok=True)
        self.terminal = self.hall.start_terminal(module=self._module)
        with self.visitor() as visit:
            visit.sees("attract")

    @contextmanager
    def nothing_raised(self) -> Iterator[None]:
        """Fails when the log says meanwhile that something went wrong in the program itself."""
        before = len(self.log())
        yield
        said = self.log()[before:]
        assert not [word for word in _BUG_WORDS if word in said], said

    @contextmanager
    def visitor(self) -> Iterator[Visit]:
        """A person before the screen."""
        screen = Lines(self.hall.screen_socket, timeout_s=60.0)
        try:
            yield Visit("visit", screen, self.hall.device_orders)
        finally:
            screen.close()

    def tidy(self) -> None:
        """As it was when it opened: nothing is wrong, nothing lies on the reader, nobody is there."""
        self.console.set_fault(refuse=False, slow_ms=0, error_500=False, drop_answer_after_commit=0)
        with self.visitor() as visit:
            for device in ("id_card_reader", "qr_scanner", "receipt_printer"):
                visit.order(do="cure", device=device)
            visit.takes_card()
            visit.puts_phone_away()
            eventually(lambda: _on_the_way_out(visit))

    def figures(self) -> dict[str, Any]:
        """What the platform knows of this terminal."""
        enrolment = self.hall.terminal_root / "var" / "lib" / "dianxiaoer" / "enrolment.json"
        mine = json.loads(enrolment.read_text(encoding="utf-8"))["terminal_id"]
        terminals = self.console.summary()["terminals"]
        (terminal,) = [each for each in terminals if each["terminal_id"] == mine]
        known: dict[str, Any] = terminal
        return known

    def counter(self, name: str) -> int:
        """A counter of the terminal, as its last status event has it on the platform."""
        status = self.figures()["status"]
        return int(status["counters"].get(name, 0)) if status else 0

    def sessions(self) -> list[dict[str, Any]]:
        """The records of ended sessions on the platform, oldest first."""
        return [event["data"] for event in reversed(self.console.events("session"))]

    def session_after(self, known: int) -> dict[str, Any]:
        """The record of the session that ended after ``known`` others had; waits for it."""
        return eventually(lambda: self.sessions()[known:])[0]


def _on_the_way_out(visit: Visit) -> bool:
    """Whether the resting screen stands; while it does not, does what leads there."""
    if visit.screen() == "attract":
        return True
    for label in _WAYS_OUT:
        visit.tries(label)
    return False


def eventually(look: Callable[[], Found], timeout_s: float = SOON_S) -> Found:
    """What ``look`` finds, as soon as it finds something; fails when it does not in time."""
    deadline_s = time.monotonic() + timeout_s
    pause = threading.Event()
    while not (found := look()):
        assert time.monotonic() < deadline_s, f"not within {timeout_s:.0f} s; the last look found {found!r}"
        pause.wait(_LOOK_EVERY_S)
    return found


@contextmanager
def opened_hall(
    folder: Path,
    settings: Settings = LIVELY,
    *,
    module: str = "kiosk_app",
    fitted: Sequence[str] = FITTED,
    bench: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
) -> Iterator[JourneyHall]:
    """Platform, devices and a terminal that runs ``module``; all of it is ended at the end.

    ``bench`` are options of the simulated devices. ``environment`` is added to that of every process, and
    says on which screen the terminal is.
    """
    with Parts(folder / "logs", {**offscreen(folder), **(environment or {})}) as parts:
        hall = Hall(parts, folder, fitted)
        hall.start_platform()
        hall.start_devices(*bench)
        hall.provision(settings)
        running = JourneyHall(hall, hall.start_terminal(module=module), module)
        with running.visitor() as visit:
            visit.sees("attract")
        yield running
        hall.console.close()


@contextmanager
def further_terminal(first: JourneyHall, folder: Path) -> Iterator[JourneyHall]:
    """Another terminal of the same platform, with devices of its own."""
    with Parts(folder / "logs", offscreen(folder)) as parts:
        hall = Hall(parts, folder)
        hall.join(first.hall)
        hall.start_devices()
        hall.provision(LIVELY)
        running = JourneyHall(hall, hall.start_terminal())
        with running.visitor() as visit:
            visit.sees("attract")
        yield running
