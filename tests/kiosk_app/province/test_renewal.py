"""The certificate is renewed when two thirds of its life are over; whatever goes wrong, one is good."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives import serialization

from contract import operations
from contract.answers import Enrolment, RenewalRequest
from foundation.backoff import Backoff
from foundation.clock import SystemClock
from foundation.errors import Errors
from kiosk_app.config import TerminalPaths
from kiosk_app.config.records import read_enrolment
from kiosk_app.province.certificates import DeviceKey, moment_of_life, signing_request
from kiosk_app.province.client import PlatformCalls
from kiosk_app.province.credentials import Credentials
from kiosk_app.province.outcomes import Answered, Refused
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.province.renewal import CLOCK_KNOWN_WITHIN_S, LOOK_EVERY_S, CertificateKeeper
from province_platform.console_commands import revoke
from province_platform.server import PlatformServer
from tests.fakes.clock import ManualClock
from tests.fakes.scripted_server import Response, ScriptedServer
from tests.fixtures.places import enrolled_root
from tests.journeys.halls import eventually
from tests.province_platform.terminals import new_key

LIFE = timedelta(days=90)
STEP_S = 60.0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlatformServer]:
    with PlatformServer(tmp_path_factory.mktemp("platform"), certificate_valid=LIFE) as running:
        yield running


@dataclass
class House:
    """An enrolled terminal whose best known time the test moves; TLS goes by the machine's clock."""

    server: PlatformServer
    paths: TerminalPaths

    def __post_init__(self) -> None:
        self.clock = ManualClock(datetime.now(UTC))
        self.known = PlatformClock(self.clock)
        self.calls = self.a_line(self.server.terminal_url)
        self.keeper = self.a_keeper(self.calls)

    def a_line(self, url: str) -> PlatformCalls:
        return PlatformCalls(url, Credentials.load(self.paths).tls, SystemClock())

    def a_keeper(self, calls: PlatformCalls) -> CertificateKeeper:
        backoff = Backoff(STEP_S, LOOK_EVERY_S, jitter=0.0)
        return CertificateKeeper(self.paths, calls, self.known, draw=lambda: 0.5, backoff=backoff)

    def hears_the_time(self) -> None:
        now_s = self.clock.monotonic_s()
        self.known.learn(self.clock.utc_now(), now_s, now_s)

    @property
    def enrolment(self) -> Enrolment:
        enrolment = read_enrolment(self.paths)
        assert enrolment is not None
        return enrolment

    def rests(self, seconds: float) -> None:
        """The keeper has looked and rests that long."""
        assert self.clock.somebody_waits()
        assert self.clock.waits_s[-1] == pytest.approx(seconds, abs=1.0)


@pytest.fixture
def house(server: PlatformServer, tmp_path: Path) -> Iterator[House]:
    house = House(server, TerminalPaths(enrolled_root(server, tmp_path)))
    yield house
    house.calls.close()
    assert house.keeper.stop()


def test_it_is_renewed_after_two_thirds_of_its_life_and_both_are_good(house: House) -> None:
    before, other_line = house.enrolment, house.a_line(house.server.terminal_url)
    assert isinstance(other_line.call(operations.TIME), Answered)
    house.hears_the_time()
    house.keeper.start()
    house.rests(LOOK_EVERY_S)
    assert house.enrolment == before
    due = moment_of_life(before.certificate, 0.665)
    house.clock.advance((due - house.clock.utc_now()).total_seconds() + 1)
    kept = house.paths.terminal_certificate
    eventually(lambda: kept.read_text() != before.certificate)
    after = house.enrolment
    assert after.certificate != before.certificate
    assert moment_of_life(after.certificate, 1.0) >= moment_of_life(before.certificate, 1.0)
    assert kept.read_text() == after.certificate
    assert msgspec.structs.replace(after, certificate=before.certificate) == before
    assert isinstance(other_line.call(operations.TIME), Answered)  # the connection of before
    other_line.close()
    new_line = house.a_line(house.server.terminal_url)
    assert isinstance(new_line.call(operations.TIME), Answered)
    new_line.close()


