"""What a printer and a job say of themselves by IPP, in the words of this driver.

Source: RFC 8011 §5.4.11–12 (printer-state, printer-state-reasons), §5.3.7–8 (job-state, job-state-reasons).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final
from urllib.parse import urlsplit

from drivers.document_printer.address import IPP_PORT, IppAddress
from drivers.document_printer.device import Capabilities
from drivers.document_printer.protocol import PDF, Group
from drivers.transports.address import TcpAddress, is_simulated

PRINTER_ATTRIBUTES: Final = (
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "printer-input-tray",
    "printer-output-tray",
    "printer-make-and-model",
    "document-format-supported",
    "device-uri",
)
JOB_ATTRIBUTES: Final = (
    "job-id",
    "job-name",
    "job-state",
    "job-state-reasons",
    "job-impressions-completed",
    "job-media-sheets-completed",
)


class PrinterState(IntEnum):
    """RFC 8011 §5.4.11."""

    IDLE = 3
    PROCESSING = 4
    STOPPED = 5


class JobState(IntEnum):
    """RFC 8011 §5.3.7."""

    PENDING = 3
    PENDING_HELD = 4
    PROCESSING = 5
    PROCESSING_STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9

    @property
    def ended(self) -> bool:
        """Whether nothing more happens to the job."""
        return self >= JobState.CANCELED


_JOB_DOUBTS: Final = ("job-completed-with-errors", "job-incoming", "job-data-insufficient")


@dataclass(frozen=True, slots=True)
class PrinterReadings:
    """What a printer, or a queue, answered about itself. None is what it did not say."""

    state: PrinterState | None
    reasons: tuple[str, ...]
    accepts_jobs: bool | None
    input_trays: tuple[str, ...]
    output_trays: tuple[str, ...]
    model: str
    formats: frozenset[str]
    device_uri: str

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""
        return Capabilities(self.model, PDF in self.formats, bool(self.output_trays))

    @property
    def stopped(self) -> bool:
        """Whether it will not go on by itself, or takes nothing."""
        return self.state in (None, PrinterState.STOPPED) or self.accepts_jobs is False


@dataclass(frozen=True, slots=True)
class JobReadings:
    """What a printer, or a queue, answered about one job. None is what it did not say."""

    job_id: int
    name: str
    state: JobState | None
    reasons: tuple[str, ...]
    sheets_out: int | None

    @property
    def ended(self) -> bool:
        """Whether nothing more happens to it."""
        return self.state is not None and self.state.ended

    @property
    def completed(self) -> bool:
        """Whether it is completed and nothing about that is in doubt."""
        return self.state is JobState.COMPLETED and not any(
            reason.startswith(_JOB_DOUBTS) for reason in self.reasons
        )


def printer_readings(group: Group) -> PrinterReadings:
    """Reads the printer group of an answer to Get-Printer-Attributes."""
    state = group.integer("printer-state")
    return PrinterReadings(
        state=PrinterState(state) if state in list(PrinterState) else None,
        reasons=tuple(keyword for keyword in group.texts("printer-state-reasons") if keyword != "none"),
        accepts_jobs=group.flag("printer-is-accepting-jobs"),
        input_trays=_texts_of(group, "printer-input-tray"),
        output_trays=_texts_of(group, "printer-output-tray"),
        model=next(iter(group.texts("printer-make-and-model")), ""),
        formats=frozenset(group.texts("document-format-supported")),
        device_uri=next(iter(group.texts("device-uri")), ""),
    )


def job_readings(group: Group) -> JobReadings | None:
    """Reads a job group; None when it does not say which job it is."""
    job_id, state = group.integer("job-id"), group.integer("job-state")
    if job_id is None:
        return None
    counts = (group.integer("job-impressions-completed"), group.integer("job-media-sheets-completed"))
    said = [count for count in counts if count is not None]
    return JobReadings(
        job_id=job_id,
        name=next(iter(group.texts("job-name")), ""),
        state=JobState(state) if state in list(JobState) else None,
        reasons=group.texts("job-state-reasons"),
        sheets_out=max(said, default=None),
    )


def leads_to(device_uri: str, printer: IppAddress) -> bool:
    """Whether a queue hands its jobs, by IPP, to that very printer: then what the printer says is about them.

    A queue to ``file:`` or to cups-pdf, which report *completed* and print nothing, does not.
    """
    try:
        parts = urlsplit(device_uri)
        port = parts.port or IPP_PORT
    except ValueError:
        return False
    same_host = _plain(parts.hostname or "") == _plain(printer.host)
    return parts.scheme in ("ipp", "ipps") and same_host and port == printer.port


def _plain(host: str) -> str:
    """One name for this machine, whatever it is called."""
    return "localhost" if is_simulated(TcpAddress(host, IPP_PORT)) else host.lower()


def _texts_of(group: Group, name: str) -> tuple[str, ...]:
    return tuple(octets.decode("utf-8", "replace") for octets in group.octets(name))
