"""Running a terminal with its screens, until it is told to end.

A picture says that the terminal is being made ready (``opening``) before the screens are there, and those
stand before anything else is: devices, store and the line to the province are loaded, built and started
behind them, in another thread.
"""

from __future__ import annotations

import gc
import logging
import queue
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from foundation.backoff import Backoff
from foundation.clock import SystemClock, in_china
from foundation.errors import ErrorCode, NextStep
from kiosk_app.composition.opening import process_age_ms
from kiosk_app.composition.temporary_files import TemporaryFiles
from kiosk_app.config import SettingsError, TerminalPaths
from kiosk_app.config.screen_settings import read_screen_settings
from kiosk_app.terminal.aids import Language
from kiosk_app.terminal.allocator import forbid_dumps, replace_process
from kiosk_app.terminal.intents import PadKey
from kiosk_app.terminal.own_memory import OwnMemory
from kiosk_app.terminal.views import Connection, OutOfServiceView, Screen, TopLine, View
from screens.application import ScreenApplication
from screens.opening import Opening
from screens.redrawn import picture_without_person
from words import Words

if TYPE_CHECKING:
    from kiosk_app.composition.terminal import Terminal
    from kiosk_app.config.settings import Settings
    from kiosk_app.terminal.voice import ScreenVoice

log = logging.getLogger("dianxiaoer")

_FORGET_WITHIN_S = 5.0
_BEGIN_AGAIN_S, _BEGIN_AGAIN_AT_MOST_S = 2.0, 120.0
_LOOK_FOR_SIGNALS_MS = 200
_SCREENS_WAIT_AT_MOST_S = 0.001
"""For the Python of another thread, each time: a page asks for dozens of values. 5 ms is usual."""
_FIRST_FRAME_WITHIN_S = 2.0
"""A terminal whose screen is off starts all the same."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """``remote_socket`` lets another process use the screen; for demonstration terminals only."""

    root: Path
    windowed: bool = False
    remote_socket: Path | None = None


class Showing(QObject):
    """The screens as the terminal's threads see them."""

    _forget_asked = Signal(object)
    _use_allowed = Signal(object)

    def __init__(self, application: ScreenApplication) -> None:
        super().__init__()
        self._application = application
        self._last: View | None = None
        self._restarting = threading.Event()
        self._ended = threading.Event()
        self._forget_asked.connect(self._forget, Qt.ConnectionType.QueuedConnection)
        self._use_allowed.connect(self._let_use, Qt.ConnectionType.QueuedConnection)

    def publish(self, view: View) -> None:
        """Shows a view soon. Thread-safe, returns at once."""
        self._last = view
        self._application.bridge.publish(view)

    def press(self, key: PadKey) -> None:
        """Presses a key of the keypad at the screen. Thread-safe, returns at once."""
        self._application.bridge.press(key)

    def let_use(self, socket: Path) -> None:
        """Lets another process use the screens through a socket. Thread-safe, returns at once."""
        self._use_allowed.emit(socket)

    def hear(self, voice: ScreenVoice, words: Mapping[str, Words]) -> None:
        """The screens are read aloud by this voice, in these words. Thread-safe, returns at once."""
        self._application.hear(voice, words)

    def forget(self) -> bool:
        """Returns when the screens have let go of everything they showed; false when they have not in time.

        Never from the GUI thread.
        """
        if self._ended.is_set():  # they were taken down, with all that they held
            return True
        done = threading.Event()
        self._forget_asked.emit(done)
        let_go = done.wait(_FORGET_WITHIN_S)
        if not let_go:
            log.error("the screens did not let go within %.0f s", _FORGET_WITHIN_S)
        return let_go

    def picture(self) -> bytes | None:
        """A JPEG of what is shown, drawn again without the person; None when it cannot be drawn.

        Takes seconds; never from the GUI thread.
        """
        return None if self._last is None else picture_without_person(self._last, for_the_wire=True)

    def restart(self) -> None:
        """Takes the screens down; whoever runs them then begins again. Thread-safe, returns at once."""
        self._restarting.set()
        self._application.quit()

    @property
    def is_restarting(self) -> bool:
        """Whether the end of the screens is to be followed by another beginning."""
        return self._restarting.is_set()

    def end(self) -> None:
        """The screens are gone: nobody has to wait for them any more."""
        self._ended.set()

    def has_ended(self, within_s: float) -> bool:
        """Whether the screens are gone; waits for that so long."""
        return self._ended.wait(within_s)

    @Slot(object)
    def _let_use(self, socket: Path) -> None:
        self._application.open_remote(socket)

    @Slot(object)
    def _forget(self, done: threading.Event) -> None:
        self._application.forget(lambda: self._forgotten(done))

    def _forgotten(self, done: threading.Event) -> None:
        if self._last is not None:  # the farewell itself stays readable; it has nothing of the person
            self._application.bridge.shown.emit(self._last)
        done.set()


