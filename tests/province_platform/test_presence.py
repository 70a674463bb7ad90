"""离线: computed by the platform from heartbeats that did not come."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import requests

from contract.payloads import DeviceReport
from contract.sets import DeviceHealth, Stream, TerminalState
from province_platform.presence import MISSED_HEARTBEATS, Presence
from province_platform.server import PlatformServer
from tests.fakes.clock import ManualClock
from tests.province_platform.terminals import WITHIN_S, EnrolledTerminal


def seen(server: PlatformServer) -> dict[str, Any]:
    (terminal,) = requests.get(f"{server.console_url}/console/summary", timeout=WITHIN_S).json()["terminals"]
    assert isinstance(terminal, dict)
    return terminal


def test_a_terminal_is_offline_after_it_missed_its_heartbeats_and_back_with_the_next(
    server: PlatformServer, terminal: EnrolledTerminal, clock: ManualClock
) -> None:
    status = terminal.status(
        TerminalState.PARTLY_UNAVAILABLE,
        worst_device="receipt_printer",
        devices=[DeviceReport(device="receipt_printer", health=DeviceHealth.UNAVAILABLE, error="PRNT-002")],
    )
    terminal.send(terminal.event(Stream.STATUS, status))
    allowance_s = MISSED_HEARTBEATS * terminal.enrolment.heartbeat_s
    clock.advance(allowance_s)
    assert seen(server)["state"] == "partly_unavailable"
    clock.advance(1)
    assert (seen(server)["state"], seen(server)["last_state"]) == ("offline", "partly_unavailable")
    assert seen(server)["silent_s"] == allowance_s + 1
    terminal.call("GET", "/v1/time")
    assert seen(server)["state"] == "partly_unavailable"
    assert seen(server)["status"]["worst_device"] == "receipt_printer"


def test_a_step_of_the_wall_clock_makes_nobody_offline(
    server: PlatformServer, terminal: EnrolledTerminal, clock: ManualClock
) -> None:
    terminal.call("GET", "/v1/time")
    clock.step_wall_clock(7200)
    assert seen(server)["state"] == "unknown", "it never reported a state, and it is there"


def test_after_a_start_everybody_has_a_whole_allowance_to_call(clock: ManualClock) -> None:
    presence = Presence(clock, heartbeat_s=60)
    clock.advance(180)
    assert not presence.is_offline("anybody")
    clock.advance(1)
    assert presence.is_offline("anybody")


def test_a_late_status_does_not_take_the_place_of_a_newer_one(
    server: PlatformServer, terminal: EnrolledTerminal, tmp_path: Path
) -> None:
    old = terminal.event(Stream.STATUS, terminal.status(TerminalState.FAULT))
    new = terminal.event(Stream.STATUS, terminal.status(TerminalState.NORMAL))
    terminal.send(new)
    terminal.send(old)
    assert seen(server)["state"] == "normal"
