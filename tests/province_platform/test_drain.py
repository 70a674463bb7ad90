"""The window over which a fleet comes back after an outage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from province_platform.database import Database, sqlite_url
from province_platform.drain import LONGEST_WINDOW_S, DrainWindow
from province_platform.schema import terminals
from tests.fakes.clock import ManualClock
from tests.province_platform.terminals import EnrolledTerminal

NOW = "2026-11-21T02:10:07.123Z"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(sqlite_url(tmp_path / "platform.sqlite"))
    yield opened
    opened.close()


def enrol(database: Database, first: int, count: int, revoked_at: str | None = None) -> None:
    rows = [
        {
            "terminal_id": f"hubei-{number:05d}",
            "terminal_number": f"{number:05d}",
            "name": "一号机",
            "site_id": "WH-WC-001",
            "certificate": "",
            "serial_number": str(number),
            "machine": "{}",
            "enrolled_at": NOW,
            "revoked_at": revoked_at,
        }
        for number in range(first, first + count)
    ]
    database.change(lambda connection: connection.execute(insert(terminals), rows))


def test_the_window_grows_with_the_fleet_of_those_that_are_not_revoked(
    database: Database, clock: ManualClock
) -> None:
    window = DrainWindow(clock, returns_per_s=10)
    enrol(database, 0, 300)
    enrol(database, 300, 50, revoked_at=NOW)
    database.ask(window.count)
    assert window.seconds() == 30


def test_the_fleet_is_counted_once_a_minute(database: Database, clock: ManualClock) -> None:
    window = DrainWindow(clock)
    assert window.is_due()
    database.ask(window.count)
    assert not window.is_due()
    clock.advance(60)
    assert window.is_due()


def test_nobody_is_told_to_wait_longer_than_an_hour(database: Database, clock: ManualClock) -> None:
    window = DrainWindow(clock, returns_per_s=1)
    enrol(database, 0, LONGEST_WINDOW_S + 1)
    database.ask(window.count)
    assert window.seconds() == LONGEST_WINDOW_S


def test_a_terminal_alone_is_told_to_send_at_once(terminal: EnrolledTerminal) -> None:
    assert terminal.call("GET", "/v1/time").json()["drain_window_s"] == 0
