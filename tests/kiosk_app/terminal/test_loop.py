"""The one thread of the machine: it puts things in order, draws what changed, and outlives any bug."""

from __future__ import annotations

import logging
import queue
import threading

import pytest

from kiosk_app.terminal.idle import IdleLimits
from kiosk_app.terminal.intents import Intent, Wish
from kiosk_app.terminal.loop import Inbox, TerminalLoop
from kiosk_app.terminal.machine import Machine, Message
from kiosk_app.terminal.messages import BatchChanged, ConnectionChanged, Tick
from kiosk_app.terminal.presenter import Presenter
from kiosk_app.terminal.situation import Situation, TerminalFacts
from kiosk_app.terminal.views import Connection, Screen, View
from tests.fakes.clock import ManualClock
from tests.fakes.desk import willing_desk
from tests.fakes.items import reference_batch
from tests.fakes.kiosk import Needles, all_words
from tests.fakes.people import MOBILE
from tests.fixtures.enrolments import TERMINAL_ID, a_site

PATIENCE_S = 10.0


class BrokenPresenter(Presenter):
    """Cannot draw some screens."""

    def __init__(self, clock: ManualClock, *broken: Screen) -> None:
        super().__init__(clock, all_words())
        self.broken = set(broken)

    def view(self, now: Situation, serial: int, idle_seconds_left: int | None) -> View:
        if now.screen in self.broken:
            raise KeyError(f"a bug that quotes {MOBILE}")
        return super().view(now, serial, idle_seconds_left)


class Terminal:
    """A machine with its loop, started or stepped by hand."""

    def __init__(self, *broken: Screen) -> None:
        self.clock = ManualClock()
        self.desk = willing_desk()
        facts = TerminalFacts(TERMINAL_ID, "01号机", a_site())
        self.machine = Machine(facts, self.desk, self.clock, IdleLimits(), Needles)
        self.inbox: Inbox = queue.SimpleQueue()
        self.presenter = BrokenPresenter(self.clock, *broken)
        self.views: list[View] = []
        self._published = threading.Condition()
        self.loop = TerminalLoop(self.machine, self.presenter, self.clock, self._publish, self.inbox)

    def _publish(self, view: View) -> None:
        with self._published:
            self.views.append(view)
            self._published.notify_all()

    def changes_colours(self, times: int) -> None:
        for _ in range(times):
            self.inbox.put(Intent(Wish.COLOURS, serial=1_000_000))

    def wait_for(self, screen: Screen) -> View:
        with self._published:
            assert self._published.wait_for(
                lambda: bool(self.views) and self.views[-1].screen is screen, PATIENCE_S
            )
            return self.views[-1]

    def awake(self) -> Terminal:
        for message in (
            ConnectionChanged(Connection.CONNECTED, "2026-11-21T02:00:00.000Z"),
            BatchChanged(reference_batch()),
            Intent(Wish.TOUCH),
        ):
            self.loop.step(message)
        return self


@pytest.fixture
def running() -> Terminal:
    return Terminal()


def test_messages_from_many_threads_are_handled_one_after_the_other(running: Terminal) -> None:
    running.loop.start()
    try:
        running.wait_for(Screen.STARTING)
        running.inbox.put(BatchChanged(reference_batch()))
        running.wait_for(Screen.ATTRACT)
        running.inbox.put(Intent(Wish.TOUCH))
        first = running.wait_for(Screen.HOME)
        threads = [threading.Thread(target=running.changes_colours, args=(25,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE_S)
        running.inbox.put(Intent(Wish.END, serial=1_000_000))
        running.wait_for(Screen.FAREWELL)
    finally:
        assert running.loop.stop()
    serials = [view.serial for view in running.views]
    assert serials == list(range(1, len(serials) + 1))
    assert first.serial < serials[-1]
    assert not running.inbox.qsize()


def test_time_reaches_the_machine_as_ticks(running: Terminal) -> None:
    running.loop.start()
    try:
        running.inbox.put(BatchChanged(reference_batch()))
        running.inbox.put(Intent(Wish.TOUCH))
        running.wait_for(Screen.HOME)
        for _ in range(2):
            assert running.clock.somebody_waits()
            running.clock.advance(60)
        running.wait_for(Screen.FAREWELL)
    finally:
        assert running.loop.stop()


def test_a_loop_that_never_started_stops_too(running: Terminal) -> None:
    assert running.loop.stop()


def test_what_has_not_changed_is_not_drawn_again() -> None:
    terminal = Terminal().awake()
    drawn = len(terminal.views)
    for _ in range(5):
        terminal.loop.step(Tick())
        terminal.loop.step(Intent(Wish.TOUCH))
    assert len(terminal.views) == drawn
    terminal.clock.advance(60)
    terminal.loop.step(Tick())
    assert len(terminal.views) == drawn + 1, "the minute has changed"


def test_every_wish_but_a_touch_is_answered_by_a_view() -> None:
    terminal = Terminal().awake()
    drawn = len(terminal.views)
    terminal.loop.step(Intent(Wish.SUBMIT, serial=terminal.views[-1].serial))
    assert len(terminal.views) == drawn + 1


def test_a_bug_in_one_message_does_not_end_the_terminal(caplog: pytest.LogCaptureFixture) -> None:
    terminal = Terminal().awake()
    broken: Message = object()  # type: ignore[assignment]  # no message at all
    with caplog.at_level(logging.ERROR):
        terminal.loop.step(broken)
    assert [record.getMessage() for record in caplog.records] == [
        "a message was not handled: AttributeError in object"
    ]
    terminal.loop.step(Intent(Wish.HELP, serial=terminal.views[-1].serial))
    assert terminal.views[-1].screen is Screen.HELP


def test_a_page_that_cannot_be_drawn_ends_the_session_and_quotes_nobody(
    caplog: pytest.LogCaptureFixture,
) -> None:
    terminal = Terminal(Screen.HELP).awake()
    with caplog.at_level(logging.ERROR):
        terminal.loop.step(Intent(Wish.HELP, serial=terminal.views[-1].serial))
    assert terminal.views[-1].screen is Screen.FAREWELL
    assert terminal.desk.last("end_session").what.value == "fault"
    assert [record.getMessage() for record in caplog.records] == [
        "a page was not drawn: KeyError on Screen.HELP"
    ]
    assert MOBILE not in caplog.text


def test_even_a_farewell_that_cannot_be_drawn_wipes(caplog: pytest.LogCaptureFixture) -> None:
    terminal = Terminal(Screen.HELP, Screen.FAREWELL).awake()
    with caplog.at_level(logging.ERROR):
        terminal.loop.step(Intent(Wish.HELP, serial=terminal.views[-1].serial))
    assert terminal.machine.situation.session is None
    terminal.presenter.broken.clear()
    terminal.loop.step(Tick())
    assert terminal.views[-1].screen is Screen.FAREWELL
