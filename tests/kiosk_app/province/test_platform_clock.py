"""The platform's time is kept through every step of the terminal's own clock."""

from __future__ import annotations

from datetime import timedelta

import pytest

from contract.sets import ClockTrust
from kiosk_app.province.platform_clock import PlatformClock
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
    assert platform_clock.now() == clock.utc_now()


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
    assert platform_clock.now() == START + timedelta(seconds=60)
    assert platform_clock.stamp(clock.utc_now()) == "2026-11-21T02:11:07.123Z"


def test_an_old_anchor_does_not_vouch_for_two_seconds(
    platform_clock: PlatformClock, clock: ManualClock
) -> None:
    platform_clock.learn(START, clock.monotonic_s(), clock.monotonic_s())
    clock.advance(86_000)
    assert platform_clock.trust() is ClockTrust.SYNCHRONISED
    clock.advance(1_000)
    assert platform_clock.trust() is ClockTrust.OFFSET_KNOWN
