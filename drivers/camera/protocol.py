"""What the program that holds the camera and the driver say to each other: lines of ASCII over two pipes.

The driver says ``open`` once and ``next`` for each picture that it wants; it says the next thing only when it
was answered, so nothing piles up on either side. The answers are ``opened``, ``frame WIDTH HEIGHT
CAPTURED_NS`` (the picture lies in the shared memory, rows from the top, blue, green, red; the moment is on
CLOCK_MONOTONIC) and ``lost REASON``, which is the last.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

OPEN = b"open\n"
NEXT = b"next\n"

LARGEST_WIDTH = 1920
LARGEST_HEIGHT = 1080
MEMORY_BYTES = LARGEST_WIDTH * LARGEST_HEIGHT * 3
_LONGEST_LINE_BYTES = 64


class Loss(Enum):
    """Why the program that holds the camera gave it up."""

    NOT_OPENED = "not_opened"
    NO_PICTURE = "no_picture"
    WRONG_SIZE = "wrong_size"
    """The pictures are larger than 1920 × 1080, or not in colour."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The camera is open. That proves nothing: a picture does."""


@dataclass(frozen=True, slots=True)
class FrameReady:
    """A picture of that size lies in the shared memory, until the next one is asked for."""

    width: int
    height: int
    captured_ns: int


@dataclass(frozen=True, slots=True)
class Lost:
    """The camera is gone, or was never there; the program ends."""

    reason: Loss


Notice = Opened | FrameReady | Lost


def encode(notice: Notice) -> bytes:
    """One line."""
    match notice:
        case Opened():
            return b"opened\n"
        case FrameReady():
            return f"frame {notice.width} {notice.height} {notice.captured_ns}\n".encode("ascii")
        case Lost():
            return f"lost {notice.reason.value}\n".encode("ascii")


class NoticeReader:
    """Takes bytes as they come and gives notices. What is none is thrown away, of any length."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[Notice]:
        """The notices that ``data`` completes."""
        *lines, rest = (self._rest + data).split(b"\n")
        self._rest = rest[-_LONGEST_LINE_BYTES:]
        return [notice for line in lines if (notice := _notice(line)) is not None]


def _notice(line: bytes) -> Notice | None:
    if not line.isascii() or len(line) > _LONGEST_LINE_BYTES:
        return None
    match line.decode("ascii").split(" "):
        case ["opened"]:
            return Opened()
        case ["frame", *figures]:
            return _frame(figures)
        case ["lost", reason] if reason in {loss.value for loss in Loss}:
            return Lost(Loss(reason))
        case _:
            return None


def _frame(figures: list[str]) -> FrameReady | None:
    if len(figures) != 3 or not all(figure.isdecimal() for figure in figures):
        return None
    width, height, captured_ns = map(int, figures)
    if not (0 < width <= LARGEST_WIDTH and 0 < height <= LARGEST_HEIGHT):
        return None
    return FrameReady(width, height, captured_ns)
