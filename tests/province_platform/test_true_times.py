"""The platform finds out when something really happened on a terminal that did not know the time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from contract.envelope import CloudEvent
from contract.sets import ClockTrust, Stream
from foundation.clock import parse_rfc3339, rfc3339
from province_platform.server import PlatformServer
from province_platform.true_times import ANCHOR_EVERY_MS, counted
from tests.fakes.clock import START
from tests.province_platform.terminals import WITHIN_S, EnrolledTerminal, enrolled, rows

BOOT, OTHER_BOOT = "0b5f2ab0-3a3f-4e0c-b1b8-6f6b53b1c5a0", "1c6e3bc1-4b4e-4f1d-a2c9-7e7c64c2d6b1"
AT_BOOT = parse_rfc3339("2026-11-21T00:00:00.000Z")


def happened(
    terminal: EnrolledTerminal, monotonic_ms: int, trust: ClockTrust, boot: str = BOOT, off: int = 0
) -> CloudEvent:
    """A status so long after the boot; its wall clock is ``off`` days wrong when it is not trusted."""
    wrong = timedelta(days=off) if trust is ClockTrust.UNKNOWN else timedelta(0)
    return terminal.event(
        Stream.STATUS,
        terminal.status(),
        time=rfc3339(AT_BOOT + timedelta(milliseconds=monotonic_ms) + wrong),
        bootid=boot,
        monotonicms=str(monotonic_ms),
        clocktrust=trust,
    )


def told(server: PlatformServer, event: CloudEvent) -> tuple[str | None, str, str]:
    """True time, how it is known, and the claimed time, as the console shows them."""
    with requests.Session() as desk:
        answer = desk.get(f"{server.console_url}/console/events", timeout=WITHIN_S)
    (shown,) = [each for each in answer.json()["events"] if each["id"] == event.id]
    return shown["true_at"], shown["known_by"], shown["occurred_at"]


def test_what_happened_before_the_time_was_known_gets_its_true_time_when_it_is(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    early = [happened(terminal, ms, ClockTrust.UNKNOWN, off=-3650) for ms in (1_000, 61_000)]
    terminal.send(*early)
    assert told(server, early[0]) == (None, "unknown", early[0].time)
    knows = happened(terminal, 120_500, ClockTrust.OFFSET_KNOWN)
    terminal.send(knows)
    assert told(server, early[0]) == ("2026-11-21T00:00:01.000Z", "rebuilt", early[0].time)
    assert told(server, early[1])[0] == "2026-11-21T00:01:01.000Z"
    assert told(server, knows) == (knows.time, "claimed", knows.time)


def test_what_comes_after_the_time_is_known_is_rebuilt_at_once(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    knows = happened(terminal, 120_000, ClockTrust.SYNCHRONISED)
    in_the_same_batch = happened(terminal, 90_000, ClockTrust.UNKNOWN, off=400)
    terminal.send(knows, in_the_same_batch)
    restarted = happened(terminal, 500_000, ClockTrust.UNKNOWN, off=400)
    terminal.send(restarted)
    assert told(server, in_the_same_batch)[:2] == ("2026-11-21T00:01:30.000Z", "rebuilt")
    assert told(server, restarted)[:2] == ("2026-11-21T00:08:20.000Z", "rebuilt")


def test_another_boot_or_another_terminal_knows_nothing_of_this_one(
    server: PlatformServer, terminal: EnrolledTerminal, tmp_path: Any
) -> None:
    early = happened(terminal, 1_000, ClockTrust.UNKNOWN)
    terminal.send(early, happened(terminal, 5_000, ClockTrust.SYNCHRONISED, boot=OTHER_BOOT))
    with enrolled(server, tmp_path, "二号机") as other:
        other.send(happened(other, 9_000, ClockTrust.SYNCHRONISED))
    assert told(server, early)[:2] == (None, "unknown")


def test_the_nearest_of_several_anchors_counts(server: PlatformServer, terminal: EnrolledTerminal) -> None:
    """Its crystal loses a second a day; the anchors of a long boot keep the error small."""
    week_ms = 7 * 86_400_000
    for ms in range(0, week_ms + 1, ANCHOR_EVERY_MS):
        drifted = AT_BOOT + timedelta(milliseconds=ms, seconds=ms / 86_400_000)
        event = happened(terminal, ms, ClockTrust.SYNCHRONISED)
        terminal.send(
            CloudEvent(
                **{name: getattr(event, name) for name in event.__struct_fields__}
                | {"time": rfc3339(drifted)}
            )
        )
    late = happened(terminal, week_ms - 60_000, ClockTrust.UNKNOWN, off=-30)
    terminal.send(late)
    true_at, known_by, _ = told(server, late)
    assert known_by == "rebuilt"
    assert true_at is not None
    error = parse_rfc3339(true_at) - (AT_BOOT + timedelta(milliseconds=week_ms - 60_000, seconds=7))
    assert abs(error) < timedelta(milliseconds=300)


def test_a_boot_leaves_few_anchors(server: PlatformServer, terminal: EnrolledTerminal) -> None:
    terminal.send(*(happened(terminal, minute * 60_000, ClockTrust.SYNCHRONISED) for minute in range(150)))
    assert rows(server, "select count(*) from boot_anchors") == [(1,)]
    assert rows(server, "select count(*) from event_times") == [(0,)]


def test_a_repeat_is_counted_once(server: PlatformServer, terminal: EnrolledTerminal) -> None:
    early = happened(terminal, 1_000, ClockTrust.UNKNOWN)
    for _ in range(2):
        terminal.send(early)
    assert rows(server, "select count(*) from event_times") == [(1,)]


@given(
    st.lists(st.integers(0, 10**9), min_size=1, max_size=8, unique=True).map(sorted),
    st.integers(0, 2 * 10**9),
)
def test_a_clock_without_drift_is_rebuilt_to_the_millisecond(moments: list[int], monotonic_ms: int) -> None:
    anchors = [(moment, rfc3339(START + timedelta(milliseconds=moment))) for moment in moments]
    assert counted(anchors, monotonic_ms) == rfc3339(START + timedelta(milliseconds=monotonic_ms))


@pytest.mark.parametrize("monotonic_ms", [10**18, 9_223_372_036_854_775_807])
def test_a_moment_of_no_calendar_is_not_known(
    server: PlatformServer, terminal: EnrolledTerminal, monotonic_ms: int
) -> None:
    assert counted([(0, "2026-11-21T00:00:00.000Z")], monotonic_ms) is None


def test_gaps_say_since_when_and_whether_they_can_still_be_filled(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    first, second, third, fourth = (terminal.event(Stream.STATUS, terminal.status()) for _ in range(4))
    terminal.send(first, fourth)

    def gaps() -> list[tuple[int, int, bool]]:
        with requests.Session() as desk:
            summary = desk.get(f"{server.console_url}/console/summary", timeout=WITHIN_S).json()
        assert all(gap["since"].endswith("Z") for gap in summary["gaps"])
        return [(gap["first"], gap["last"], gap["store_replaced"]) for gap in summary["gaps"]]

    assert gaps() == [(2, 3, False)]
    terminal.send(second)
    assert gaps() == [(3, 3, False)]
    terminal.store_id, terminal.sequences = "2d7f4cd2-5c5f-4a2e-93da-8f8d75d3e7c2", {}
    terminal.send(terminal.event(Stream.STATUS, terminal.status()))
    assert gaps() == [(3, 3, True)], "a new epoch is no gap, and the old one's stays one"
    terminal.send(third)
    assert gaps() == []
