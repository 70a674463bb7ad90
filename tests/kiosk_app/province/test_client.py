"""A call to the province ends in a value: answered, refused, out of reach, or not the platform at all."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from contract import answers
from contract.items import LocalText
from contract.sets import Assurance, QueryOutcome
from contract.signing import Signer, Verifier, card_proof_content
from foundation.clock import SystemClock
from foundation.errors import ErrorCode, Errors
from kiosk_app.config import TerminalPaths
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.credentials import Credentials, NotEnrolledError
from kiosk_app.province.exchange import LARGEST_ANSWER_BYTES, TlsFiles
from kiosk_app.province.outcomes import Answered, Outcome, Refused, Unreachable
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.province.reachability import Reachability
from tests.fakes.clock import ManualClock
from tests.fakes.scripted_server import Request, Response, ScriptedServer
from tests.fixtures.certificates import TestAuthority
from tests.fixtures.enrolments import TERMINAL_ID
from tests.fixtures.terminals import EnrolledTerminal, an_enrolled_terminal

NUMBER = "11010519491231002X"
NO_DAY = b'{"time":"2026-99-99T02:10:07.123Z","terminal_id":"1"}'
IDENTITY = answers.Identity(name="测试人", number=NUMBER, birth_date="1949-12-31", address="北京市东城区")
SESSION = answers.CitizenSession(
    session_id="5bd6a3f0-0000-4000-8000-000000000001",
    token="token-of-the-session",
    subject_ref="ref",
    assurance=Assurance.CARD_VERIFIED,
    expires_in_s=900,
)


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> EnrolledTerminal:
    return an_enrolled_terminal(tmp_path_factory.mktemp("terminal"))


def the_time(_: Request) -> Response:
    return json_response(answers.PlatformTime(time="2026-11-21T02:10:07.123Z", terminal_id=TERMINAL_ID))


def json_response(value: object, status: int = 200) -> Response:
    return Response(status, msgspec.json.encode(value), (("content-type", "application/json"),))


@pytest.fixture
def platform(terminal: EnrolledTerminal) -> Iterator[ScriptedServer]:
    with ScriptedServer(
        the_time, certificate=terminal.server_files, authority=terminal.paths.authority_certificate
    ) as server:
        yield server


@pytest.fixture
def observed() -> list[Outcome[object]]:
    return []


@pytest.fixture
def client(
    terminal: EnrolledTerminal, platform: ScriptedServer, observed: list[Outcome[object]]
) -> Iterator[ProvinceClient]:
    yield from a_client(platform.url, terminal.credentials, observed)


def a_client(url: str, credentials: Credentials, observed: list[Outcome[object]]) -> Iterator[ProvinceClient]:
    clock = SystemClock()
    client = ProvinceClient(url, credentials, clock, PlatformClock(clock), observed.append)
    yield client
    client.close()


def test_the_platform_is_met_by_its_certificate_and_ours(
    client: ProvinceClient, observed: list[Outcome[object]]
) -> None:
    assert client.time() == Answered(
        answers.PlatformTime(time="2026-11-21T02:10:07.123Z", terminal_id=TERMINAL_ID)
    )
    assert len(observed) == 1


def test_one_connection_serves_many_calls(client: ProvinceClient, platform: ScriptedServer) -> None:
    ports = set()

    def note_port(request: Request) -> Response:
        ports.add(threading.get_ident())  # a thread of the server is a connection
        return the_time(request)

    platform.answer = note_port
    for _ in range(5):
        assert isinstance(client.time(), Answered)
    assert len(ports) == 1


@pytest.mark.parametrize(
    ("response", "outcome"),
    [
        (Response(200, b"<html><body>Please accept our terms</body></html>"), Errors.PROVINCE_NOT_UNDERSTOOD),
        (Response(200, b'{"time":"2026-11-21T02'), Errors.PROVINCE_NOT_UNDERSTOOD),
        (Response(200, NO_DAY), Errors.PROVINCE_NOT_UNDERSTOOD),
        (Response(200, b'{"x":' + b"[" * 100_000), Errors.PROVINCE_NOT_UNDERSTOOD),
        (Response(200, b""), Errors.PROVINCE_NOT_UNDERSTOOD),
        (Response(200, b"{}", announced=400), Errors.PROVINCE_UNREACHABLE),
        (Response(302, b"", (("location", "https://portal.example/"),)), Errors.PROVINCE_NOT_UNDERSTOOD),
        (Response(304, b""), Errors.PROVINCE_NOT_UNDERSTOOD),
        (Response(401, b"<html>Log in</html>"), Errors.PROVINCE_NOT_UNDERSTOOD),
        (Response(404, b'{"detail":"Not Found"}'), Errors.PROVINCE_NOT_UNDERSTOOD),
        (Response(500, b"oops"), Errors.PROVINCE_BUSY),
        (Response(503, b'{"code":"PROV-001","message":{"zh":"-","en":"busy"}}'), Errors.PROVINCE_BUSY),
        (
            Response(200, b"\x1f\x8b\x00broken", (("content-encoding", "gzip"),)),
            Errors.PROVINCE_NOT_UNDERSTOOD,
        ),
        (None, Errors.PROVINCE_UNREACHABLE),
    ],
)
def test_what_is_no_answer_of_the_platform_is_told_apart(
    client: ProvinceClient,
    platform: ScriptedServer,
    observed: list[Outcome[object]],
    response: Response | None,
    outcome: ErrorCode,
) -> None:
    platform.answer = lambda _: response
    assert client.time() == Unreachable(outcome)
    if response is None or response.body != NO_DAY:
        assert observed == [Unreachable(outcome)]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ((("retry-after", "17"),), 17.0),
        ((("retry-after", "999999"),), 3600.0),
        ((("retry-after", "soon"),), None),
        ((("retry-after", "Sat, 21 Nov 2026 02:11:07 GMT"), ("date", "Sat, 21 Nov 2026 02:10:07 GMT")), 60.0),
        ((), None),
    ],
)
def test_a_busy_platform_may_say_when_to_come_back(
    client: ProvinceClient,
    platform: ScriptedServer,
    headers: tuple[tuple[str, str], ...],
    seconds: float | None,
) -> None:
    platform.answer = lambda _: Response(429, b"", headers)
    assert client.time() == Unreachable(Errors.PROVINCE_BUSY, seconds)


def test_a_refusal_carries_code_and_sentence(client: ProvinceClient, platform: ScriptedServer) -> None:
    sentence = LocalText("请重新登录", "Please sign in again")
    platform.answer = lambda _: json_response(answers.Problem(code="PROV-005", message=sentence), 401)
    assert client.cases(SESSION) == Refused(Errors.SIGN_IN_EXPIRED, sentence)
    platform.answer = lambda _: json_response(answers.Problem(code="PROV-004", message=sentence), 401)
    assert client.time() == Refused(Errors.TERMINAL_NOT_AUTHORISED, sentence)
    platform.answer = lambda _: json_response(answers.Problem(code="NEWR-123", message=sentence), 409)
    assert client.time() == Refused(Errors.PROVINCE_NOT_UNDERSTOOD, sentence)


def test_nobody_at_the_address_is_out_of_reach(
    terminal: EnrolledTerminal, observed: list[Outcome[object]]
) -> None:
    for url in ("https://127.0.0.1:1", "https://nowhere.invalid"):
        for client in a_client(url, terminal.credentials, observed):
            assert client.time() == Unreachable(Errors.PROVINCE_UNREACHABLE)


def test_a_stranger_with_a_certificate_of_his_own_is_not_the_platform(
    terminal: EnrolledTerminal, observed: list[Outcome[object]], tmp_path: Path
) -> None:
    strange = TestAuthority("Somebody else").issue("127.0.0.1", server=True).write(tmp_path, "strange")
    with ScriptedServer(the_time, certificate=strange) as server:
        for client in a_client(server.url, terminal.credentials, observed):
            assert client.time() == Unreachable(Errors.PROVINCE_NOT_UNDERSTOOD)
        assert server.seen == []


def test_plain_http_where_tls_was_expected_is_not_the_platform(
    terminal: EnrolledTerminal, observed: list[Outcome[object]]
) -> None:
    with ScriptedServer(the_time) as server:
        secure = server.url.replace("http://", "https://")
        for client in a_client(secure, terminal.credentials, observed):
            assert client.time() == Unreachable(Errors.PROVINCE_NOT_UNDERSTOOD)


@pytest.mark.parametrize("starts_in_days", [-60, 30])
def test_a_certificate_out_of_its_time_says_that_a_clock_is_wrong(
    terminal: EnrolledTerminal, observed: list[Outcome[object]], tmp_path: Path, starts_in_days: int
) -> None:
    untimely = terminal.authority.issue("127.0.0.1", server=True, valid_from_days=starts_in_days)
    with ScriptedServer(the_time, certificate=untimely.write(tmp_path, "untimely")) as server:
        for client in a_client(server.url, terminal.credentials, observed):
            assert client.time() == Unreachable(Errors.PLATFORM_OUT_OF_TIME)


def test_our_certificate_not_being_accepted_asks_for_a_new_enrolment(
    terminal: EnrolledTerminal, platform: ScriptedServer, observed: list[Outcome[object]], tmp_path: Path
) -> None:
    stranger = TestAuthority("Somebody else").issue(TERMINAL_ID).write(tmp_path, "stranger")
    strange = TlsFiles(terminal.paths.authority_certificate, *stranger)
    for client in a_client(platform.url, replace(terminal.credentials, tls=strange), observed):
        assert client.time() == Refused(Errors.TERMINAL_NOT_AUTHORISED)
    nobody = TlsFiles(terminal.paths.authority_certificate)
    for client in a_client(platform.url, replace(terminal.credentials, tls=nobody), observed):
        assert client.time() == Refused(Errors.TERMINAL_NOT_AUTHORISED)
    assert platform.seen == []


def test_an_answer_without_end_is_cut_off(client: ProvinceClient, platform: ScriptedServer) -> None:
    platform.answer = lambda _: Response(200, b" " * (LARGEST_ANSWER_BYTES + 1))
    assert client.time() == Unreachable(Errors.PROVINCE_NOT_UNDERSTOOD)


def test_an_interruption_breaks_a_call_under_way_says_nothing_of_the_line_and_harms_no_later_call(
    client: ProvinceClient, platform: ScriptedServer, observed: list[Outcome[object]]
) -> None:
    asked = threading.Event()

    def never(_: Request) -> None:
        asked.set()
        platform.stopping.wait()

    platform.answer = never
    outcomes: list[Outcome[answers.PlatformTime]] = []
    caller = threading.Thread(target=lambda: outcomes.append(client.time()))
    caller.start()
    assert asked.wait(5)
    client.interrupt()
    caller.join(5)
    assert outcomes == [Unreachable(Errors.PROVINCE_UNREACHABLE)]
    assert observed == [], "somebody has left, and the line is as good as before"
    platform.answer = the_time
    assert isinstance(client.time(), Answered)


def test_closing_breaks_a_call_that_waits_in_another_thread(
    client: ProvinceClient, platform: ScriptedServer, observed: list[Outcome[object]]
) -> None:
    asked = threading.Event()

    def never(_: Request) -> None:
        asked.set()
        platform.stopping.wait()

    platform.answer = never
    outcomes: list[Outcome[answers.PlatformTime]] = []
    caller = threading.Thread(target=lambda: outcomes.append(client.time()))
    caller.start()
    assert asked.wait(5)
    client.close()
    caller.join(2)
    assert outcomes == [Unreachable(Errors.PROVINCE_UNREACHABLE)]
    assert client.time() == Unreachable(Errors.PROVINCE_UNREACHABLE)
    assert observed == []


def test_the_environment_has_no_say_in_where_calls_go(
    client: ProvinceClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nonexistent")
    assert isinstance(client.time(), Answered)


def test_a_card_goes_sealed_with_a_proof_that_is_bound_to_it(
    terminal: EnrolledTerminal, client: ProvinceClient, platform: ScriptedServer
) -> None:
    platform.answer = lambda _: json_response(SESSION)
    read_at = datetime(2026, 11, 21, 2, 10, 0, tzinfo=UTC)
    assert client.sign_in_by_card(IDENTITY, "05.03-1", read_at) == Answered(SESSION)
    (request,) = platform.seen
    assert request.path == "/v1/sign-in/card"
    assert NUMBER.encode() not in request.body
    sent = msgspec.json.decode(request.body, type=answers.CardSignIn)
    assert msgspec.json.decode(terminal.opener.open(sent.sealed), type=answers.Identity) == IDENTITY
    assert sent.proof.read_at == "2026-11-21T02:10:00.000Z"
    signed = card_proof_content(TERMINAL_ID, sent.nonce, "05.03-1", sent.proof.read_at, sent.sealed)
    public = Signer(terminal.paths.terminal_key.read_text()).public_key()
    assert Verifier(public).verifies(signed, sent.proof.signature)


def test_a_scanned_code_and_a_question_go_sealed_and_the_token_in_its_header(
    terminal: EnrolledTerminal, client: ProvinceClient, platform: ScriptedServer
) -> None:
    platform.answer = lambda _: json_response(SESSION)
    client.sign_in_by_code(b"\xff\x00code")
    code = msgspec.json.decode(platform.seen[-1].body, type=answers.CodeSignIn)
    assert terminal.opener.open(code.sealed) == b"\xff\x00code"
    platform.answer = lambda _: Response(200, b'{"outcome":"nothing"}')
    assert isinstance(client.query(SESSION, "pension/../x", {"year": "2026"}), Answered)
    asked = platform.seen[-1]
    assert asked.path == "/v1/queries/pension%2F..%2Fx"
    assert asked.headers["dianxiaoer-session"] == SESSION.token
    question = msgspec.json.decode(asked.body, type=answers.Question)
    assert json.loads(terminal.opener.open(question.sealed)) == {"year": "2026"}
    platform.answer = lambda _: Response(204)
    assert client.sign_out(SESSION) == Answered(answers.Nothing())


def test_nothing_of_a_person_is_in_a_repr(terminal: EnrolledTerminal) -> None:
    fact = answers.ResultFact(label=LocalText("姓名", "name"), value="测试人")
    shown = repr([
        Answered(answers.QueryResult(outcome=QueryOutcome.FOUND, facts=[fact])),
        Answered(SESSION),
        Refused(Errors.QUERY_REFUSED, LocalText("测试人没有记录", "")),
        terminal.credentials,
    ])  # fmt: skip
    for secret in ("测试人", SESSION.token, "PRIVATE"):
        assert secret not in shown


def test_without_an_enrolment_or_its_key_there_is_no_client(tmp_path: Path) -> None:
    with pytest.raises(NotEnrolledError):
        Credentials.load(TerminalPaths(tmp_path))
    terminal = an_enrolled_terminal(tmp_path)
    terminal.paths.terminal_key.write_text("not a key")
    with pytest.raises(NotEnrolledError, match="ValueError"):
        Credentials.load(terminal.paths)


def test_one_service_may_be_down_while_another_answers(
    terminal: EnrolledTerminal, platform: ScriptedServer
) -> None:
    clock = ManualClock()
    reachability = Reachability(clock)
    client = ProvinceClient(
        platform.url, terminal.credentials, clock, PlatformClock(clock), reachability=reachability
    )
    try:
        assert reachability.back_ends() == [], "nobody was called"
        client.time()
        platform.answer = lambda _: None
        client.cases(SESSION)
        platform.answer = lambda _: json_response(
            answers.Problem(code="PROV-007", message=LocalText("没有", "none")), 404
        )
        clock.advance(60)
        client.case("x")
        assert [(each.name, each.reachable, each.since) for each in reachability.back_ends()] == [
            ("case", True, "2026-11-21T02:11:07.123Z"),
            ("cases", False, "2026-11-21T02:10:07.123Z"),
            ("time", True, "2026-11-21T02:10:07.123Z"),
        ]
        platform.answer = lambda _: Response(503)
        client.case("x")
        assert [each.error for each in reachability.back_ends()] == [
            Errors.PROVINCE_BUSY,
            Errors.PROVINCE_UNREACHABLE,
            None,
        ]
    finally:
        client.close()
