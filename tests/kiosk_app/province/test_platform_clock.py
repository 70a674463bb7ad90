"""The platform's time is kept through every step of the terminal's own clock."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from contract.sets import ClockTrust
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.province.time_floor import WRITE_EVERY, TimeFloor
from tests.fakes.clock import START, ManualClock


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def platform_clock(clock: ManualClock) -> PlatformClock:
    return PlatformClock(clock)


def test_before_the_platform_was_heard_the_wall_clock_is_all_there_is(
    platform_clock: PlatformClock, clock: ManualClock
) -> None:
    assert (platform_clock.trust(), platform_clock.offset_s()) == (ClockTrust.UNKNOWN, None)
    assert platform_clock.utc_now() == clock.utc_now()


def test_half_of_the_round_trip_is_taken_off(platform_clock: PlatformClock, clock: ManualClock) -> None:
    asked_s = clock.monotonic_s()
    clock.advance(4)
    platform_clock.learn(START + timedelta(seconds=2), asked_s, clock.monotonic_s())
    assert platform_clock.offset_s() == pytest.approx(0)
    assert platform_clock.trust() is ClockTrust.SYNCHRONISED


@pytest.mark.parametrize("step_s", [-365 * 86400.0, -7200.0, 3600.0, 365 * 86400.0])
def test_a_wall_clock_that_is_stepped_is_put_right(
    platform_clock: PlatformClock, clock: ManualClock, step_s: float
) -> None:
    platform_clock.learn(START, clock.monotonic_s(), clock.monotonic_s())
    clock.step_wall_clock(step_s)
    clock.advance(60)
    assert platform_clock.trust() is ClockTrust.OFFSET_KNOWN
    assert platform_clock.offset_s() == pytest.approx(-step_s)
    assert platform_clock.utc_now() == START + timedelta(seconds=60)
    assert platform_clock.certificate_time() == START + timedelta(seconds=60)


def test_an_old_anchor_does_not_vouch_for_two_seconds(
    platform_clock: PlatformClock, clock: ManualClock
) -> None:
    platform_clock.learn(START, clock.monotonic_s(), clock.monotonic_s())
    clock.advance(86_000)
    assert platform_clock.trust() is ClockTrust.SYNCHRONISED
    clock.advance(1_000)
    assert platform_clock.trust() is ClockTrust.OFFSET_KNOWN


def test_what_was_once_past_stays_past_over_a_restart(tmp_path: Path, clock: ManualClock) -> None:
    file = tmp_path / "state" / "time"
    PlatformClock(clock, TimeFloor(file)).learn(START, clock.monotonic_s(), clock.monotonic_s())
    clock.step_wall_clock(-365 * 86400)
    after = PlatformClock(clock, TimeFloor(file))
    clock.advance(5)
    assert after.utc_now() == START + timedelta(seconds=5)
    assert after.trust() is ClockTrust.UNKNOWN, "not earlier than this is not yet the time"
    assert after.certificate_time() is None
    assert after.is_below_floor(START - timedelta(minutes=6))
    assert not after.is_below_floor(START - timedelta(minutes=4))


def test_the_floor_only_rises_and_spares_the_disk(tmp_path: Path) -> None:
    file = tmp_path / "time"
    floor = TimeFloor(file)
    floor.raise_to(START)
    written = file.stat().st_mtime_ns
    floor.raise_to(START - timedelta(days=365))
    floor.raise_to(START + WRITE_EVERY - timedelta(milliseconds=1))
    assert (floor.lowest(), file.stat().st_mtime_ns) == (START, written)
    floor.raise_to(START + WRITE_EVERY)
    assert TimeFloor(file).lowest() == START + WRITE_EVERY


@pytest.mark.parametrize("content", [b"", b"yesterday\n", b"2026-11-21T02:10:07\n", b"\xff\xfe"])
def test_a_damaged_floor_is_none(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "time"
    file.write_bytes(content)
    assert TimeFloor(file).lowest() is None
    TimeFloor(file).raise_to(START)
    assert TimeFloor(file).lowest() == START


def test_a_floor_that_cannot_be_written_stops_no_clock(tmp_path: Path, clock: ManualClock) -> None:
    (tmp_path / "time").mkdir()
    platform_clock = PlatformClock(clock, TimeFloor(tmp_path / "time"))
    platform_clock.learn(START, clock.monotonic_s(), clock.monotonic_s())
    assert platform_clock.trust() is ClockTrust.SYNCHRONISED