def test_nothing_is_judged_by_a_clock_that_nobody_has_confirmed(house: House) -> None:
    before = house.enrolment
    house.clock.step_wall_clock(LIFE.total_seconds() * 10)
    house.keeper.start()
    house.rests(CLOCK_KNOWN_WITHIN_S)
    assert house.enrolment == before


def test_an_answer_that_was_lost_is_given_again(house: House) -> None:
    request = RenewalRequest(signing_request=signing_request(_key_of(house.paths)))
    body = msgspec.json.encode(request)
    lost, again = (house.calls.call(operations.RENEW, body=body) for _ in range(2))
    assert isinstance(lost, Answered)
    assert isinstance(again, Answered)
    assert again.value == lost.value
    assert house.enrolment.certificate != lost.value.certificate


def test_a_power_cut_between_enrolment_and_certificate_is_settled_at_the_next_start(house: House) -> None:
    house.hears_the_time()
    old_certificate = house.paths.terminal_certificate.read_text()
    house.keeper.start()
    assert house.keeper.renew_and_wait() is None
    house.paths.terminal_certificate.write_text(old_certificate)  # as if only the enrolment was written
    line = house.a_line(house.server.terminal_url)
    assert house.paths.terminal_certificate.read_text() == house.enrolment.certificate
    assert isinstance(line.call(operations.TIME), Answered)
    line.close()


def test_nobody_gets_a_certificate_for_a_key_of_his_own(house: House) -> None:
    request = RenewalRequest(signing_request=signing_request(new_key()))
    outcome = house.calls.call(operations.RENEW, body=msgspec.json.encode(request))
    assert isinstance(outcome, Refused)


def test_a_terminal_that_was_revoked_is_revoked_with_every_certificate(house: House) -> None:
    house.hears_the_time()
    house.keeper.start()
    assert house.keeper.renew_and_wait() is None
    database = house.server._parts.platform.database
    terminal_id = house.enrolment.terminal_id
    assert database.change(lambda connection: revoke(connection, terminal_id, "2026-11-21T00:00:00.000Z"))
    line = house.a_line(house.server.terminal_url)
    refused = line.call(operations.TIME)
    line.close()
    assert isinstance(refused, Refused)
    assert refused.error is Errors.TERMINAL_NOT_AUTHORISED
    assert house.keeper.renew_and_wait() is Errors.TERMINAL_NOT_AUTHORISED


@pytest.mark.parametrize("changed", ["terminal_id", "authority", "certificate", "sealing_key"])
def test_what_is_not_the_same_terminals_next_certificate_changes_nothing(house: House, changed: str) -> None:
    before = house.enrolment
    wrong = msgspec.structs.replace(before, **{changed: f"another {changed}"})
    with ScriptedServer(lambda _: Response(200, msgspec.json.encode(wrong))) as impostor:
        calls = house.a_line(impostor.url)
        keeper = house.a_keeper(calls)
        keeper.start()
        assert keeper.renew_and_wait() is Errors.PROVINCE_NOT_UNDERSTOOD
        calls.close()
        assert keeper.stop()
    assert house.enrolment == before


def test_who_cannot_renew_asks_again_later_and_keeps_what_is_good(house: House) -> None:
    before = house.enrolment
    with ScriptedServer(lambda _: Response(503)) as busy:
        calls = house.a_line(busy.url)
        keeper = house.a_keeper(calls)
        keeper.start()
        assert keeper.renew_and_wait() is Errors.PROVINCE_BUSY
        house.rests(STEP_S)
        calls.close()
        assert keeper.stop()
    assert house.enrolment == before


def _key_of(paths: TerminalPaths) -> DeviceKey:
    key = serialization.load_pem_private_key(paths.terminal_key.read_bytes(), None)
    assert isinstance(key, DeviceKey)
    return key
