"""Eyes for the tests: what stands in the window, as a person and as assistive technology find it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeyEvent, QMouseEvent
from PySide6.QtQuick import QQuickWindow

from kiosk_app.terminal.aids import Aids
from kiosk_app.terminal.intents import Intent
from kiosk_app.terminal.views import View
from screens.accessible import walk
from screens.application import ScreenApplication
from screens.gallery import settle, show_example
from screens.inspection import Control, controls
from screens.samples import Samples

MOVING_KEYS = (Qt.Key.Key_Tab, Qt.Key.Key_Down)


class Showing:
    """The screens, with what they have sent."""

    def __init__(self, *, motion: bool = False, writer_folder: Path | None = None) -> None:
        self.sent: list[Intent] = []
        self.screens = ScreenApplication(self.sent.append, fullscreen=False, motion=motion)
        if writer_folder is not None:
            self.screens.writing.open(writer_folder)
        self.serial = 0

    @property
    def window(self) -> QQuickWindow:
        return self.screens.window

    def show(self, name: str, samples: Samples | None = None, aids: Aids | None = None) -> View:
        """Publish an example and let it come to rest."""
        self.serial += 1
        return show_example(self.screens, samples or Samples(), name, self.serial, aids)

    def publish(self, view: View) -> None:
        self.serial = view.serial
        self.screens.bridge.publish(view)
        settle(self.screens)

    def names(self) -> list[str]:
        """Every accessible name on the screen."""
        return [name for node in self.nodes() if (name := node.text(QAccessible.Text.Name))]

    def nodes(self) -> list[QAccessibleInterface]:
        return walk(QAccessible.queryAccessibleInterface(self.window))

    def controls(self) -> list[Control]:
        """What can be pressed now."""
        return controls(self.window)

    def control(self, name: str) -> Control:
        """The one control with this name, or whose name begins with it."""
        shown = self.controls()
        found = [c for c in shown if c.name == name] or [c for c in shown if c.name.startswith(name)]
        assert len(found) == 1, f"{name!r} among {[c.name for c in shown]}"
        return found[0]

    def tap(self, name: str, times: int = 1) -> None:
        """Press and lift a finger in the middle of a control."""
        centre = self.control(name).rect.center()
        for _ in range(times):
            self.tap_at(centre)

    def tap_at(self, at: QPointF) -> None:
        self.press_at(at)
        self.lift_at(at)

    def press_at(self, at: QPointF) -> None:
        self._mouse(QEvent.Type.MouseButtonPress, at, Qt.MouseButton.LeftButton)

    def move_to(self, at: QPointF) -> None:
        self._mouse(QEvent.Type.MouseMove, at, Qt.MouseButton.LeftButton)

    def lift_at(self, at: QPointF) -> None:
        self._mouse(QEvent.Type.MouseButtonRelease, at, Qt.MouseButton.NoButton)

    def key(self, key: Qt.Key, text: str = "") -> None:
        """Press and lift a key."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            QCoreApplication.sendEvent(self.window, event)

    def wanted(self) -> list[tuple[str, str]]:
        """What was sent beside the signs of life, as names and arguments; and forget it."""
        wanted = [
            (intent.wish.value, intent.argument) for intent in self.sent if intent.wish.value != "touch"
        ]
        self.sent.clear()
        return wanted

    def _mouse(self, kind: QEvent.Type, at: QPointF, held: Qt.MouseButton) -> None:
        on_screen = at + QPointF(self.window.position())
        # No button is what changes when a finger moves.
        moves = kind is QEvent.Type.MouseMove
        changed = Qt.MouseButton.NoButton if moves else Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, at, on_screen, changed, held, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.sendEvent(self.window, event)
