"""A whole terminal does what the province asks of it: real platform, real TLS, real store, real machine."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests

from contract.commands import Command, CommandArguments
from contract.items import LocalText
from contract.sets import CommandVerb
from foundation.atomic_files import write_atomically
from foundation.clock import SystemClock
from kiosk_app.composition.terminal import Surroundings, Terminal, start_terminal
from kiosk_app.config import TerminalPaths
from kiosk_app.config.settings import read_settings
from kiosk_app.terminal.intents import Intent, Wish
from kiosk_app.terminal.own_memory import OwnMemory
from kiosk_app.terminal.views import HomeView, OutOfServiceView, Screen, View
from province_platform.commands import CommandWish
from province_platform.server import PlatformServer
from tests.fixtures.places import enrolled_root
from tests.fixtures.stores import an_event
from tests.journeys.halls import eventually

WITHIN_S = 20.0
REASON = LocalText("设备检修到十点", "maintenance until ten")
STOP = CommandWish(verb=CommandVerb.STOP_SERVICE, arguments=CommandArguments(reason=REASON))
RESUME = CommandWish(verb=CommandVerb.RESUME_SERVICE)
RESTART = CommandWish(verb=CommandVerb.RESTART)


class Hall:
    """A terminal and its platform; somebody may come, wish and go."""

    def __init__(self, server: PlatformServer, terminal: Terminal, inbox: queue.SimpleQueue[object]) -> None:
        self.server = server
        self.terminal = terminal
        self.restarting: Future[None] = Future()
        self._inbox = inbox
        self._views: queue.Queue[View] = queue.Queue()
        self._newest: View | None = None

    @property
    def terminal_id(self) -> str:
        return self.terminal.maker.terminal_id

    def publish(self, view: View) -> None:
        self._views.put(view)

    def sees(self, screen: Screen, fits: Callable[[View], bool] = lambda _: True) -> View:
        """The first view of that screen from now on, or the newest when it is that."""
        while self._newest is None or self._newest.screen is not screen or not fits(self._newest):
            self._newest = self._views.get(timeout=WITHIN_S)
        return self._newest

    def wishes(self, wish: Wish, argument: str = "") -> None:
        assert self._newest is not None
        self._inbox.put(Intent(wish, argument, self._newest.serial))

    def somebody_comes(self) -> None:
        self.sees(Screen.ATTRACT)
        self.wishes(Wish.TOUCH)
        self.sees(Screen.HOME)

    def she_goes(self) -> None:
        self.wishes(Wish.END)
        self.sees(Screen.FAREWELL, lambda view: getattr(view.body, "cleared", False))
        self.wishes(Wish.FINISH)

    def gives(self, wish: CommandWish) -> Command:
        return self.server.command(self.terminal_id, wish)

    def row(self, command: Command) -> dict[str, Any]:
        with requests.Session() as session:
            session.trust_env = False
            summary = session.get(f"{self.server.console_url}/console/summary", timeout=WITHIN_S).json()
        (row,) = [row for row in summary["commands"] if row["command_id"] == command.command_id]
        return dict(row)

    def answer(self, command: Command) -> tuple[str, str]:
        """Outcome and code, as the console has them; waits on the console's own stream."""
        with requests.Session() as session:
            session.trust_env = False
            stream = session.get(f"{self.server.console_url}/console/stream", stream=True, timeout=WITHIN_S)
            row = self.row(command)
            for line in stream.iter_lines(chunk_size=1):
                if row["outcome"] is not None:
                    return row["outcome"], row["code"]
                if line.startswith(b"event:"):
                    row = self.row(command)
        raise AssertionError("the console's stream ended")

    def does(self, wish: CommandWish) -> tuple[str, str]:
        return self.answer(self.gives(wish))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlatformServer]:
    with PlatformServer(tmp_path_factory.mktemp("platform")) as running:
        yield running


@pytest.fixture
def root(server: PlatformServer, tmp_path: Path) -> Path:
    root = enrolled_root(server, tmp_path)
    settings = f'[platform]\nurl = "{server.terminal_url}"\n'
    write_atomically(TerminalPaths(root).settings, settings.encode())
    return root


@contextmanager
def running(server: PlatformServer, root: Path) -> Iterator[Hall]:
    paths, inbox = TerminalPaths(root), queue.SimpleQueue[object]()
    views: list[Callable[[View], None]] = []
    early: list[View] = []
    restarting: Future[None] = Future()

    def publish(view: View) -> None:
        (views[0] if views else early.append)(view)

    with OwnMemory.open() as memory:
        around = Surroundings(
            SystemClock(), publish, lambda _: None, lambda: True, memory, inbox,
            lambda: restarting.set_result(None),
        )  # fmt: skip
        terminal = start_terminal(paths, read_settings(paths.settings), around)
        assert isinstance(terminal, Terminal)
        hall = Hall(server, terminal, inbox)
        hall.restarting = restarting
        views.append(hall.publish)
        for view in early:
            hall.publish(view)
        try:
            yield hall
        finally:
            terminal.stop()


