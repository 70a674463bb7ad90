"""The window of a terminal stays: no keyboard that somebody brings and no gesture takes it away."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Slot
from PySide6.QtGui import QWindow


class Staying(QObject):
    """An event filter for a window that fills the whole screen, and goes on doing so until :meth:`end`."""

    def __init__(self, window: QWindow) -> None:
        super().__init__()
        self._window = window
        self._stays = False

    def stay(self) -> None:
        """From now on."""
        self._stays = True
        self._window.installEventFilter(self)
        self._window.windowStateChanged.connect(self._fill)

    def let_go(self) -> None:
        """The window may go."""
        if self._stays:
            self._stays = False
            self._window.windowStateChanged.disconnect(self._fill)
            self._window.removeEventFilter(self)

    @Slot()
    def end(self) -> None:
        """The program ends from within. Qt asks every window first, in the words of a window system."""
        self.let_go()
        QCoreApplication.quit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002  # Qt's signature
        """Nobody closes it."""
        if event.type() is QEvent.Type.Close:
            event.ignore()
            return True
        return False

    def _fill(self, state: Qt.WindowState) -> None:
        if state is not Qt.WindowState.WindowFullScreen:
            self._window.showFullScreen()
