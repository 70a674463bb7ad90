"""The only crossing into the GUI thread, in both directions."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from kiosk_app.terminal.intents import Intent, PadKey, Wish
from kiosk_app.terminal.views import View

UNANSWERED_S = 2.0
"""Without a view for so long the screen listens again: it is not dead because the machine had no answer."""

ALWAYS_HEARD = frozenset({Wish.TOUCH, Wish.KEY, Wish.WRITE})
"""Wishes that do not wait for an answer: a person types faster than a screen is drawn."""


class Bridge(QObject):
    """Carries views and keys from any thread to the GUI, and intents from the GUI to the machine.

    ``send`` is called in the GUI thread and must return at once. A wish that decides something is sent once:
    until the next view arrives, further ones are dropped, so that two quick taps are one submission.
    """

    shown = Signal(View)
    """In the GUI thread: this view is to be drawn."""
    pressed = Signal(PadKey)
    """In the GUI thread: this key of the keypad was pressed."""
    _published = Signal()
    _pressed = Signal(PadKey)

    def __init__(self, send: Callable[[Intent], None], *, unanswered_s: float = UNANSWERED_S) -> None:
        super().__init__()
        self._send = send
        self._lock = threading.Lock()
        self._newest: View | None = None
        self._newest_serial = -1
        self._shown_serial = 0
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(round(unanswered_s * 1000))
        self._published.connect(self._draw_newest, Qt.ConnectionType.QueuedConnection)
        self._pressed.connect(self.pressed, Qt.ConnectionType.QueuedConnection)

    def publish(self, view: View) -> None:
        """Have this view drawn soon. May be called from any thread; returns at once.

        Of a burst only the newest is drawn, and a view is never drawn after one with a higher serial.
        """
        with self._lock:
            if view.serial <= self._newest_serial:
                return
            already_on_its_way = self._newest is not None
            self._newest, self._newest_serial = view, view.serial
        if not already_on_its_way:
            self._published.emit()

    def press(self, key: PadKey) -> None:
        """Have this key of the keypad pressed at the window soon. From any thread; returns at once."""
        self._pressed.emit(key)

    def want(self, wish: Wish, argument: str = "") -> None:
        """Send what the person wants, with the serial of the view that is on the screen."""
        if wish not in ALWAYS_HEARD:
            if self._waiting.isActive():
                return
            self._waiting.start()
        self._send(Intent(wish, argument, self._shown_serial))

    def close(self) -> None:
        """No answer is waited for any more: the screens are taken down."""
        self._waiting.stop()

    @Slot()
    def _draw_newest(self) -> None:
        with self._lock:
            view, self._newest = self._newest, None
        if view is None:
            return
        self._shown_serial = view.serial
        self._waiting.stop()
        self.shown.emit(view)
