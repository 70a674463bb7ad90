"""Whether somebody blinked: eyes open, shut for a moment, open again, in a face that stayed where it was."""

from __future__ import annotations

from enum import Enum

from drivers.camera.face import Box

_SAME_FACE = 0.4
_OPEN_PICTURES = 2
_LONGEST_BLINK_S = 1.5


class _Eyes(Enum):
    UNKNOWN = "unknown"
    OPEN = "open"
    CLOSED_AFTER_OPEN = "closed_after_open"


class BlinkWatch:
    """Is told of every picture in which there is one good face; a gap, or another face, starts it afresh."""

    def __init__(self) -> None:
        self._box: Box | None = None
        self._eyes = _Eyes.UNKNOWN
        self._open_in_a_row = 0
        self._closed_since_s = 0.0

    def forget(self) -> None:
        """Starts afresh: the face was lost, or was not alone."""
        self._box = None
        self._eyes = _Eyes.UNKNOWN
        self._open_in_a_row = 0

    def feed(self, box: Box, eyes_open: bool, moment_s: float) -> bool:
        """Takes the next picture; true when it completes a blink."""
        if self._box is not None and box.shares(self._box) < _SAME_FACE:
            self.forget()
        self._box = box
        if not eyes_open:
            self._close(moment_s)
            return False
        self._open_in_a_row += 1
        if self._open_in_a_row < _OPEN_PICTURES:
            return False
        blinked = (
            self._eyes is _Eyes.CLOSED_AFTER_OPEN and moment_s - self._closed_since_s <= _LONGEST_BLINK_S
        )
        self._eyes = _Eyes.OPEN
        return blinked

    def _close(self, moment_s: float) -> None:
        self._open_in_a_row = 0
        if self._eyes is _Eyes.OPEN:
            self._eyes = _Eyes.CLOSED_AFTER_OPEN
            self._closed_since_s = moment_s
