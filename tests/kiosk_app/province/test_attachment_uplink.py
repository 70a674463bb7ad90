"""Files of cases reach the province piece by piece, on a line of their own, and the case after them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from foundation.clock import SystemClock
from foundation.errors import Errors
from kiosk_app.config import TerminalPaths
from kiosk_app.province import attachment_uplink
from kiosk_app.province.exchange import Exchange, Reply
from kiosk_app.province.outcomes import Refused, Unreachable
from kiosk_app.province.tus import TusClient
from province_platform.faults import FaultChange
from province_platform.server import PlatformServer
from tests.fakes.scripted_server import Request, Response, ScriptedServer
from tests.fixtures.stores import an_event
from tests.fixtures.terminals import an_enrolled_terminal
from tests.fixtures.uploading_terminal import (
    WITHIN_S,
    UploadingTerminal,
    enrol,
    opened,
    pictures,
    uploading_terminal,
)

LOOK_EVERY_S = 0.02


class HeldLine(Exchange):
    """Lets no piece of a file through until the test lets it."""

    arrived = threading.Event()
    let_go = threading.Event()

    def send(
        self, method: str, path: str, timeout_s: float, *, body: bytes | None, headers: Mapping[str, str]
    ) -> Reply | Refused | Unreachable:
        if method == "PATCH":
            self.arrived.set()
            assert self.let_go.wait(WITHIN_S)
        return super().send(method, path, timeout_s, body=body, headers=headers)


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlatformServer]:
    with PlatformServer(tmp_path_factory.mktemp("platform")) as server:
        yield server


@pytest.fixture
def paths(platform: PlatformServer, tmp_path: Path) -> TerminalPaths:
    return enrol(tmp_path / "terminal", platform)


@pytest.fixture
def terminal(platform: PlatformServer, paths: TerminalPaths) -> Iterator[UploadingTerminal]:
    with uploading_terminal(paths, platform.terminal_url) as terminal:
        yield terminal
    platform.turn(FaultChange(refuse=False, error_500=False, drop_answer_after_commit=0))


def start(terminal: UploadingTerminal) -> None:
    terminal.events.start()
    terminal.files.start()


def files_left(paths: TerminalPaths) -> list[str]:
    (folder,) = (paths.state / "store").glob("*.attachments")
    return [file.name for file in folder.iterdir()]


def test_a_case_with_two_files_arrives_once_and_they_open_to_the_same_bytes(
    platform: PlatformServer, terminal: UploadingTerminal, paths: TerminalPaths
) -> None:
    contents = pictures()
    case = terminal.hand_in(contents)
    start(terminal)
    assert terminal.number_of(case)
    assert opened(platform, case) == contents
    assert files_left(paths) == []
    assert terminal.store.outbox.board().streams["upload"].confirmed == 2


def test_events_never_wait_for_files(platform: PlatformServer, paths: TerminalPaths) -> None:
    HeldLine.arrived.clear()
    HeldLine.let_go.clear()
    with uploading_terminal(paths, platform.terminal_url, exchange=HeldLine) as terminal:
        with_files = terminal.hand_in(pictures(1))
        start(terminal)
        assert HeldLine.arrived.wait(WITHIN_S)
        without = terminal.hand_in([])
        assert terminal.number_of(without)
        assert terminal.store.outbox.case_number(f"case/{with_files.case_id}") is None
        HeldLine.let_go.set()
        assert terminal.number_of(with_files)


def test_a_piece_gives_way_to_events_that_are_due(
    platform: PlatformServer, paths: TerminalPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachment_uplink, "GIVE_WAY_S", 0.2)
    with uploading_terminal(paths, platform.terminal_url) as terminal:
        terminal.store.outbox.append([an_event()])  # nobody sends it: the other sender is not started
        terminal.hand_in(pictures(1))
        began_s, pause = time.monotonic(), threading.Event()
        terminal.files.start()
        while terminal.store.outbox.peek(1, uploads=True):
            assert time.monotonic() - began_s < WITHIN_S
            pause.wait(LOOK_EVERY_S)
        assert time.monotonic() - began_s >= 3 * 0.2


def test_a_terminal_whose_turn_has_not_come_keeps_its_files_but_those_that_somebody_waits_for(
    platform: PlatformServer, paths: TerminalPaths
) -> None:
    asked = threading.Event()

    def closed_for_s() -> float:
        asked.set()
        return 60.0

    with uploading_terminal(paths, platform.terminal_url, closed_for_s=closed_for_s) as terminal:
        kept = terminal.keep(pictures(1)[0])
        terminal.store.outbox.append([terminal.maker.make_upload(kept, "a case of yesterday", 1)])
        start(terminal)
        assert asked.wait(WITHIN_S)
        assert [upload.id for upload in terminal.store.outbox.peek(9, uploads=True)] == [kept.id]
        case = terminal.hand_in(pictures(1))
        assert terminal.number_of(case)
        assert [upload.id for upload in terminal.store.outbox.peek(9, uploads=True)] == [kept.id]


def test_a_platform_that_fails_is_tried_again(platform: PlatformServer, terminal: UploadingTerminal) -> None:
    contents = pictures(1)
    platform.turn(FaultChange(error_500=True))
    case = terminal.hand_in(contents)
    terminal.files.start()
    began_s, pause = time.monotonic(), threading.Event()
    while terminal.store.outbox.board().next_try_in_s is None:
        assert time.monotonic() - began_s < WITHIN_S
        pause.wait(LOOK_EVERY_S)
    platform.turn(FaultChange(error_500=False))
    terminal.events.start()
    assert terminal.number_of(case)
    assert opened(platform, case) == contents


# What answers besides the platform


@pytest.mark.parametrize(
    ("response", "error"),
    [
        (Response(200, b"<html>sign in to the hall's network</html>"), Errors.PROVINCE_NOT_UNDERSTOOD),
        (Response(302, headers=(("location", "http://portal.example/"),)), Errors.PROVINCE_NOT_UNDERSTOOD),
        (Response(503, headers=(("retry-after", "7"),)), Errors.PROVINCE_BUSY),
        (Response(429, headers=(("retry-after", "7"),)), Errors.PROVINCE_BUSY),
        (Response(401), Errors.TERMINAL_NOT_AUTHORISED),
        (None, Errors.PROVINCE_UNREACHABLE),
        (
            Response(200, headers=(("tus-resumable", "1.0.0"), ("upload-offset", "many"))),
            Errors.PROVINCE_NOT_UNDERSTOOD,
        ),
        (
            Response(200, headers=(("tus-resumable", "9.0.0"), ("upload-offset", "1"))),
            Errors.PROVINCE_NOT_UNDERSTOOD,
        ),
    ],
)
def test_what_is_no_answer_of_the_platform_is_never_taken_for_progress(
    tmp_path: Path, response: Response | None, error: object
) -> None:
    terminal = an_enrolled_terminal(tmp_path)

    def answer(_request: Request) -> Response | None:
        return response

    with ScriptedServer(answer) as server:
        exchange = Exchange(server.url, terminal.credentials.tls, SystemClock())
        outcome = TusClient(exchange).progress("3f0c9a3e-3f57-4a2e-8a0c-6c1c6a0f7a11")
        assert isinstance(outcome, Refused | Unreachable)
        assert outcome.error is error
        if isinstance(outcome, Unreachable) and error is Errors.PROVINCE_BUSY:
            assert outcome.retry_after_s == 7
        exchange.close()
