"""The platform's time is believed by its signature and our number, whatever the dates of certificates say."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from contract.answers import PlatformTime
from contract.operations import NONCE_HEADER, SIGNATURE_HEADER
from contract.sealing import make_private_key
from contract.sets import ClockTrust
from contract.signing import Signer
from foundation.clock import SystemClock, rfc3339
from foundation.errors import Errors
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.outcomes import Answered, Outcome, Unreachable
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.province.time_floor import TimeFloor
from tests.fakes.scripted_server import Request, Response, ScriptedServer
from tests.fixtures.enrolments import TERMINAL_ID
from tests.fixtures.terminals import EnrolledTerminal, an_enrolled_terminal

YEAR = timedelta(days=365)


class ShiftedClock(SystemClock):
    """The machine's clock, wrong by ``wrong_by``."""

    def __init__(self, wrong_by: timedelta) -> None:
        self.wrong_by = wrong_by

    def utc_now(self) -> datetime:
        return datetime.now(UTC) + self.wrong_by

    def wait(self, event: threading.Event, timeout_s: float) -> bool:
        return event.wait(timeout_s)


@dataclass
class SigningPlatform:
    """Answers every question with its time: signed with the number asked with, unless told otherwise."""

    signer: Signer
    apart: timedelta = timedelta(0)
    signed: bool = True
    nonce: str | None = None
    nonces: list[str] = field(default_factory=list)

    def __call__(self, request: Request) -> Response:
        asked = request.headers.get(NONCE_HEADER, "")
        self.nonces.append(asked)
        said = PlatformTime(
            time=rfc3339(datetime.now(UTC) + self.apart),
            terminal_id=TERMINAL_ID,
            nonce=asked if self.nonce is None else self.nonce,
        )
        body = msgspec.json.encode(said)
        headers = ((SIGNATURE_HEADER, self.signer.sign(body)),) if self.signed else ()
        return Response(200, body, headers)


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> EnrolledTerminal:
    return an_enrolled_terminal(tmp_path_factory.mktemp("terminal"))


@pytest.fixture
def platform(terminal: EnrolledTerminal) -> SigningPlatform:
    return SigningPlatform(terminal.item_signer)


@pytest.fixture
def server(terminal: EnrolledTerminal, platform: SigningPlatform) -> Iterator[ScriptedServer]:
    with ScriptedServer(
        platform, certificate=terminal.server_files, authority=terminal.paths.authority_certificate
    ) as server:
        yield server


@pytest.fixture
def untimely_server(
    terminal: EnrolledTerminal, platform: SigningPlatform, tmp_path: Path
) -> Iterator[ScriptedServer]:
    """Its certificate ended half a year ago: the same to the terminal as a clock that is half a year late."""
    untimely = terminal.authority.issue("127.0.0.1", server=True, valid_from_days=-210)
    with ScriptedServer(platform, certificate=untimely.write(tmp_path, "untimely")) as server:
        yield server


@dataclass
class Asking:
    client: ProvinceClient
    clock: PlatformClock
    observed: list[Outcome[object]]


@pytest.fixture
def machine() -> ShiftedClock:
    return ShiftedClock(timedelta(0))


@pytest.fixture
def floor(tmp_path: Path) -> TimeFloor:
    return TimeFloor(tmp_path / "time")


def asking(url: str, terminal: EnrolledTerminal, machine: ShiftedClock, floor: TimeFloor) -> Iterator[Asking]:
    clock, observed = PlatformClock(machine, floor), list[Outcome[object]]()
    client = ProvinceClient(url, terminal.credentials, clock, clock, observed.append)
    yield Asking(client, clock, observed)
    client.close()


@pytest.fixture
def ours(
    server: ScriptedServer, terminal: EnrolledTerminal, machine: ShiftedClock, floor: TimeFloor
) -> Iterator[Asking]:
    yield from asking(server.url, terminal, machine, floor)


@pytest.fixture
def late(
    untimely_server: ScriptedServer, terminal: EnrolledTerminal, machine: ShiftedClock, floor: TimeFloor
) -> Iterator[Asking]:
    yield from asking(untimely_server.url, terminal, machine, floor)


