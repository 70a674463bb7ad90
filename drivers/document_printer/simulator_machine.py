"""The inside of the simulated printer: jobs, sheets, the output tray, what can be wrong, and its answers by
IPP.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from drivers.document_printer import protocol
from drivers.document_printer.protocol import (
    Answered,
    Attribute,
    Group,
    GroupTag,
    Message,
    Operation,
    Value,
    ValueTag,
)
from drivers.document_printer.readings import JobState, PrinterState

_TRAY_CAPACITY_SHEETS: Final = 100
_PAGE: Final = re.compile(rb"/Type\s*/Page\b")
_MEDIA: Final = frozenset({protocol.A4, "iso_a3_297x420mm"})
_ATTRIBUTES_NOT_SUPPORTED: Final = 0x040B
_FORMAT_NOT_SUPPORTED: Final = 0x040A
_BEGINS_WITH: Final = ("attributes-charset", "attributes-natural-language", "printer-uri")


class DocumentPrinterFault(Enum):
    """What can be wrong with the printer, or with the way to it."""

    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    PAPER_OUT_MID_PRINT = "paper_out_mid_print"
    """The cassette is empty after the next sheet; taking the fault away fills it."""
    JAM = "jam"
    JAM_MID_PRINT = "jam_mid_print"
    """Jams after the next sheet."""
    COVER_OPEN = "cover_open"
    TONER_LOW = "toner_low"
    TONER_EMPTY = "toner_empty"
    OUTPUT_FULL = "output_full"
    PAUSED = "paused"
    """Somebody pressed its pause key."""
    WARMING_UP = "warming_up"
    """Takes jobs, and puts no sheet out until the fault is taken away."""
    DIES_MID_PRINT = "dies_mid_print"
    """The power fails after the next sheet and comes back at once: every job is forgotten."""
    REFUSES_DOCUMENTS = "refuses_documents"
    FAILS_INSIDE = "fails_inside"
    """Answers a document with *internal error*, and prints it all the same."""
    NO_PDF = "no_pdf"
    """A model that prints pictures only."""
    FORGETS_JOBS = "forgets_jobs"
    """Keeps no history: a job that has ended was never there."""
    KEEPS_JOBS = "keeps_jobs"
    """Does not cancel."""
    REFUSES_CONNECTIONS = "refuses_connections"
    """Switched off: no connection stands, none is accepted, every job is forgotten."""
    STALL = "stall"
    """Takes connections and says nothing."""
    ANSWERS_LATE = "answers_late"
    """Every answer comes ``late_by_s`` after its time."""
    DRIPS = "drips"
    """An answer that never ends: a byte now and then."""
    HALF_ANSWER = "half_answer"
    """Hangs up in the middle of its answer."""
    NOISE = "noise"
    """Something else listens at its address."""
    WEB_PAGE = "web_page"
    """A web server stands at its address: *200*, and no word of IPP."""
    HTTP_ERROR = "http_error"
    """Its web server answers *503*."""


_F = DocumentPrinterFault
_REASONS: Final = {
    _F.PAPER_LOW: "media-low-warning",
    _F.PAPER_OUT: "media-empty-error",
    _F.JAM: "media-jam-error",
    _F.COVER_OPEN: "cover-open-error",
    _F.TONER_LOW: "toner-low-warning",
    _F.TONER_EMPTY: "toner-empty-error",
    _F.OUTPUT_FULL: "output-area-full-error",
    _F.PAUSED: "paused",
    _F.WARMING_UP: "warming-up-report",
}
_STOPPING: Final = frozenset({_F.PAPER_OUT, _F.JAM, _F.COVER_OPEN, _F.TONER_EMPTY, _F.OUTPUT_FULL, _F.PAUSED})
_LEADS_TO: Final = {_F.PAPER_OUT_MID_PRINT: _F.PAPER_OUT, _F.JAM_MID_PRINT: _F.JAM}


@dataclass(frozen=True, slots=True, repr=False)
class PrintedDocument:
    """A document of which every sheet came out."""

    name: str
    media: str
    pdf: bytes


@dataclass(slots=True, repr=False)
class _SimulatedJob:
    job_id: int
    name: str
    user: str
    media: str
    pdf: bytes
    sheets: int
    sheets_out: int = 0
    state: JobState = JobState.PENDING


class Machine:
    """A printer without its socket. Time is handed in, in seconds of a monotonic clock. For one thread.

    ``seconds_per_sheet`` is None for one that prints as fast as the computer can. With ``device_uri`` it
    passes for a queue that hands its jobs on to there.
    """

    def __init__(self, seconds_per_sheet: float | None, device_uri: str) -> None:
        self.power_failed = False
        self.documents: list[PrintedDocument] = []
        self.tray_sheets = 0
        self.mistakes: list[str] = []
        self.model = "店小二 Simulated A4 Printer"
        self._device_uri = device_uri
        self._seconds_per_sheet = seconds_per_sheet
        self._faults: set[DocumentPrinterFault] = set()
        self._jobs: dict[int, _SimulatedJob] = {}
        self._last_job_id = 0
        self._sheet_ready_s: float | None = None

    def has(self, fault: DocumentPrinterFault) -> bool:
        """Whether that is wrong now."""
        return fault in self._faults

    def set_fault(self, fault: DocumentPrinterFault) -> None:
        """Makes something wrong."""
        self._faults.add(fault)
        if fault is _F.REFUSES_CONNECTIONS:
            self._lose_power()

    def clear_fault(self, fault: DocumentPrinterFault) -> None:
        """Mends it, and what came of it."""
        self._faults -= {fault, _LEADS_TO.get(fault, fault)}

    def unfinished(self) -> list[str]:
        """The names of the jobs that are still to be printed."""
        return [job.name for job in self._jobs.values() if not job.state.ended]

    def work(self, now_s: float) -> float | None:
        """Prints what can be printed by now; when to come again, or None to wait for a request or a fault."""
        while (job := self._current()) is not None:
            if self._faults & _STOPPING:
                job.state = JobState.PROCESSING_STOPPED
                return None
            job.state = JobState.PROCESSING
            if self.has(_F.WARMING_UP):
                return None
            if self._sheet_ready_s is None:
                self._sheet_ready_s = now_s + (self._seconds_per_sheet or 0.0)
            if now_s < self._sheet_ready_s:
                return self._sheet_ready_s
            self._sheet_ready_s = None
            self._put_out_sheet(job)
        return None

    def answer(self, request: Message) -> Message:
        """What the printer says to a request."""
        operation = request.first(GroupTag.OPERATION)
        if tuple(attribute.name for attribute in operation.attributes[:3]) != _BEGINS_WITH:
            self.mistakes.append(f"operation {request.code:#06x} does not begin as it must")
        answers: dict[int, Callable[[Message, Group], Message]] = {
            Operation.GET_PRINTER_ATTRIBUTES: self._about_printer,
            Operation.PRINT_JOB: self._take_document,
            Operation.CANCEL_JOB: self._cancel,
            Operation.GET_JOB_ATTRIBUTES: self._about_job,
            Operation.GET_JOBS: self._about_jobs,
        }
        if request.code not in answers:
            self.mistakes.append(f"operation {request.code:#06x} is not known")
            return _answer(request, Answered.OPERATION_NOT_SUPPORTED)
        return answers[request.code](request, operation)

    def _current(self) -> _SimulatedJob | None:
        return next((job for job in self._jobs.values() if not job.state.ended), None)

    def _put_out_sheet(self, job: _SimulatedJob) -> None:
        job.sheets_out += 1
        self.tray_sheets += 1
        if job.sheets_out == job.sheets:
            job.state = JobState.COMPLETED
            self.documents.append(PrintedDocument(job.name, job.media, job.pdf))
            if self.has(_F.FORGETS_JOBS):
                del self._jobs[job.job_id]
        for coming, come in _LEADS_TO.items():
            if self.has(coming):
                self._faults ^= {coming, come}
        if self.has(_F.DIES_MID_PRINT):
            self._faults.remove(_F.DIES_MID_PRINT)
            self._lose_power()

    def _lose_power(self) -> None:
        self.power_failed = True
        self._jobs.clear()
        self._last_job_id = 0
        self._sheet_ready_s = None

    def _take_document(self, request: Message, operation: Group) -> Message:
        job_group = request.first(GroupTag.JOB)
        media = next(iter(job_group.texts("media")), "")
        if self.has(_F.REFUSES_DOCUMENTS):
            return _answer(request, Answered.NOT_ACCEPTING_JOBS)
        if self.has(_F.NO_PDF) or operation.texts("document-format") != (protocol.PDF,):
            return _answer(request, _FORMAT_NOT_SUPPORTED)
        if media not in _MEDIA:
            return _answer(request, _ATTRIBUTES_NOT_SUPPORTED)
        self._last_job_id += 1
        job = _SimulatedJob(
            job_id=self._last_job_id,
            name=next(iter(operation.texts("job-name")), ""),
            user=next(iter(operation.texts("requesting-user-name")), ""),
            media=media,
            pdf=request.data,
            sheets=max(1, len(_PAGE.findall(request.data))),
        )
        self._jobs[job.job_id] = job
        if self.has(_F.FAILS_INSIDE):
            return _answer(request, Answered.INTERNAL_ERROR)
        return _answer(request, Answered.OK, _described(job))

    def _cancel(self, request: Message, operation: Group) -> Message:
        job = self._jobs.get(operation.integer("job-id") or 0)
        if job is None:
            return _answer(request, Answered.NOT_FOUND)
        if job.state.ended or self.has(_F.KEEPS_JOBS):
            return _answer(request, Answered.NOT_POSSIBLE)
        job.state = JobState.CANCELED
        self._sheet_ready_s = None
        return _answer(request, Answered.OK)

    def _about_job(self, request: Message, operation: Group) -> Message:
        job = self._jobs.get(operation.integer("job-id") or 0)
        return (
            _answer(request, Answered.NOT_FOUND)
            if job is None
            else _answer(request, Answered.OK, _described(job))
        )

    def _about_jobs(self, request: Message, operation: Group) -> Message:
        ended = operation.texts("which-jobs") == ("completed",)
        mine = operation.texts("requesting-user-name") if operation.flag("my-jobs") else None
        jobs = [
            _described(job)
            for job in self._jobs.values()
            if job.state.ended is ended and (mine is None or job.user in mine)
        ]
        return _answer(request, Answered.OK, *jobs)

    def _about_printer(self, request: Message, _: Group) -> Message:
        reasons = [reason for fault, reason in _REASONS.items() if self.has(fault)]
        state = PrinterState.PROCESSING if self._current() is not None else PrinterState.IDLE
        formats = ["image/pwg-raster"] if self.has(_F.NO_PDF) else ["image/pwg-raster", protocol.PDF]
        said = [
            _one("printer-state", ValueTag.ENUM, PrinterState.STOPPED if self._faults & _STOPPING else state),
            Attribute("printer-state-reasons", ValueTag.KEYWORD, tuple(reasons or ["none"])),
            _one("printer-is-accepting-jobs", ValueTag.BOOLEAN, True),
            _one("printer-make-and-model", ValueTag.TEXT, self.model),
            Attribute("document-format-supported", ValueTag.MIME_TYPE, tuple(formats)),
        ]
        if self._device_uri:
            said.append(_one("device-uri", ValueTag.URI, self._device_uri))
        else:
            said.append(_one("printer-output-tray", ValueTag.OCTETS, self._tray()))
        return _answer(request, Answered.OK, Group(GroupTag.PRINTER, tuple(said)))

    def _tray(self) -> bytes:
        remaining = max(0, _TRAY_CAPACITY_SHEETS - self.tray_sheets)
        room = f"maxcapacity={_TRAY_CAPACITY_SHEETS};remaining={remaining}"
        return f"type=unRemovableBin;{room};status=0;name=face-down;".encode("ascii")


def _answer(request: Message, code: int, *groups: Group) -> Message:
    operation = Group(
        GroupTag.OPERATION,
        (
            _one("attributes-charset", ValueTag.CHARSET, "utf-8"),
            _one("attributes-natural-language", ValueTag.NATURAL_LANGUAGE, "en"),
        ),
    )
    return Message(code, request.request_id, (operation, *groups))


def _described(job: _SimulatedJob) -> Group:
    return Group(
        GroupTag.JOB,
        (
            _one("job-id", ValueTag.INTEGER, job.job_id),
            _one("job-name", ValueTag.NAME, job.name),
            _one("job-state", ValueTag.ENUM, job.state),
            _one("job-state-reasons", ValueTag.KEYWORD, "none"),
            _one("job-impressions-completed", ValueTag.INTEGER, job.sheets_out),
        ),
    )


def _one(name: str, tag: ValueTag, value: Value) -> Attribute:
    return Attribute(name, tag, (value,))
