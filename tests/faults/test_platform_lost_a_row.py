"""A row vanishes from the platform's database: the terminal's next statement shows it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kiosk_app.config import TerminalPaths
from province_platform.server import PlatformServer
from provisioning.__main__ import run_verb
from tests.kiosk_app.province.test_against_the_platform import ShiftedClock, Terminal, a_terminal

WITHIN_S = 15.0


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[PlatformServer]:
    with PlatformServer(tmp_path / "platform") as server:
        yield server


@pytest.fixture
def terminal(platform: PlatformServer, tmp_path: Path) -> Iterator[Terminal]:
    paths = TerminalPaths(tmp_path / "terminal")
    paths.settings.parent.mkdir(parents=True)
    paths.settings.write_text(f'[platform]\nurl = "{platform.terminal_url}"\n')
    code = platform.make_enrolment_code("WH-WC-001", "一号机")
    assert run_verb(["enrol", "--root", str(tmp_path / "terminal"), "--code", code]) == 0
    with a_terminal(paths, platform, ShiftedClock()) as terminal:
        yield terminal


def ask(platform: PlatformServer, question: str) -> list[Any]:
    with closing(sqlite3.connect(platform.database_path)) as connection, connection:
        return connection.execute(question).fetchall()


def delivered(terminal: Terminal, stream: str) -> None:
    """Returns when the province has everything that was appended, and ``stream`` among it."""
    while terminal.confirmed.get(timeout=WITHIN_S)[1] != stream:
        pass


def test_what_was_confirmed_and_is_gone_is_named_and_the_terminal_says_it_again(
    platform: PlatformServer, terminal: Terminal
) -> None:
    terminal.uplink.start()
    cases = [terminal.hand_in() for _ in range(3)]
    terminal.case_numbers(3)
    ask(platform, f"DELETE FROM events WHERE id = '{cases[1]}'")  # noqa: S608
    terminal.reconciler.start()
    # Three statements (case, service, rating); the answer to that of the cases asks, and it is stated again.
    for _ in range(4):
        delivered(terminal, "audit")
    statements = ask(
        platform, "SELECT stream, first, last, counted, held, agrees, missing FROM statements ORDER BY stream"
    )
    assert [tuple(row[:6]) for row in statements if row[0] != "audit"] == [
        ("case", 1, 3, 3, 2, 0),
        ("rating", 1, 3, 3, 3, 1),
        ("service", 1, 3, 3, 3, 1),
    ]
    assert json.loads(next(row[6] for row in statements if row[0] == "case")) == [[2, 2]]
    assert ask(platform, "SELECT code FROM alarms WHERE open") == [("RECO-001",)]
