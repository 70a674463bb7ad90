"""Time on the wire has one form, and a time without a zone is not a time."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.clock import SystemClock, boot_id, in_china, parse_rfc3339, rfc3339

MOMENT = datetime(2026, 11, 21, 2, 10, 7, 123456, tzinfo=UTC)


def test_a_moment_is_written_in_utc_with_milliseconds() -> None:
    assert rfc3339(MOMENT) == "2026-11-21T02:10:07.123Z"
    assert rfc3339(MOMENT.astimezone(timezone(timedelta(hours=8)))) == "2026-11-21T02:10:07.123Z"
    assert rfc3339(MOMENT.replace(microsecond=0)) == "2026-11-21T02:10:07.000Z"


def test_a_naive_time_is_refused_both_ways() -> None:
    with pytest.raises(ValueError, match="needs its zone"):
        rfc3339(datetime(2026, 11, 21))  # noqa: DTZ001  # the very thing that must be refused
    with pytest.raises(ValueError, match="needs its zone"):
        parse_rfc3339("2026-11-21T02:10:07.123")
    for nonsense in ("", "now", "2026-13-01T00:00:00Z"):
        with pytest.raises(ValueError, match=r".+"):
            parse_rfc3339(nonsense)


@given(st.datetimes(timezones=st.just(UTC)))
def test_what_is_written_is_read_again_to_the_millisecond(moment: datetime) -> None:
    written = rfc3339(moment)
    assert len(written) == 24
    read = parse_rfc3339(written)
    assert read == moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert read.utcoffset() == timedelta(0)


def test_times_with_another_zone_become_utc() -> None:
    assert parse_rfc3339("2026-11-21T10:10:07.123+08:00") == parse_rfc3339("2026-11-21T02:10:07.123Z")


def test_people_in_hubei_read_their_own_time() -> None:
    assert in_china(MOMENT).strftime("%Y-%m-%d %H:%M") == "2026-11-21 10:10"
    assert in_china(datetime(2026, 11, 21, 16, 0, tzinfo=UTC)).strftime("%m-%d %H:%M") == "11-22 00:00"
    assert in_china(MOMENT) == MOMENT


def test_the_machines_clock_is_aware_never_goes_back_and_wakes_for_its_event() -> None:
    clock = SystemClock()
    assert clock.utc_now().utcoffset() == timedelta(0)
    readings = [clock.monotonic_s() for _ in range(100)]
    assert readings == sorted(readings)
    event = threading.Event()
    assert clock.wait(event, 0.001) is False
    assert clock.wait(event, -5) is False
    event.set()
    assert clock.wait(event, 3600) is True


def test_a_boot_has_an_id_that_stays() -> None:
    assert (
        boot_id() == boot_id() == Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    )
    assert len(boot_id()) == 36