@pytest.mark.parametrize("wrong_by", [-5 * YEAR, -timedelta(hours=5), timedelta(0), YEAR])
def test_a_signed_answer_puts_any_clock_right(
    ours: Asking, machine: ShiftedClock, floor: TimeFloor, wrong_by: timedelta
) -> None:
    machine.wrong_by = wrong_by
    assert isinstance(ours.client.time(), Answered)
    assert abs(ours.clock.utc_now() - datetime.now(UTC)) < timedelta(seconds=3)
    right = ClockTrust.OFFSET_KNOWN if wrong_by else ClockTrust.SYNCHRONISED
    assert ours.clock.trust() is right
    kept = floor.lowest()
    assert kept is not None
    assert abs(kept - datetime.now(UTC)) < timedelta(seconds=5)


def test_every_question_has_a_number_of_its_own(ours: Asking, platform: SigningPlatform) -> None:
    for _ in range(3):
        ours.client.time()
    assert len(set(platform.nonces)) == 3
    assert "" not in platform.nonces


def test_an_answer_without_a_signature_says_that_somebody_is_there_and_teaches_nothing(
    ours: Asking, platform: SigningPlatform
) -> None:
    platform.signed = False
    assert isinstance(ours.client.time(), Answered)
    assert ours.clock.trust() is ClockTrust.UNKNOWN


def test_an_answer_to_another_question_is_no_answer(ours: Asking, platform: SigningPlatform) -> None:
    platform.nonce = "5bd6a3f0-0000-4000-8000-000000000001"
    assert ours.client.time() == Unreachable(Errors.PROVINCE_NOT_UNDERSTOOD)
    assert ours.clock.trust() is ClockTrust.UNKNOWN


def test_a_signature_of_anybody_else_is_no_answer(ours: Asking, platform: SigningPlatform) -> None:
    platform.signer = Signer(make_private_key())
    assert ours.client.time() == Unreachable(Errors.PROVINCE_NOT_UNDERSTOOD)
    assert ours.clock.trust() is ClockTrust.UNKNOWN


def test_a_terminal_ahead_of_the_certificate_learns_the_time_and_everything_works(
    late: Asking, platform: SigningPlatform, untimely_server: ScriptedServer
) -> None:
    platform.apart = -timedelta(days=200)  # when that certificate was good
    assert isinstance(late.client.time(), Answered)
    assert late.clock.trust() is ClockTrust.OFFSET_KNOWN
    assert [type(outcome) for outcome in late.observed] == [Answered], "one question, one outcome"
    untimely_server.answer = lambda _: Response(404, b"{}")
    assert late.client.case("no") == Unreachable(Errors.PROVINCE_NOT_UNDERSTOOD), "it was reached"
    untimely_server.answer = platform
    assert isinstance(late.client.time(), Answered)


def test_a_certificate_that_has_really_ended_is_refused_by_the_platforms_own_time(late: Asking) -> None:
    assert late.client.time() == Unreachable(Errors.PLATFORM_OUT_OF_TIME)
    assert late.clock.trust() is ClockTrust.UNKNOWN


def test_a_certificate_that_ends_while_the_offset_is_known_is_refused(
    late: Asking, platform: SigningPlatform
) -> None:
    platform.apart = -timedelta(days=200)
    assert isinstance(late.client.time(), Answered)
    late.clock.learn(datetime.now(UTC) - timedelta(days=100), *2 * (late.clock.monotonic_s(),))
    late.client.interrupt()  # its connections are gone, as after a while without a call
    assert late.client.case("x") == Unreachable(Errors.PLATFORM_OUT_OF_TIME)


def test_without_a_signature_no_certificate_out_of_time_is_believed(
    late: Asking, platform: SigningPlatform
) -> None:
    platform.apart, platform.signed = -timedelta(days=200), False
    assert late.client.time() == Unreachable(Errors.PLATFORM_OUT_OF_TIME)
    assert late.clock.trust() is ClockTrust.UNKNOWN


def test_a_time_that_is_certainly_past_is_not_believed_on_a_certificate_out_of_time(
    late: Asking, platform: SigningPlatform, floor: TimeFloor
) -> None:
    floor.raise_to(datetime.now(UTC) - timedelta(days=199))
    platform.apart = -timedelta(days=200)
    assert late.client.time() == Unreachable(Errors.PLATFORM_OUT_OF_TIME)
    assert late.clock.trust() is ClockTrust.UNKNOWN


def test_a_clock_that_is_set_back_while_it_runs_breaks_no_call(ours: Asking, machine: ShiftedClock) -> None:
    assert isinstance(ours.client.time(), Answered)
    for wrong_by in (-10 * YEAR, timedelta(0), 10 * YEAR):
        machine.wrong_by = wrong_by
        assert isinstance(ours.client.time(), Answered)
        assert abs(ours.clock.utc_now() - datetime.now(UTC)) < timedelta(seconds=3)
