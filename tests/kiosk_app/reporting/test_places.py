"""The place is told when it has changed and once a day; a start is no news."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from foundation.lifecycle import TemporaryFaultError
from kiosk_app.config import TerminalPaths
from kiosk_app.config.records import Place, write_place
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.reporting.events import EventMaker
from kiosk_app.reporting.places import PlaceReporter
from offline_store.store import OfflineStore
from tests.fakes.clock import ManualClock
from tests.fixtures.enrolments import TERMINAL_ID, a_position, a_site
from tests.fixtures.stores import a_store

HOUR_S, DAY_S = 3600.0, 86400.0


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def store(tmp_path: Path, clock: ManualClock) -> Iterator[OfflineStore]:
    with a_store(tmp_path / "var" / "lib" / "dianxiaoer", clock) as store:
        yield store


@pytest.fixture
def paths(tmp_path: Path) -> TerminalPaths:
    return TerminalPaths(tmp_path)


def started(paths: TerminalPaths, store: OfflineStore, clock: ManualClock) -> PlaceReporter:
    maker = EventMaker(TERMINAL_ID, clock, PlatformClock(clock))
    return PlaceReporter(paths, Place(site=a_site()), maker, store.outbox, clock)


def told(store: OfflineStore) -> list[str]:
    return [event.stream for event in store.outbox.peek(100)]


def test_a_start_is_no_news(paths: TerminalPaths, store: OfflineStore, clock: ManualClock) -> None:
    for _ in range(5):
        reporter = started(paths, store, clock)
        for _ in range(3):
            reporter.look()
            clock.advance(HOUR_S)
    assert told(store) == ["site"]


def test_a_new_measurement_is_told_without_a_restart(
    paths: TerminalPaths, store: OfflineStore, clock: ManualClock
) -> None:
    reporter = started(paths, store, clock)
    reporter.look()
    write_place(paths, Place(site=a_site(), position=a_position()))
    reporter.look()
    reporter.look()
    moved = msgspec.structs.replace(a_position(), longitude=114.2707262)
    write_place(paths, Place(site=a_site(), position=moved))
    reporter.look()
    assert told(store) == ["site", "site", "position", "site", "position"]


def test_it_is_told_once_a_day(paths: TerminalPaths, store: OfflineStore, clock: ManualClock) -> None:
    reporter = started(paths, store, clock)
    for _ in range(3 * 24):
        reporter.look()
        clock.advance(HOUR_S)
    assert told(store) == ["site"] * 3


def test_what_was_told_on_a_clock_that_was_a_year_ahead_is_told_again(
    paths: TerminalPaths, store: OfflineStore, clock: ManualClock
) -> None:
    clock.step_wall_clock(365 * DAY_S)
    started(paths, store, clock).look()
    clock.step_wall_clock(-365 * DAY_S)
    started(paths, store, clock).look()
    assert told(store) == ["site", "site"]


@pytest.mark.parametrize("content", [b"", b"{}", b'{"digest":"x","at":"yesterday"}', b"\xff"])
def test_a_damaged_note_is_no_note(
    paths: TerminalPaths, store: OfflineStore, clock: ManualClock, content: bytes
) -> None:
    (paths.state / "place-told.json").write_bytes(content)
    started(paths, store, clock).look()
    assert told(store) == ["site"]


def test_a_place_that_cannot_be_read_is_said_and_tried_again(
    paths: TerminalPaths, store: OfflineStore, clock: ManualClock
) -> None:
    paths.place.write_bytes(b"{")
    reporter = started(paths, store, clock)
    with pytest.raises(TemporaryFaultError):
        reporter.look()
    write_place(paths, Place(site=a_site()))
    reporter.look()
    assert told(store) == ["site"]
