"""What the rest of the application knows of a camera."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from drivers.vocabulary import DeviceStatus
from foundation.errors import ErrorCode

if TYPE_CHECKING:
    from drivers.camera.pixels import Pixels

LARGEST_PAYLOAD_BYTES = 1024
"""What the application takes of a code at most, whichever device has read it."""


class Look(Enum):
    """What the camera is open for. It is closed when there is nothing to look for."""

    NOTHING = "nothing"
    CODE = "code"
    FACE = "face"
    LIVE_FACE = "live_face"
    """A face, and a blink when it is asked for."""
    DOCUMENT = "document"


class PictureState(Enum):
    """What the pictures are like, as they came in the last seconds in which the camera was open."""

    UNKNOWN = "unknown"
    GOOD = "good"
    BLACK = "black"
    """Nothing to be seen: a covered lens, or a hall without light."""
    OVEREXPOSED = "overexposed"
    SLOW = "slow"
    """Good, but fewer than five a second: a blink would be missed."""


class Advice(Enum):
    """What whoever stands there can do; the value is the id of the words to show and to say."""

    NO_FACE = "camera.no_face"
    ONE_PERSON_ONLY = "camera.one_person_only"
    COME_CLOSER = "camera.come_closer"
    STEP_BACK = "camera.step_back"
    MOVE_TO_THE_MIDDLE = "camera.move_to_the_middle"
    TOO_DARK = "camera.too_dark"
    TOO_BRIGHT = "camera.too_bright"
    HOLD_STILL = "camera.hold_still"
    STAY_LIKE_THIS = "camera.stay_like_this"
    """All is well; the best picture is being chosen."""
    BLINK = "camera.blink"
    """All is well; close your eyes for a moment."""
    NO_DOCUMENT = "camera.no_document"
    DOCUMENT_TOO_SMALL = "camera.document_too_small"
    DOCUMENT_CUT_OFF = "camera.document_cut_off"
    DOCUMENT_READY = "camera.document_ready"


class Liveness(Enum):
    """What can be said of whether a person, and not a photograph, was before the camera.

    A blink keeps out a photograph that is held up. It does not keep out a film or a mask: it is a hint for
    the platform that compares the face, and never a proof by itself.
    """

    PASSED = "passed"
    NOT_SEEN = "not_seen"
    """It was asked for and was not seen in time. That is no accusation: offer the other ways."""
    NOT_SUPPORTED = "not_supported"
    """It was asked for, and this camera shows too few pictures a second to see a blink."""
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What this camera can do. It does not change while the camera is plugged in."""

    codes: bool = True
    faces: bool = True
    blink: bool = True
    documents: bool = True
    faces_compared: bool = False
    """Comparing a face with a card's photo is the platform's, never done here."""
    depth: bool = False
    """There is no infrared and no depth: see :class:`Liveness` for what that means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraStatus(DeviceStatus):
    """How the camera is.

    ``degraded`` is true when the program that holds the camera had to be ended, or ended by itself, three
    times in the last five minutes.
    """

    picture: PictureState = PictureState.UNKNOWN
    degraded: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of the camera; ``repr`` shows its size and nothing of what is on it.

    ``captured_s`` is a moment on the machine's monotonic clock: its age is the clock's time less this.
    """

    pixels: Pixels
    captured_s: float

    def __repr__(self) -> str:
        height, width = self.pixels.shape[:2]
        return f"Frame({width}×{height})"


Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a screen shows while the camera is open: the latest picture and where the thing sought is.

    ``outline`` has the corners of the face's box or of the document, clockwise from the top left one, in
    pixels of the picture; it is empty when nothing was found.
    """

    frame: Frame
    outline: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Photograph:
    """A picture of a person or of a paper, as JPEG, in memory alone; ``repr`` shows nothing of it.

    ``sharpness`` is comparable only between pictures of the same kind from the same camera.
    """

    jpeg: bytes
    width: int
    height: int
    sharpness: float

    def __repr__(self) -> str:
        return f"Photograph({self.width}×{self.height})"


@dataclass(frozen=True, slots=True)
class LampChanged:
    """The camera will be opened, or was closed: the lamp beside the lens and the label on the screen follow.

    It is lit before the camera is opened and goes out after it was closed, also when it was lost.
    """

    lit: bool


@dataclass(frozen=True, slots=True)
class Advised:
    """There is something else to say to whoever stands there. Told on change only, and damped."""

    advice: Advice


@dataclass(frozen=True, slots=True)
class FaceCaptured:
    """The best picture of one face. Told once for each time that a face is asked for."""

    photograph: Photograph
    liveness: Liveness


@dataclass(frozen=True, slots=True, repr=False)
class CodeSeen:
    """A code came into view while one was asked for. Told once until it has gone or is another one.

    The payload is opaque: a token of a person, never parsed here; 1 to 1,024 bytes, and ``repr``
    shows only how many.
    """

    payload: bytes

    def __repr__(self) -> str:
        return f"CodeSeen({len(self.payload)} bytes)"


@dataclass(frozen=True, slots=True)
class CodeProblem:
    """A code came into view while one was asked for, and it cannot be one of those that are known here."""

    error: ErrorCode


@dataclass(frozen=True, slots=True)
class DocumentProblem:
    """The outcome of asking for a document of which no good picture could be taken in time."""

    advice: Advice
