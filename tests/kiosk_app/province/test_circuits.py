"""One service in trouble takes nothing else down, and is left alone for a while."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from contract.answers import CaseAnswer, PlatformTime
from contract.sets import CaseState
from foundation.backoff import Backoff
from foundation.errors import Errors
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.connection import ConnectionMonitor, ConnectionState
from kiosk_app.province.outcomes import Answered, Unreachable
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.province.reachability import FAILURES_TO_OPEN, ONE_CALL_WITHIN_S, Reachability
from kiosk_app.terminal.views import Connection
from tests.fakes.clock import ManualClock
from tests.fakes.people import a_citizen
from tests.fakes.scripted_server import Request, Response, ScriptedServer
from tests.fixtures.enrolments import TERMINAL_ID
from tests.fixtures.terminals import an_enrolled_terminal

CASE_ID = "6f1a4d2e-0f3b-4c58-9a61-1b2c3d4e5f60"
FOUND = CaseAnswer(
    case_id=CASE_ID,
    case_no="1",
    state=CaseState.SUBMITTED,
    item_code="x",
    received_at="2026-11-21T02:10:08.000Z",
)


class Province:
    """Answers everything but sign-ins, which are in trouble."""

    def __init__(self) -> None:
        self.sign_ins = Response(503, b"", (("retry-after", "60"),))

    def __call__(self, request: Request) -> Response:
        if request.path == "/v1/time":
            time = PlatformTime(time="2026-11-21T02:10:08.000Z", terminal_id=TERMINAL_ID)
            return Response(200, msgspec.json.encode(time))
        return self.sign_ins if "sign-in" in request.path else Response(200, msgspec.json.encode(FOUND))


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def province() -> Iterator[ScriptedServer]:
    with ScriptedServer(Province()) as server:
        yield server


@pytest.fixture
def monitor(clock: ManualClock) -> ConnectionMonitor:
    return ConnectionMonitor(clock)


@pytest.fixture
def client(
    province: ScriptedServer, clock: ManualClock, monitor: ConnectionMonitor, tmp_path: Path
) -> Iterator[ProvinceClient]:
    client = ProvinceClient(
        province.url,
        an_enrolled_terminal(tmp_path).credentials,
        clock,
        PlatformClock(clock),
        monitor.observe,
        Reachability(clock, lambda: Backoff(10.0, 40.0, jitter=0.0)),
        monitor.doubt,
    )
    yield client
    client.close()


def sign_in(client: ProvinceClient, clock: ManualClock) -> Unreachable | str:
    outcome = client.sign_in_by_card(a_citizen(), "05.04-1", clock.utc_now())
    return outcome if isinstance(outcome, Unreachable) else type(outcome).__name__


def test_sign_ins_in_trouble_leave_the_rest_and_the_line_as_they_are(
    client: ProvinceClient, clock: ManualClock, monitor: ConnectionMonitor
) -> None:
    told: list[ConnectionState] = []
    doubts: list[None] = []
    monitor.listen(told.append)
    monitor.on_doubt = lambda: doubts.append(None)
    assert isinstance(client.time(), Answered)
    for _ in range(2 * FAILURES_TO_OPEN):
        assert isinstance(sign_in(client, clock), Unreachable)
        assert isinstance(client.case(CASE_ID), Answered)
    assert [state.connection for state in told] == [Connection.CONNECTED]
    assert len(doubts) == FAILURES_TO_OPEN


def test_a_service_in_trouble_is_left_alone_as_long_as_it_wishes_and_then_asked_once(
    client: ProvinceClient, clock: ManualClock, province: ScriptedServer
) -> None:
    for _ in range(FAILURES_TO_OPEN):
        sign_in(client, clock)
    assert sign_in(client, clock) == Unreachable(Errors.PROVINCE_BUSY)
    assert len(province.seen) == FAILURES_TO_OPEN
    clock.advance(59.9)
    sign_in(client, clock)
    assert len(province.seen) == FAILURES_TO_OPEN
    clock.advance(0.2)
    for _ in range(3):
        sign_in(client, clock)
    assert len(province.seen) == FAILURES_TO_OPEN + 1


def test_one_answer_closes_the_circuit(
    client: ProvinceClient, clock: ManualClock, province: ScriptedServer
) -> None:
    for _ in range(FAILURES_TO_OPEN):
        sign_in(client, clock)
    refused = Response(403, b'{"code":"PROV-008","message":{"zh":"-","en":"-"}}')
    assert isinstance(province.answer, Province)
    province.answer.sign_ins = refused
    clock.advance(60.0)
    assert [sign_in(client, clock) for _ in range(3)] == ["Refused"] * 3


def test_a_call_that_was_let_through_and_broken_off_shuts_nobody_out(clock: ManualClock) -> None:
    services = Reachability(clock, lambda: Backoff(10.0, 40.0, jitter=0.0))
    for _ in range(FAILURES_TO_OPEN):
        assert services.refusal("query") is None
        services.note("query", Errors.PROVINCE_UNREACHABLE)
    clock.advance(10.0)
    assert services.refusal("query") is None  # nobody says what came of it
    assert services.refusal("query") is Errors.PROVINCE_UNREACHABLE
    clock.advance(ONE_CALL_WITHIN_S)
    assert services.refusal("query") is None


def test_what_has_a_sender_of_its_own_is_never_held_back_here(clock: ManualClock) -> None:
    services = Reachability(clock)
    for _ in range(5):
        services.note("events", Errors.PROVINCE_BUSY)
    assert services.refusal("events") is None


def test_who_asks_is_told_what_is_left_alone_and_when_it_answers_again(clock: ManualClock) -> None:
    told: list[dict[str, float]] = []
    services = Reachability(clock, lambda: Backoff(10.0, 40.0, jitter=0.0))
    services.on_change = lambda left_alone: told.append(dict(left_alone))
    for _ in range(FAILURES_TO_OPEN):
        services.note("query", Errors.PROVINCE_BUSY)
        services.note("events", Errors.PROVINCE_BUSY)
    services.note("query", None)
    assert told == [{"query": clock.monotonic_s() + 10.0}, {}]
