"""The same visit in windows that somebody else manages: an X server, and Qt's own remote frame buffer."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.screens import screen_in_memory
from demo import story
from demo.hall import PORTRAIT
from demo.lines import Lines
from tests.journeys.halls import JourneyHall, opened_hall
from tests.journeys.pointed_visit import PointedVisit, Tap
from tests.journeys.rfb import RemoteFrameBuffer
from tests.journeys.x_window import ask_to_close


@contextmanager
def pointed(hall: JourneyHall, tap_at: Tap) -> Iterator[PointedVisit]:
    screen = Lines(hall.hall.screen_socket, timeout_s=60.0)
    try:
        yield PointedVisit(screen, hall.hall.device_orders, tap_at)
    finally:
        screen.close()


def asks_for_her_pension(hall: JourneyHall, tap_at: Tap) -> None:
    with hall.nothing_raised(), pointed(hall, tap_at) as visit:
        story.pension_by_card(visit)
        visit.sees("attract")
        assert visit.taps >= 10
        record = hall.session_after(0)
    assert (record["way_out"], record["wipe_clean"], record["cases"]) == ("done", True, 1)


class Mouse:
    """The pointer of an X server, moved by xdotool."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = {**os.environ, **environment}

    def tap(self, x: int, y: int) -> None:
        self.do("mousemove", str(x), str(y), "mousedown", "1", "sleep", "0.06", "mouseup", "1")

    def do(self, *arguments: str) -> str:
        done = subprocess.run(
            ["xdotool", *arguments], env=self._environment, check=True, capture_output=True, text=True
        )
        return done.stdout


@pytest.mark.timeout(150)
def test_a_window_of_an_x_server_is_tapped_by_its_pointer(tmp_path: Path) -> None:
    with screen_in_memory(tmp_path) as environment:
        mouse = Mouse(environment)
        folder = tmp_path / "hall"
        folder.mkdir()
        with opened_hall(folder, environment=environment) as hall:
            pid = str(hall.terminal.process_id)
            (window,) = mouse.do("search", "--onlyvisible", "--pid", pid).split()
            size = mouse.do("getwindowgeometry", "--shell", window)
            assert f"WIDTH={PORTRAIT[0]}\nHEIGHT={PORTRAIT[1]}\n" in size
            ask_to_close(environment["DISPLAY"], int(window))
            asks_for_her_pension(hall, mouse.tap)
            assert mouse.do("search", "--onlyvisible", "--pid", pid).split() == [window], "nobody closes it"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@pytest.mark.timeout(150)
def test_a_terminal_without_a_screen_is_seen_and_tapped_from_afar(tmp_path: Path) -> None:
    port = free_port()
    width, height = PORTRAIT
    environment = {"QT_QPA_PLATFORM": f"vnc:size={width}x{height}:port={port}"}
    with opened_hall(tmp_path, environment=environment) as hall, RemoteFrameBuffer(port) as screen:
        assert (screen.width, screen.height) == PORTRAIT
        assert screen.look() == width * height
        assert len(set(screen.picture)) > 16, "there is something to be seen"
        asks_for_her_pension(hall, screen.tap)
        assert screen.look() == width * height, "and still is"