def run_terminal(options: RunOptions, opening: Opening) -> int:
    """Serves until SIGTERM or SIGINT. What cannot be started is said on the screen, with its code.

    ``opening`` is the picture that stands until the screens are there. When it is told to begin again it does
    not return: another program takes this process over.
    """
    sys.setswitchinterval(_SCREENS_WAIT_AT_MOST_S)
    memory = OwnMemory.open()
    forbid_dumps()
    paths = TerminalPaths(options.root)
    TemporaryFiles(paths.run).use()
    inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
    screen = read_screen_settings(paths.settings)
    application = ScreenApplication(
        inbox.put,
        physical_width_mm=screen.width_mm,
        lower_edge_mm=screen.lower_edge_mm,
        fullscreen=not options.windowed,
        language=Language(screen.language),
    )
    application.writing.open(paths.run / "input")
    drawn = _first_frame(application, opening)
    timer = _end_on_signals(application)
    showing = Showing(application)

    def start() -> Terminal | None:
        drawn.wait(_FIRST_FRAME_WITHIN_S)  # until then the screens have the processor for themselves
        settings = _settings(paths)
        if options.remote_socket is not None:
            if isinstance(settings, ErrorCode) or not settings.devices.all_simulated():
                log.error("a terminal with real devices never lets another process use its screen")
                application.quit()
                return None
            showing.let_use(options.remote_socket)
        if isinstance(settings, ErrorCode):
            begun: Terminal | ErrorCode | None = settings
        else:
            begun = _begin_patiently(lambda: _begin(paths, settings, showing, memory, inbox), showing)
        if isinstance(begun, ErrorCode):
            showing.publish(_out_of_service(begun))
            return None
        if begun is None:
            application.quit()
        return begun

    starting = _in_a_thread(start, on_bug=application.quit)
    try:
        exit_code = application.exec()
    finally:
        gc.unfreeze()  # what the libraries hold is let go of at the end
        timer.stop()
        showing.end()
        terminal = starting.result()
        if terminal is not None:
            terminal.stop()
    if terminal is None:
        return 1
    if showing.is_restarting:
        return _begin_again()
    log.info("ended in good order")
    return exit_code


def _begin_again() -> int:
    """Returns only when that failed; whoever supervises the process then starts it anew."""
    log.info("the program begins again, as it was told")
    try:
        replace_process()
    except OSError as fault:
        log.error("the process could not be replaced: %s", fault.strerror)
    return 1


def _settings(paths: TerminalPaths) -> Settings | ErrorCode:
    from kiosk_app.config.settings import read_settings  # noqa: PLC0415  # behind the first screen

    try:
        return read_settings(paths.settings)
    except SettingsError as mistake:
        log.error("%s", mistake)
        _collect_from_now_on()
        return mistake.error


def _begin(
    paths: TerminalPaths,
    settings: Settings,
    showing: Showing,
    memory: OwnMemory,
    inbox: queue.SimpleQueue[object],
) -> Terminal | ErrorCode | None:
    # Loaded only now, behind the first screen: it brings everything with it that is not a screen.
    from kiosk_app.composition.terminal import Surroundings, start_terminal  # noqa: PLC0415

    around = Surroundings(
        SystemClock(),
        showing.publish,
        showing.press,
        showing.forget,
        memory,
        inbox,
        showing.restart,
        showing.hear,
        showing.picture,
    )
    try:
        return start_terminal(paths, settings, around)
    finally:
        _collect_from_now_on()


def _collect_from_now_on() -> None:
    """What a start makes lives as long as the process, and a collection looks only at what comes later.

    Looking at all of it would keep the screens from drawing for a tenth of a second, at every wipe.
    """
    gc.freeze()
    gc.enable()


def _begin_patiently(
    begin: Callable[[], Terminal | ErrorCode | None], showing: Showing
) -> Terminal | ErrorCode | None:
    """Begins, again and again while time may mend what keeps it from that and nobody ends the program.

    So a terminal whose key lies half at the province serves as soon as the line is back.
    """
    backoff = Backoff(_BEGIN_AGAIN_S, _BEGIN_AGAIN_AT_MOST_S, jitter=1.0)  # a fleet starts with its power
    while True:
        begun = begin()
        if not isinstance(begun, ErrorCode) or begun.next_step is not NextStep.RETRY:
            return begun
        showing.publish(_out_of_service(begun))
        if showing.has_ended(within_s=backoff.failed()):
            return begun


def _in_a_thread(start: Callable[[], Terminal | None], on_bug: Callable[[], None]) -> Future[Terminal | None]:
    executor = ThreadPoolExecutor(1, "start")
    starting = executor.submit(start)
    executor.shutdown(wait=False)

    def ended(future: Future[Terminal | None]) -> None:
        if future.exception() is not None:
            on_bug()

    starting.add_done_callback(ended)
    return starting


def _out_of_service(error: ErrorCode) -> View:
    """The terminal cannot serve: it says so, and what to do, until somebody ends it."""
    words = Words("zh")
    now = in_china(SystemClock().utc_now())
    return View(
        serial=1,
        screen=Screen.OUT_OF_SERVICE,
        top=TopLine("", "", now.strftime("%H:%M"), Connection.UNKNOWN, words.say("connection.unknown")),
        body=OutOfServiceView(
            reason=words.say(f"error.{error.code}"),
            since=words.say("out_of_service.since", since=now.strftime("%m-%d %H:%M")),
            who=words.say("out_of_service.who_unknown"),
            nearest=words.say("out_of_service.nearest_unknown"),
            error_code=error.code,
        ),
    )


def _end_on_signals(application: ScreenApplication) -> QTimer:
    """Python runs signal handlers between its own instructions only: the timer gives it some."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: application.quit())
    timer = QTimer()
    timer.timeout.connect(lambda: None)
    timer.start(_LOOK_FOR_SIGNALS_MS)
    return timer


def _first_frame(application: ScreenApplication, opening: Opening) -> threading.Event:
    """Set when the first frame of the screens is out, which take the place of the opening picture."""
    drawn = threading.Event()

    def frame_is_out() -> None:
        drawn.set()
        application.window.frameSwapped.disconnect(frame_is_out)
        opening.close()
        log.info("the screens stand %d ms after the process was started", process_age_ms())

    application.window.frameSwapped.connect(frame_is_out)
    return drawn
