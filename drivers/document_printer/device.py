"""What a document printer can do, how it is, what it is asked to print, and how that ended."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, Protocol

from drivers.print_sessions import PurgeOutcome
from drivers.vocabulary import DeviceState, DeviceStatus
from foundation.errors import ErrorCode, Errors

_NAME_MAXIMUM: Final = 64
_PDF_BEGINS: Final = b"%PDF-"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the printer says that it can do. It does not change while it is there.

    Without a ``tray_sensor`` it does not know whether somebody's sheets lie in its output tray. ``model`` is
    its maker's name for it.
    """

    model: str
    prints_pdf: bool
    tray_sensor: bool


class PaperState(Enum):
    """The paper that is fed (XFS4IoT Printer.Status ``paper``)."""

    UNKNOWN = "unknown"
    FULL = "full"
    LOW = "low"
    OUT = "out"
    JAMMED = "jammed"


class TonerState(Enum):
    """Toner or ink, whichever the printer uses (XFS4IoT Printer.Status ``toner`` and ``ink``)."""

    UNKNOWN = "unknown"
    FULL = "full"
    LOW = "low"
    OUT = "out"


class CoverState(Enum):
    """Every cover, door and interlock together."""

    UNKNOWN = "unknown"
    CLOSED = "closed"
    OPEN = "open"


class TrayState(Enum):
    """What lies in the output tray, for somebody to take (XFS4IoT Printer.Status ``media``)."""

    UNKNOWN = "unknown"
    NOT_SUPPORTED = "not_supported"
    EMPTY = "empty"
    HOLDS_SHEETS = "holds_sheets"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPrinterStatus(DeviceStatus):
    """How the printer is. Everything is *unknown* until it has said so itself, and again when it is lost."""

    paper: PaperState = PaperState.UNKNOWN
    toner: TonerState = TonerState.UNKNOWN
    cover: CoverState = CoverState.UNKNOWN
    tray: TrayState = TrayState.UNKNOWN

    @property
    def can_print(self) -> bool:
        """Whether a document may be sent now. Unknown is no."""
        return self.state is DeviceState.ONLINE and self.error is None


def unknown_status(*, simulated: bool) -> DocumentPrinterStatus:
    """The status of a printer that has not said anything."""
    return DocumentPrinterStatus(
        device="document_printer", state=DeviceState.UNKNOWN, error=None, simulated=simulated
    )


@dataclass(frozen=True, slots=True)
class Document:
    """A print job: a PDF, and whose it is. ``repr`` shows neither.

    ``case_id`` is all that the printer and its queue are told of it: 1 to 64 printable ASCII characters that
    name no person. ``session`` and ``subject`` bind it: it is printed only while its session lasts, and a
    session prints for one subject only. Both are compared and never leave the driver; give a token, not a
    number of an identity card. A document that is done, or may be, is not printed again: what is printed
    again is another ``document_id``.

    Raises ``ValueError`` for a case id that cannot be a job's name, and for bytes that are no PDF.
    """

    document_id: str
    case_id: str
    session: str = field(repr=False)
    subject: str = field(repr=False)
    pdf: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not 1 <= len(self.case_id) <= _NAME_MAXIMUM or not all(
            "!" <= letter <= "~" for letter in self.case_id
        ):
            raise ValueError("a case id is 1 to 64 printable ASCII characters without spaces")
        if not self.pdf.startswith(_PDF_BEGINS):
            raise ValueError("a document is a PDF")


class PrintOutcome(Enum):
    """How a print job ended; there is no fourth way."""

    DONE = "done"
    """The printer itself says, of this very job, that it is completed, and answers afterwards how it is."""
    NOT_DONE = "not_done"
    """No sheet of it came out, and none will: nothing of it is left in the printer or in its queue."""
    UNKNOWN = "unknown"
    """Some of it, or all, may have come out or may still come out. Ask the person."""


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
        return cls(PrintOutcome.UNKNOWN, Errors.DOCUMENT_OUTCOME_UNKNOWN)


class DocumentPrinterDevice(Protocol):
    """What the application may ask of a document printer, whoever made it."""

    def status(self) -> DocumentPrinterStatus:
        """The latest status; never waits for the printer."""

    def print_document(self, document: Document) -> Future[PrintResult]:
        """Prints a document; returns at once, and the Future always resolves."""

    def begin_session(self) -> Future[PurgeOutcome]:
        """Printer and queue forget what somebody may have left in them, before a document of another session
        is printed; returns at once, and the Future always resolves.
        """

    def end_session(self, session: str) -> Future[PurgeOutcome]:
        """Nothing of the session is printed any more; returns at once, and the Future always resolves."""
