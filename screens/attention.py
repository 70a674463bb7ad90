"""Hears that somebody is there: any touch or key anywhere, and the touch that wakes the resting terminal."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QMouseEvent, QTouchEvent

from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.views import Screen
from screens.model import Want
from screens.terminal import TerminalModel

HEARD_EVERY_S = 1.0
"""At most this often is the machine told; its idle limits count in tens of seconds."""

_BEGINNINGS = frozenset(
    {
        QEvent.Type.TouchBegin,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.KeyPress,
    }
)
_ENDINGS = frozenset(
    {QEvent.Type.TouchEnd, QEvent.Type.TouchCancel, QEvent.Type.MouseButtonRelease, QEvent.Type.KeyRelease}
)
_BETWEEN = frozenset({QEvent.Type.TouchUpdate, QEvent.Type.MouseMove})


class Attention(QObject):
    """An event filter for the window.

    On the resting screen a touch or key wakes and does nothing else: it is eaten whole, to the lifting of the
    finger, whatever screen has come under it meanwhile. Only the bar of aids is one touch away from there
    too: ``aids_top`` says where it begins. While 还要继续吗？ is asked, the question itself says what a touch
    means, so none is reported from here.
    """

    def __init__(
        self,
        terminal: TerminalModel,
        want: Want,
        aids_top: Callable[[], float],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._terminal = terminal
        self._want = want
        self._aids_top = aids_top
        self._now = now
        self._heard_at: float | None = None
        self._eating = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002  # Qt's signature
        """Report the beginning of a touch or key; return True (eaten) for all of one that wakes."""
        kind = event.type()
        if kind in _BEGINNINGS:
            waking = self._terminal.current_screen() is Screen.ATTRACT
            self._eating = waking and not self._is_on_aids(event)
            if waking or not self._terminal.is_warning():
                self._report(waking=waking)
        elif kind not in _ENDINGS and kind not in _BETWEEN:
            return False
        eaten = self._eating
        if kind in _ENDINGS:
            self._eating = False
        if eaten:
            event.accept()
        return eaten

    def _is_on_aids(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            return all(point.position().y() >= self._aids_top() for point in event.points())
        return isinstance(event, QMouseEvent) and event.position().y() >= self._aids_top()

    def _report(self, *, waking: bool) -> None:
        """Tell the machine; a touch that wakes is never one too many."""
        now = self._now()
        if waking or self._heard_at is None or now - self._heard_at >= HEARD_EVERY_S:
            self._heard_at = now
            self._want(Wish.TOUCH, "")
