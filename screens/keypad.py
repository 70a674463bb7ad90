"""The four keys of the keypad, as the keys of a keyboard that every control already knows.

Previous and next move between the controls, choose presses the one that has the focus, back is the way back
of the page. So a keypad can do what a finger can, and nothing else.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtQuick import QQuickWindow

from kiosk_app.terminal.intents import PadKey, Wish
from screens.model import Want

_KEYS = {
    PadKey.PREVIOUS: Qt.Key.Key_Up,
    PadKey.NEXT: Qt.Key.Key_Down,
    PadKey.CHOOSE: Qt.Key.Key_Return,
    PadKey.BACK: Qt.Key.Key_Escape,
}


class Keypad(QObject):
    """Presses the keypad's keys at ``window``. In the GUI thread; help is a wish, for no key means it."""

    def __init__(self, window: QQuickWindow, want: Want) -> None:
        super().__init__()
        self._window = window
        self._want = want

    @Slot(PadKey)
    def press(self, key: PadKey) -> None:
        """Posts a real key event, down and up; ``PadKey.HELP`` asks for help."""
        if key is PadKey.HELP:
            self._want(Wish.HELP, "")
            return
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, _KEYS[key], Qt.KeyboardModifier.NoModifier)
            QCoreApplication.postEvent(self._window, event)
