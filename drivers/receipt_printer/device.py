"""What a receipt printer can do, how it is, what it is asked to print, and how that ended."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, Protocol

from drivers.print_sessions import PurgeOutcome
from drivers.receipt_printer.protocol import MAXIMUM_QR_PAYLOAD_BYTES
from drivers.vocabulary import DeviceState, DeviceStatus, ModuleState
from foundation.errors import ErrorCode, Errors

DOTS_PER_MM: Final = 8
_JOB_ID_MAXIMUM: Final = 64


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What does not change while the printer is plugged in.

    A character cell is 12×24 dots, a Chinese one 24×24; ``largest_characters`` is how many times they can be
    enlarged. Without a ``cutter`` the paper is torn off; without ``paper_sensor`` or ``paper_low_sensor`` the
    printer does not know that about its paper.
    """

    paper_width_mm: int
    dots_per_line: int
    cutter: bool = True
    paper_sensor: bool = True
    paper_low_sensor: bool = True
    largest_characters: int = 4

    @property
    def columns(self) -> int:
        """ASCII characters of normal size in a line; half as many Chinese ones."""
        return self.dots_per_line // 12


_DOTS_PER_LINE: Final = {58: 384, 80: 576}


def capabilities_for(paper_width_mm: int) -> Capabilities:
    """The capabilities of an ordinary printer for 58 mm (384 dots) or 80 mm paper (576 dots).

    Raises ``ValueError`` for any other width.
    """
    if paper_width_mm not in _DOTS_PER_LINE:
        raise ValueError(f"receipt paper is 58 or 80 mm wide, not {paper_width_mm}")
    return Capabilities(paper_width_mm, _DOTS_PER_LINE[paper_width_mm])


class PaperState(Enum):
    """The paper of the roll (XFS4IoT Printer.Status ``paper``)."""

    UNKNOWN = "unknown"
    NOT_SUPPORTED = "not_supported"
    FULL = "full"
    LOW = "low"
    OUT = "out"


class CoverState(Enum):
    """The cover over the roll."""

    UNKNOWN = "unknown"
    CLOSED = "closed"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPrinterStatus(DeviceStatus):
    """How the printer is. Everything is *unknown* until it has said so itself, and again when it is lost."""

    paper: PaperState = PaperState.UNKNOWN
    cover: CoverState = CoverState.UNKNOWN
    cutter: ModuleState = ModuleState.UNKNOWN
    head: ModuleState = ModuleState.UNKNOWN

    @property
    def can_print(self) -> bool:
        """Whether a slip may be sent now. Unknown is no."""
        return self.state is DeviceState.ONLINE and self.error is None


def unknown_status(*, simulated: bool) -> ReceiptPrinterStatus:
    """The status of a printer that has not said anything."""
    return ReceiptPrinterStatus(
        device="receipt_printer", state=DeviceState.UNKNOWN, error=None, simulated=simulated
    )


class _Discreet:
    """A ``repr`` that names the kind only: what is on a slip is nobody's business."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"


@dataclass(frozen=True, slots=True, repr=False)
class Heading(_Discreet):
    """At the beginning of a slip its title, large and centred; anywhere else it opens a section."""

    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Paragraph(_Discreet):
    """Running text; its own line ends are kept. Two lines or less right below the title are the subtitle."""

    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Pair(_Discreet):
    """A label and a value. Pairs that follow each other are aligned with each other."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, repr=False)
class LargeNumber(_Discreet):
    """A number to be copied by hand, as large as the paper allows. 11 figures are grouped 3-4-4."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class QrCode(_Discreet):
    """A QR code of 1 to 500 bytes of UTF-8, and what it is for. Raises ``ValueError`` for more."""

    payload: str
    caption: str

    def __post_init__(self) -> None:
        if not 1 <= len(self.payload.encode("utf-8", "replace")) <= MAXIMUM_QR_PAYLOAD_BYTES:
            raise ValueError(f"a QR code on a slip carries 1 to {MAXIMUM_QR_PAYLOAD_BYTES} bytes")


@dataclass(frozen=True, slots=True, repr=False)
class Rule(_Discreet):
    """A line across."""


@dataclass(frozen=True, slots=True, repr=False)
class SmallPrint(_Discreet):
    """What need not be read to go on: authenticity, legal words, the long case number."""

    text: str


Block = Heading | Paragraph | Pair | LargeNumber | QrCode | Rule | SmallPrint
"""The closed list of what a slip is made of."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A print job. ``job_id`` (printable ASCII without spaces, at most 64) is printed and names no person.

    ``head`` stands above the title. ``large_print`` makes every character of the text 6 mm high, with 5 mm
    and more of ink. ``copy`` marks the slip 副本 COPY. Raises ``ValueError`` for a job id that cannot be
    printed.

    ``session`` and ``subject`` bind it: it is printed only while its session lasts, and a session prints for
    one subject only; without a session it is nobody's, as a test slip is. Both are compared and never leave
    the driver; give a token, not a number of an identity card.
    """

    job_id: str
    blocks: tuple[Block, ...] = field(repr=False)
    large_print: bool = False
    copy: bool = False
    head: str = ""
    session: str = field(default="", repr=False)
    subject: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not 1 <= len(self.job_id) <= _JOB_ID_MAXIMUM or not all(
            "!" <= letter <= "~" for letter in self.job_id
        ):
            raise ValueError("a job id is 1 to 64 printable ASCII characters without spaces")


class PrintOutcome(Enum):
    """How a print job ended; there is no fourth way."""

    DONE = "done"
    """The printer itself answered, after the last command of the slip, that it has come so far."""
    NOT_DONE = "not_done"
    """No complete slip came out, and none will: nothing of it is left in the printer."""
    UNKNOWN = "unknown"
    """The slip may have come out or may still come out. Ask the person; what is printed again is a copy."""


@dataclass(frozen=True, slots=True)
class PrintResult:
    """The outcome, and the error unless it is done. Made by ``done``, ``not_done`` and ``unknown``."""

    outcome: PrintOutcome
    error: ErrorCode | None

    @classmethod
    def done(cls) -> PrintResult:
        return cls(PrintOutcome.DONE, None)

    @classmethod
    def not_done(cls, error: ErrorCode) -> PrintResult:
        return cls(PrintOutcome.NOT_DONE, error)

    @classmethod
    def unknown(cls) -> PrintResult:
        return cls(PrintOutcome.UNKNOWN, Errors.PRINT_OUTCOME_UNKNOWN)


class ReceiptPrinterDevice(Protocol):
    """What the application may ask of a receipt printer, whoever made it."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""

    def status(self) -> ReceiptPrinterStatus:
        """The latest status; never waits for the printer."""

    def print_slip(self, slip: Slip) -> Future[PrintResult]:
        """Prints a slip; returns at once, and the Future always resolves."""

    def end_session(self, session: str) -> Future[PurgeOutcome]:
        """No slip of the session is begun any more; returns at once, and the Future always resolves."""

    def begin_session(self) -> Future[PurgeOutcome]:
        """The printer forgets what somebody may have left in it, before a slip of another session is printed;
        returns at once, and the Future always resolves.
        """