@pytest.fixture
def hall(server: PlatformServer, root: Path) -> Iterator[Hall]:
    with running(server, root) as hall:
        hall.sees(Screen.ATTRACT)
        yield hall


def test_a_command_is_carried_out_and_answered_within_a_second(hall: Hall) -> None:
    hall.does(CommandWish(verb=CommandVerb.REPORT_STATUS))  # the long poll stands
    began_s = time.monotonic()
    assert hall.does(CommandWish(verb=CommandVerb.REPORT_STATUS)) == ("done", "")
    assert time.monotonic() - began_s < 1.0
    events = requests.get(
        f"{hall.server.console_url}/console/events?stream=status&terminal_id={hall.terminal_id}",
        timeout=WITHIN_S,
    ).json()["events"]
    assert len(events) >= 2


def test_a_planned_stop_sends_nobody_away_and_holds_over_a_restart(
    server: PlatformServer, root: Path
) -> None:
    with running(server, root) as hall:
        hall.somebody_comes()
        stop = hall.gives(STOP)
        nobody_notices = CommandWish(verb=CommandVerb.REPORT_STATUS)
        assert hall.does(nobody_notices) == ("done", "")  # it passes what waits
        assert hall.row(stop)["outcome"] is None
        hall.she_goes()
        assert hall.answer(stop) == ("done", "")
        view = hall.sees(Screen.OUT_OF_SERVICE)
        assert isinstance(view.body, OutOfServiceView)
        assert REASON.zh in view.body.reason
    with running(server, root) as again:
        again.sees(Screen.OUT_OF_SERVICE)
        assert again.does(RESUME) == ("done", "")
        again.sees(Screen.ATTRACT)


def test_what_waits_for_somebody_until_its_deadline_is_never_done(hall: Hall) -> None:
    hall.somebody_comes()
    command = hall.gives(CommandWish(verb=CommandVerb.STOP_SERVICE, arguments=STOP.arguments, valid_s=1))
    assert hall.answer(command) == ("expired", "CMND-001")
    hall.she_goes()
    hall.sees(Screen.ATTRACT)


def test_a_suspended_matter_says_the_provinces_own_reason(hall: Hall) -> None:
    about = CommandArguments(item_code="elder-allowance", reason=REASON)
    assert hall.does(CommandWish(verb=CommandVerb.DISABLE_ITEM, arguments=about)) == ("done", "")
    hall.somebody_comes()
    home = hall.sees(Screen.HOME)
    assert isinstance(home.body, HomeView)
    (row,) = [row for row in home.body.rows if row.code == "elder-allowance"]
    assert (row.can_start, REASON.zh in row.readiness) == (False, True)
    hall.she_goes()
    again = CommandArguments(item_code="elder-allowance")
    assert hall.does(CommandWish(verb=CommandVerb.ENABLE_ITEM, arguments=again)) == ("done", "")
    unknown = CommandArguments(item_code="no-such", reason=REASON)
    assert hall.does(CommandWish(verb=CommandVerb.DISABLE_ITEM, arguments=unknown)) == ("refused", "CMND-002")


def test_a_restart_waits_until_nobody_can_come_and_the_next_start_answers(
    server: PlatformServer, root: Path
) -> None:
    with running(server, root) as hall:
        hall.somebody_comes()
        command = hall.gives(RESTART)
        assert hall.does(CommandWish(verb=CommandVerb.REFRESH_ITEMS)) == ("done", "")
        assert not hall.restarting.done()
        hall.she_goes()
        hall.sees(Screen.OUT_OF_SERVICE)
        hall.restarting.result(timeout=WITHIN_S)
        assert hall.row(command)["outcome"] is None
    with running(server, root) as again:
        assert again.answer(command) == ("done", "")
        again.sees(Screen.ATTRACT)
        assert not again.restarting.done()


def test_without_a_printer_no_test_slip_is_said_to_be_printed(hall: Hall) -> None:
    assert hall.does(CommandWish(verb=CommandVerb.TEST_PRINT)) == ("failed", "PRNT-001")
    hall.sees(Screen.OUT_OF_SERVICE)
    hall.sees(Screen.ATTRACT)


def test_what_was_set_aside_is_sent_again(hall: Hall) -> None:
    outbox = hall.terminal.store.outbox
    refused = an_event("status", f"terminal/{hall.terminal_id}", data=b'{"state":"unknown to all"}')
    outbox.append([refused])
    assert [row.id for row in eventually(lambda: outbox.board().set_aside)] == [refused.id]
    command = hall.gives(CommandWish(verb=CommandVerb.RESEND_SET_ASIDE))
    assert hall.answer(command) == ("done", "")
    assert hall.row(command)["explanation"]["en"] == "1 queued again."


def test_the_words_of_the_answers_are_in_both_languages(hall: Hall) -> None:
    command = hall.gives(CommandWish(verb=CommandVerb.REFRESH_ITEMS))
    hall.answer(command)
    said = msgspec.convert(hall.row(command)["explanation"], LocalText)
    assert "事项批次" in said.zh
    assert "batch" in said.en
