"""One lost call is an accident, two are a word; and the word is told once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from contract.answers import PlatformTime
from foundation.backoff import Backoff
from foundation.clock import SystemClock
from foundation.errors import Errors
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.connection import (
    TIME_AT_LEAST_EVERY_S,
    ConnectionMonitor,
    ConnectionProbe,
    ConnectionState,
)
from kiosk_app.province.outcomes import Answered, Refused, Unreachable
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.terminal.views import Connection
from tests.fakes.clock import START, ManualClock
from tests.fakes.scripted_server import Request, Response, ScriptedServer
from tests.fixtures.enrolments import TERMINAL_ID
from tests.fixtures.terminals import an_enrolled_terminal

ANSWER = Answered(None)
LOST = Unreachable(Errors.PROVINCE_UNREACHABLE)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def told() -> list[ConnectionState]:
    return []


@pytest.fixture
def monitor(clock: ManualClock, told: list[ConnectionState]) -> ConnectionMonitor:
    monitor = ConnectionMonitor(clock)
    monitor.listen(told.append)
    return monitor


def test_nothing_is_known_until_somebody_asked(monitor: ConnectionMonitor) -> None:
    assert monitor.state() == ConnectionState(Connection.UNKNOWN, START)


@pytest.mark.parametrize(("outcome", "word"), [(ANSWER, Connection.CONNECTED), (LOST, Connection.OFFLINE)])
def test_the_first_outcome_is_believed(
    monitor: ConnectionMonitor, told: list[ConnectionState], outcome: Answered[None], word: Connection
) -> None:
    monitor.observe(outcome)
    assert [state.connection for state in told] == [word]


def test_one_lost_call_is_doubt_and_two_are_offline_since_the_first(
    monitor: ConnectionMonitor, clock: ManualClock, told: list[ConnectionState]
) -> None:
    doubts: list[int] = []
    monitor.on_doubt = lambda: doubts.append(1)
    monitor.observe(ANSWER)
    clock.advance(60)
    first_loss = clock.utc_now()
    monitor.observe(LOST)
    assert (monitor.state().connection, len(doubts)) == (Connection.CONNECTED, 1)
    clock.advance(3)
    monitor.observe(LOST)
    assert told[-1] == ConnectionState(Connection.OFFLINE, first_loss, Errors.PROVINCE_UNREACHABLE)
    clock.advance(60)
    monitor.observe(Unreachable(Errors.PROVINCE_BUSY))
    assert monitor.state() == ConnectionState(Connection.OFFLINE, first_loss, Errors.PROVINCE_BUSY)
    assert len(told) == 2


def test_a_line_that_flaps_is_not_told_each_time(
    monitor: ConnectionMonitor, told: list[ConnectionState]
) -> None:
    monitor.observe(LOST)
    for _ in range(20):
        monitor.observe(ANSWER)
        monitor.observe(LOST)
    assert [state.connection for state in told] == [Connection.OFFLINE]
    monitor.observe(ANSWER)
    monitor.observe(ANSWER)
    assert told[-1].connection is Connection.CONNECTED


def test_a_refusal_proves_that_the_province_is_there_but_not_to_a_stranger(
    monitor: ConnectionMonitor, told: list[ConnectionState]
) -> None:
    monitor.observe(Refused(Errors.QUERY_REFUSED))
    assert told[-1].connection is Connection.CONNECTED
    monitor.observe(Refused(Errors.TERMINAL_NOT_AUTHORISED))
    monitor.observe(Refused(Errors.TERMINAL_NOT_AUTHORISED))
    assert (told[-1].connection, told[-1].error) == (Connection.OFFLINE, Errors.TERMINAL_NOT_AUTHORISED)


def the_time(_: Request) -> Response:
    time = PlatformTime(time="2026-11-21T02:10:07.123Z", terminal_id=TERMINAL_ID)
    return Response(200, msgspec.json.encode(time))


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[ScriptedServer]:
    with ScriptedServer(the_time) as server:
        yield server


def test_the_probe_finds_out_that_the_platform_goes_and_comes_back(
    platform: ScriptedServer, tmp_path: Path
) -> None:
    clock = SystemClock()
    monitor = ConnectionMonitor(clock)
    changes: dict[Connection, threading.Event] = {word: threading.Event() for word in Connection}
    monitor.listen(lambda state: changes[state.connection].set())
    credentials = an_enrolled_terminal(tmp_path).credentials
    client = ProvinceClient(platform.url, credentials, clock, PlatformClock(clock), monitor.observe)
    probe = ConnectionProbe(client, monitor, clock, quiet_limit_s=0.05, offline_backoff=Backoff(0.02, 0.05))
    probe.start()
    try:
        assert changes[Connection.CONNECTED].wait(5)
        platform.answer = lambda _: None
        assert changes[Connection.OFFLINE].wait(5)
        changes[Connection.CONNECTED].clear()
        platform.answer = the_time
        assert changes[Connection.CONNECTED].wait(5)
    finally:
        client.close()
        assert probe.stop()


def waits_came_to(clock: ManualClock, waits_s: tuple[float, ...]) -> bool:
    with clock._changed:
        return clock._changed.wait_for(lambda: tuple(clock._waits_s) == waits_s, 5)


def test_other_calls_put_the_probe_off(platform: ScriptedServer, tmp_path: Path, clock: ManualClock) -> None:
    monitor = ConnectionMonitor(clock)
    credentials = an_enrolled_terminal(tmp_path).credentials
    client = ProvinceClient(platform.url, credentials, clock, PlatformClock(clock), monitor.observe)
    probe = ConnectionProbe(client, monitor, clock, quiet_limit_s=30)
    probe.start()
    try:
        assert waits_came_to(clock, (30.0,))
        clock.advance(20)
        monitor.observe(ANSWER)
        clock.advance(10)
        assert waits_came_to(clock, (30.0, 20.0))
        assert len(platform.seen) == 1
        clock.advance(20)
        assert waits_came_to(clock, (30.0, 20.0, 30.0))
        assert len(platform.seen) == 2
    finally:
        client.close()
        assert probe.stop()


def test_however_busy_the_line_is_the_time_is_asked_for(
    platform: ScriptedServer, tmp_path: Path, clock: ManualClock
) -> None:
    monitor = ConnectionMonitor(clock)
    credentials = an_enrolled_terminal(tmp_path).credentials
    client = ProvinceClient(platform.url, credentials, clock, PlatformClock(clock), monitor.observe)
    probe = ConnectionProbe(client, monitor, clock, quiet_limit_s=30)
    probe.start()
    began_s = clock.monotonic_s()
    waits_s: tuple[float, ...] = (30.0,)
    try:
        while clock.monotonic_s() - began_s < TIME_AT_LEAST_EVERY_S:
            assert waits_came_to(clock, waits_s)
            assert len(platform.seen) == 1, "there was always another call"
            clock.advance(waits_s[-1] - 1)
            monitor.observe(ANSWER)
            clock.advance(1)
            waits_s += (29.0,)
        assert waits_came_to(clock, (*waits_s[:-1], 30.0))
        assert len(platform.seen) == 2
    finally:
        client.close()
        assert probe.stop()
