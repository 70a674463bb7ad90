"""Fault switches do for real what they say, and are off unless somebody turns them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from province_platform.faults import FaultChange, Faults
from province_platform.server import PlatformServer
from tests.province_platform.terminals import WITHIN_S, EnrolledTerminal


def test_every_switch_is_off_at_the_start(server: PlatformServer) -> None:
    assert server.turn(FaultChange()) == Faults()


def test_refuse_takes_the_platform_off_the_network_and_puts_it_back(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    for _ in range(2):
        assert terminal.call("GET", "/v1/time").status_code == 200  # a connection stands
        server.turn(FaultChange(refuse=True))
        with pytest.raises(requests.exceptions.ConnectionError):
            terminal.call("GET", "/v1/time")
        with pytest.raises(requests.exceptions.ConnectionError, match="refused"):
            terminal.call("GET", "/v1/time")
        console = requests.get(f"{server.console_url}/console/faults", timeout=WITHIN_S).json()
        assert console["refuse"] is True
        server.turn(FaultChange(refuse=False))
    assert terminal.call("GET", "/v1/time").status_code == 200


def test_a_platform_that_refuses_can_still_be_stopped(server: PlatformServer) -> None:
    server.turn(FaultChange(refuse=True))
    server.stop()
    with pytest.raises(requests.exceptions.ConnectionError):
        requests.get(f"{server.console_url}/console/faults", timeout=WITHIN_S)


def test_slow_makes_a_call_wait_until_the_switch_is_turned_off(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    server.turn(FaultChange(slow_ms=600_000))
    with ThreadPoolExecutor(1) as beside:
        call = beside.submit(terminal.call, "GET", "/v1/time")
        with pytest.raises(requests.exceptions.ReadTimeout):
            requests.get(f"{server.terminal_url}/v1/authority", verify=terminal.session.verify, timeout=0.2)
        assert not call.done()
        server.turn(FaultChange(slow_ms=0))
        assert call.result(WITHIN_S).status_code == 200


def test_error_500_looks_like_a_proxy_in_front_of_a_dead_service(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    server.turn(FaultChange(error_500=True))
    answer = terminal.call("GET", "/v1/time")
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (500, "text/html")


@pytest.mark.parametrize("body", ["{", "[]", '{"explode": true}', '{"slow_ms": -1}', '{"refuse": "yes"}'])
def test_a_switch_that_does_not_exist_cannot_be_turned(server: PlatformServer, body: str) -> None:
    url, headers = f"{server.console_url}/console/faults", {"content-type": "application/json"}
    assert requests.post(url, data=body, headers=headers, timeout=WITHIN_S).status_code == 400
    assert requests.get(url, timeout=WITHIN_S).json() == {
        "refuse": False,
        "slow_ms": 0,
        "error_500": False,
        "drop_answer_after_commit": 0,
        "face_service_down": False,
    }
