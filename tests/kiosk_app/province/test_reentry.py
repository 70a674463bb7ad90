"""A province was away for a fleet of terminals, and is back: when may this one empty its queue?"""

from __future__ import annotations

import queue
from pathlib import Path

import pytest

from contract.answers import PlatformTime
from foundation.clock import SystemClock
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.connection import ConnectionState
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.province.reentry import UNTOLD_S, Reentry
from kiosk_app.province.uplink import Uplink
from kiosk_app.terminal.views import Connection
from tests.fakes.clock import ManualClock
from tests.fakes.event_ledger import EventLedger
from tests.fakes.scripted_server import ScriptedServer
from tests.fixtures.enrolments import TERMINAL_ID
from tests.fixtures.stores import a_store, an_event
from tests.fixtures.terminals import an_enrolled_terminal


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


def told(reentry: Reentry, clock: ManualClock, *states: Connection) -> None:
    for state in states:
        reentry.connection_changed(ConnectionState(state, clock.utc_now()))


def answer(window_s: int) -> PlatformTime:
    return PlatformTime(time="2026-11-21T02:10:07.123Z", terminal_id="T-1", drain_window_s=window_s)


def test_a_terminal_that_lost_nothing_sends_at_once(clock: ManualClock) -> None:
    reentry = Reentry(clock)
    assert reentry.closed_for_s() == 0.0
    told(reentry, clock, Connection.CONNECTED)
    reentry.heard(answer(300))
    assert reentry.closed_for_s() == 0.0


def test_after_an_outage_it_waits_for_the_moment_that_it_drew(clock: ManualClock) -> None:
    reentry = Reentry(clock, draw=lambda: 0.5)
    drawn: list[float] = []
    reentry.on_drawn = lambda: drawn.append(reentry.closed_for_s())
    told(reentry, clock, Connection.CONNECTED, Connection.OFFLINE, Connection.CONNECTED)
    reentry.heard(answer(300))
    assert drawn == [150.0]
    clock.advance(149.0)
    assert reentry.closed_for_s() == 1.0
    clock.advance(1.0)
    assert reentry.closed_for_s() == 0.0


def test_only_the_first_word_after_a_return_draws(clock: ManualClock) -> None:
    reentry = Reentry(clock, draw=lambda: 0.5)
    told(reentry, clock, Connection.OFFLINE, Connection.CONNECTED)
    reentry.heard(answer(20))
    clock.advance(10.0)
    reentry.heard(answer(20))
    assert reentry.closed_for_s() == 0.0


def test_a_small_fleet_has_no_window(clock: ManualClock) -> None:
    reentry = Reentry(clock)
    told(reentry, clock, Connection.OFFLINE, Connection.CONNECTED)
    reentry.heard(answer(0))
    assert reentry.closed_for_s() == 0.0


def test_who_is_told_of_no_window_does_not_wait_for_one(clock: ManualClock) -> None:
    reentry = Reentry(clock)
    told(reentry, clock, Connection.OFFLINE, Connection.CONNECTED)
    assert reentry.closed_for_s() == UNTOLD_S
    clock.advance(UNTOLD_S)
    assert reentry.closed_for_s() == 0.0


def test_while_it_is_away_there_is_no_turn_to_wait_for(clock: ManualClock) -> None:
    reentry = Reentry(clock, draw=lambda: 1.0)
    told(reentry, clock, Connection.OFFLINE, Connection.CONNECTED)
    reentry.heard(answer(300))
    told(reentry, clock, Connection.OFFLINE)
    assert reentry.closed_for_s() == 0.0


def test_out_of_turn_goes_only_what_somebody_waits_for(clock: ManualClock, tmp_path: Path) -> None:
    ledger, confirmed = EventLedger(), queue.Queue[str]()
    credentials = an_enrolled_terminal(tmp_path).credentials
    with a_store(tmp_path) as store, ScriptedServer(ledger) as platform:
        client = ProvinceClient(platform.url, credentials, SystemClock(), PlatformClock(SystemClock()))
        uplink = Uplink(store.outbox, client, TERMINAL_ID, clock, lambda subject, *_: confirmed.put(subject))
        uplink.reentry = Reentry(clock, draw=lambda: 1.0)
        store.outbox.on_committed = uplink.wake
        told(uplink.reentry, clock, Connection.OFFLINE, Connection.CONNECTED)
        uplink.reentry.heard(answer(60))
        weeks_old = an_event("rating", "case/old", priority=1)
        waited_for = an_event("case", "case/now", priority=0)
        store.outbox.append([weeks_old, waited_for])
        uplink.start()
        try:
            assert confirmed.get(timeout=10) == "case/now"
            assert clock.somebody_waits()
            assert [event.id for event in ledger.stored] == [waited_for.id]
            clock.advance(60.0)
            assert confirmed.get(timeout=10) == "case/old"
        finally:
            client.close()
            assert uplink.stop()
