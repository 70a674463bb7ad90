"""The run: a platform, a bad line, a terminal, people; and the reckoning when the line is good again."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from demo.hall import Hall, Settings, offscreen
from demo.parts import Part, Parts
from tests.soak.bad_line import OUTSIDE, BadLine
from tests.soak.chaos_proxy import ChaosProxy
from tests.soak.people import ask_for_a_call

LOSS_PERCENT = 20
LINK_UP_S = 7.0
LINK_DOWN_S = 1.5
_SETTINGS: Settings = {"reporting": {"heartbeat_s": 5}}
_ARRIVES_WITHIN_S = 180.0
_LOOK_EVERY_S = 0.25
_ORDER = {"case": 0, "service": 1, "rating": 2}


class PartsAtTheEnd(Parts):
    """Parts of which those of the terminal run at its end of the line."""

    def __init__(self, logs: Path, environment: Mapping[str, str], line: BadLine) -> None:
        super().__init__(logs, environment)
        self._line = line

    def command(self, name: str, module: str, *arguments: str) -> list[str]:
        """At the terminal's end runs everything but the platform."""
        command = super().command(name, module, *arguments)
        return command if name == "platform" else [*self._line.inside(), *command]


def soak(folder: Path, *, seconds: float, seed: int) -> dict[str, Any]:
    """Lets people use the terminal for ``seconds`` behind a bad line; returns the figures.

    ``lost`` counts events that the store says are confirmed or were made and that the platform does not have,
    ``duplicated`` things that the platform has twice, ``out_of_order`` events that stand behind a later one
    of their case.
    """
    with BadLine(loss_percent=LOSS_PERCENT, up_s=LINK_UP_S, down_s=LINK_DOWN_S) as line:
        with PartsAtTheEnd(folder / "logs", offscreen(folder), line) as parts:
            hall = Hall(parts, folder)
            hall.start_platform("--listen", f"{OUTSIDE}:0")
            where = urlsplit(hall.platform_url)
            with ChaosProxy(OUTSIDE, (OUTSIDE, where.port or 0), seed) as proxy:
                hall.platform_url = f"https://{OUTSIDE}:{proxy.port}"
                hall.start_devices()
                hall.provision(_SETTINGS)
                terminal = hall.start_terminal()
                line.begin()
                proxy.begin()
                visits = _visits(hall, seconds)
                line.mend()
                proxy.mend()
                board = _emptied(hall, terminal)
                figures = _reckoned(hall, board, visits)
                hall.console.close()
        return figures | {"seed": seed, "link_down": line.times_down, "proxy": dict(proxy.done)}


def _visits(hall: Hall, seconds: float) -> int:
    visits, ends_s = 0, time.monotonic() + seconds
    while time.monotonic() < ends_s:
        ask_for_a_call(hall, visits)
        visits += 1
    return visits


def _board(hall: Hall) -> dict[str, Any]:
    command = [sys.executable, "-m", "kiosk_app", "--root", str(hall.terminal_root), "queue", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    board: dict[str, Any] = json.loads(done.stdout)
    return board


def _emptied(hall: Hall, terminal: Part) -> dict[str, Any]:
    """The board when nothing waits, read after the terminal has ended: nothing is made any more."""
    pause, deadline_s = threading.Event(), time.monotonic() + _ARRIVES_WITHIN_S
    while _board(hall)["depth"]:
        if time.monotonic() > deadline_s:
            raise TimeoutError(f"the queue was not emptied: {_board(hall)}")
        pause.wait(_LOOK_EVERY_S)
    terminal.end()
    return _board(hall)


def _reckoned(hall: Hall, board: Mapping[str, Any], visits: int) -> dict[str, Any]:
    summary = hall.console.summary()
    lost = duplicated = 0
    for stream, counts in board["streams"].items():
        made = counts["last_sequence"] - counts["superseded"] - counts["waiting"]
        difference = made - summary["counts"][stream]
        lost += max(0, difference)
        duplicated += max(0, -difference)
    lost += sum(max(0, visits - summary["counts"][stream]) for stream in _ORDER)
    duplicated += sum(max(0, summary["counts"][stream] - visits) for stream in _ORDER)
    return {
        "visits": visits,
        "events": sum(summary["counts"].values()),
        "lost": lost + len(summary["gaps"]),
        "duplicated": duplicated,
        "out_of_order": _out_of_order(hall),
        "set_aside": len(board["set_aside"]),
        "delivered_again": summary["duplicates"],
    }


def _out_of_order(hall: Hall) -> int:
    """Events that stand behind a later one of their case, by the platform's own ledger."""
    highest: dict[str, int] = {}
    behind = 0
    question = "SELECT subject, stream FROM events WHERE subject LIKE 'case/%' ORDER BY position"
    with closing(sqlite3.connect(f"file:{hall.platform_root}/platform.sqlite?mode=ro", uri=True)) as ledger:
        for subject, stream in ledger.execute(question):
            if stream in _ORDER:
                behind += _ORDER[stream] < highest.get(subject, -1)
                highest[subject] = max(_ORDER[stream], highest.get(subject, -1))
    return behind
