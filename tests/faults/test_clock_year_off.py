"""The terminal's clock is years off, in either direction, at its start and in the middle of its work.

A whole terminal in a process of its own whose CLOCK_REALTIME is really shifted, so that TLS sees it too:
the platform's certificate is not valid at that time. Everything arrives all the same, at its true time.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from foundation.atomic_files import write_atomically
from foundation.clock import parse_rfc3339
from kiosk_app.config import TerminalPaths
from province_platform.server import PlatformServer
from tests.fixtures.places import enrolled_root
from tests.fixtures.wall_clocks import ShiftedWallClock
from tests.journeys.halls import eventually

YEARS = timedelta(days=3 * 365)
SOON_S = 20.0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PlatformServer]:
    with PlatformServer(tmp_path / "platform", heartbeat_s=1) as running:
        yield running


@pytest.fixture
def root(server: PlatformServer, tmp_path: Path) -> Path:
    root = enrolled_root(server, tmp_path / "enrolment")
    settings = f'[platform]\nurl = "{server.terminal_url}"\n[reporting]\nheartbeat_s = 1\n'
    write_atomically(TerminalPaths(root).settings, settings.encode())
    return root


@contextmanager
def running(root: Path, wall_clock: ShiftedWallClock) -> Iterator[None]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.fixtures.screenless_terminal", str(root)],
        env=wall_clock.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        yield
        process.communicate(timeout=SOON_S)
    assert process.returncode == 0


def durable(server: PlatformServer, question: str) -> list[Any]:
    with closing(sqlite3.connect(server.database_path)) as connection:
        return connection.execute(question).fetchall()


def statuses(server: PlatformServer) -> list[tuple[str, str]]:
    """Trust and time of every status, in the order of its numbers."""
    question = """select json_extract(document, '$.clocktrust'), occurred_at from events
        where stream = 'status' order by sequence"""
    return durable(server, question)


def codes_of_alarms(server: PlatformServer) -> set[str]:
    return {code for (code,) in durable(server, "select code from alarms")}


def true_status_after(server: PlatformServer, seen: int) -> str:
    """The trust of the newest status, when there are more than ``seen``: its time is the true one."""

    def look() -> str | None:
        told = statuses(server)
        if len(told) <= seen or told[-1][0] == "unknown":
            return None
        assert abs(parse_rfc3339(told[-1][1]) - datetime.now(UTC)) < timedelta(seconds=5)
        return told[-1][0]

    return str(eventually(look, SOON_S))


@pytest.mark.parametrize("shift", [-YEARS, YEARS])
def test_a_terminal_whose_clock_is_years_off_reports_at_the_true_time(
    server: PlatformServer, root: Path, tmp_path: Path, shift: timedelta
) -> None:
    wall_clock = ShiftedWallClock(tmp_path / "clock", shift)
    with running(root, wall_clock):
        assert true_status_after(server, 0) == "offset_known"
        for step in (timedelta(0), -shift):  # somebody sets it right, then wrong the other way round
            seen = len(statuses(server))
            wall_clock.step_to(step)
            trust = true_status_after(server, seen + 1)
            assert trust == ("offset_known" if step else "synchronised")
        eventually(lambda: len(codes_of_alarms(server)) == 2, SOON_S)
    assert codes_of_alarms(server) == {"CLCK-001", "CLCK-002"}
    early = durable(server, "select known_by, true_at from event_times")
    assert early, "what was told before the platform was heard did not know the time"
    for known_by, true_at in early:
        assert known_by == "rebuilt"
        assert abs(parse_rfc3339(true_at) - datetime.now(UTC)) < timedelta(seconds=60)
    assert durable(server, "select * from gaps") == []
    assert durable(server, "select * from refusals") == []
