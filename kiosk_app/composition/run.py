"""Running a terminal with its screens, until it is told to end."""

from __future__ import annotations

import logging
import queue
import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from foundation.clock import SystemClock, in_china
from foundation.errors import ErrorCode, Errors
from kiosk_app.composition.terminal import AlreadyRunningError, Surroundings, Terminal, build_terminal
from kiosk_app.config import Settings, SettingsError, TerminalPaths, read_settings
from kiosk_app.config.settings import ScreenSettings
from kiosk_app.province.credentials import NotEnrolledError
from kiosk_app.terminal.allocator import forbid_dumps
from kiosk_app.terminal.loop import Inbox
from kiosk_app.terminal.views import Connection, Language, OutOfServiceView, Screen, TopLine, View
from kiosk_app.terminal.wipe import OwnMemory
from offline_store.errors import StoreError
from screens.application import ScreenApplication
from words import Words

log = logging.getLogger("dianxiaoer")

_FORGET_WITHIN_S = 5.0
_LOOK_FOR_SIGNALS_MS = 200


@dataclass(frozen=True, slots=True)
class RunOptions:
    """``remote_socket`` lets another process use the screen; for demonstration terminals only."""

    root: Path
    windowed: bool = False
    remote_socket: Path | None = None


class Showing(QObject):
    """The screens as the terminal's threads see them."""

    _forget_asked = Signal(object)

    def __init__(self, application: ScreenApplication) -> None:
        super().__init__()
        self._application = application
        self._last: View | None = None
        self._forget_asked.connect(self._forget, Qt.ConnectionType.QueuedConnection)

    def publish(self, view: View) -> None:
        """Shows a view soon. Thread-safe, returns at once."""
        self._last = view
        self._application.bridge.publish(view)

    def forget(self) -> None:
        """Returns when the screens have let go of everything they showed. Never from the GUI thread."""
        done = threading.Event()
        self._forget_asked.emit(done)
        if not done.wait(_FORGET_WITHIN_S):
            log.error("the screens did not let go within %.0f s", _FORGET_WITHIN_S)

    @Slot(object)
    def _forget(self, done: threading.Event) -> None:
        self._application.forget()
        if self._last is not None:  # the farewell itself stays readable; it has nothing of the person
            self._application.bridge.shown.emit(self._last)
        done.set()


def run_terminal(options: RunOptions) -> int:
    """Serves until SIGTERM or SIGINT. What cannot be started is said on the screen, with its code."""
    paths = TerminalPaths(options.root)
    memory = OwnMemory.open()
    forbid_dumps()
    inbox: Inbox = queue.SimpleQueue()
    try:
        settings = read_settings(paths.settings)
    except SettingsError as mistake:
        log.error("%s", mistake)
        return _out_of_service(options, None, Errors.SETTINGS_WRONG)
    application = _screens(options, settings, inbox)
    showing = Showing(application)
    around = Surroundings(SystemClock(), showing.publish, showing.forget, memory, inbox)
    try:
        terminal = build_terminal(paths, settings, around)
    except AlreadyRunningError as fault:
        log.error("%s", fault)
        application.close()
        return 1
    except (NotEnrolledError, StoreError, SettingsError) as fault:
        log.error("%s %s", fault.error, fault)
        application.close()
        return _out_of_service(options, settings, fault.error)
    return _serve(application, terminal)


def _screens(options: RunOptions, settings: Settings | None, inbox: Inbox) -> ScreenApplication:
    screen = settings.screen if settings is not None else ScreenSettings()
    return ScreenApplication(
        inbox.put,
        physical_width_mm=screen.width_mm,
        lower_edge_mm=screen.lower_edge_mm,
        fullscreen=not options.windowed,
        language=Language(screen.language),
        remote_socket=options.remote_socket,
    )


def _serve(application: ScreenApplication, terminal: Terminal) -> int:
    _say_when_first_frame_is_out(application)
    timer = _end_on_signals(application)
    terminal.start()
    try:
        return application.exec()
    finally:
        timer.stop()
        terminal.stop()
        application.close()
        log.info("ended in good order")


def _out_of_service(options: RunOptions, settings: Settings | None, error: ErrorCode) -> int:
    """The terminal cannot serve: it says so, and what to do, until somebody ends it."""
    inbox: Inbox = queue.SimpleQueue()
    application = _screens(options, settings, inbox)
    words = Words("zh")
    now = in_china(SystemClock().utc_now())
    view = View(
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
    timer = _end_on_signals(application)
    application.bridge.publish(view)
    try:
        application.exec()
    finally:
        timer.stop()
        application.close()
    return 1


def _end_on_signals(application: ScreenApplication) -> QTimer:
    """Python runs signal handlers between its own instructions only: the timer gives it some."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: application.quit())
    timer = QTimer()
    timer.timeout.connect(lambda: None)
    timer.start(_LOOK_FOR_SIGNALS_MS)
    return timer


def _say_when_first_frame_is_out(application: ScreenApplication) -> None:
    said = threading.Event()

    def frame_is_out() -> None:
        if not said.is_set():
            said.set()
            log.info("first frame %d ms after the process was started", _process_age_ms())

    application.window.frameSwapped.connect(frame_is_out)


def _process_age_ms() -> int:
    """Milliseconds since the kernel made this process (proc(5): stat field 22, in ticks since boot)."""
    fields = Path("/proc/self/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    started_s = int(fields[19]) / 100
    return round((time.clock_gettime(time.CLOCK_BOOTTIME) - started_s) * 1000)
