"""The driver of the document printer: what became of a document is what the printer itself says of it."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from drivers.document_printer.address import IppAddress
from drivers.document_printer.conditions import status_of
from drivers.document_printer.device import (
    Capabilities,
    Document,
    DocumentPrinterStatus,
    PrintOutcome,
    PrintResult,
    TrayState,
    unknown_status,
)
from drivers.document_printer.exchange import IppEndpoint
from drivers.document_printer.readings import JobReadings, PrinterReadings, leads_to
from drivers.document_printer.spooler import Refusal, Spooler
from drivers.print_sessions import PurgeOutcome, Sessions, outcome_of
from drivers.supervision import Listener, OwnedDevice
from drivers.transports.choice import transport_for
from drivers.transports.transport import DeviceLostError
from drivers.vocabulary import DeviceLost, DeviceState
from foundation.clock import Clock
from foundation.counters import CounterSink
from foundation.errors import ErrorCode, Errors

log = logging.getLogger("dianxiaoer.document_printer")

_POLL_INTERVAL_S: Final = 3.0
_DOCUMENTS_REMEMBERED: Final = 1000
_SOMEBODYS_SHEETS: Final = frozenset({TrayState.HOLDS_SHEETS, TrayState.FULL})


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the driver waits, and how often it looks."""

    queue_s: float = 60.0
    """Until a document is taken up; those before it come first."""
    answer_s: float = 10.0
    sending_s: float = 60.0
    document_s: float = 180.0
    """From handing a document over to its last sheet."""
    cancel_s: float = 20.0
    """Until a printer that was told to forget a document has forgotten it."""
    look_s: float = 1.0
    """While a document is printed, or cancelled, it is looked how far it is so often."""


@dataclass(slots=True)
class _Job:
    """A document on its way, and how far it got."""

    document: Document
    result: Future[PrintResult] = field(default_factory=Future)
    taken_up: bool = False
    begun: bool = False
    """Whether a byte of it may have reached the printer or its queue."""

    def take_up(self) -> bool:
        """False when the job was cancelled before."""
        self.taken_up = self.taken_up or self.result.set_running_or_notify_cancel()
        return self.taken_up


@dataclass(frozen=True, slots=True)
class _Handed:
    """A document that was taken: its number where it was handed in, and how to know it in the printer."""

    document: Document
    job_id: int
    at_printer_before: frozenset[int]


class DocumentPrinter(OwnedDevice[DocumentPrinterStatus]):
    """One A4 printer at ``printer``, from ``start`` to ``stop``; with ``queue``, documents go through CUPS.

    The printer is the terminal's own: whatever waits in it or in its queue, whoever sent it, is cancelled as
    soon as it answers, before a session and after it, so that nothing comes out for the next person. The
    listener gets ``StatusChanged`` with a :class:`DocumentPrinterStatus`. Counters are ``document_printer.``
    ``done``, ``not_done``, ``unknown``, ``repeated``, ``cancelled`` and ``sheets``.
    """

    def __init__(
        self,
        printer: IppAddress,
        clock: Clock,
        counters: CounterSink,
        listener: Listener,
        *,
        queue: IppAddress | None = None,
        patience: Patience | None = None,
    ) -> None:
        """Nothing is opened yet."""
        self._simulated = printer.simulated
        super().__init__(
            transport_for(printer.tcp, clock),
            clock,
            listener,
            unknown=unknown_status(simulated=self._simulated),
            lost_error=Errors.DOCUMENT_PRINTER_LOST,
            poll_interval_s=_POLL_INTERVAL_S,
        )
        self._counters = counters
        self._patience = patience or Patience()
        self._printer = self._spooler(IppEndpoint(printer, self.transport, clock, self.stopping))
        self._queue: Spooler | None = None
        if queue is not None:
            self._queue = self._spooler(
                IppEndpoint(queue, transport_for(queue.tcp, clock), clock, self.stopping)
            )
        self._address = printer
        self._sessions = Sessions()
        self._tray_session: str | None = None
        self._interrupted = threading.Event()
        self._outcomes: OrderedDict[str, PrintResult] = OrderedDict()
        self._capabilities: Capabilities | None = None

    def _spooler(self, endpoint: IppEndpoint) -> Spooler:
        return Spooler(endpoint, answer_s=self._patience.answer_s, sending_s=self._patience.sending_s)

    @property
    def capabilities(self) -> Capabilities | None:
        """What the printer says that it can do; None until it has said so."""
        return self._capabilities

    def print_document(self, document: Document) -> Future[PrintResult]:
        """Prints a document on A4; thread-safe, returns at once, and the Future always resolves.

        - *done* only when the printer itself lists this very job as completed, and then still says how it is;
        - *not done* when it was not handed over, because the printer is not ready, or the session is over, or
          somebody else's sheets lie in the tray; or when it was refused; or when the printer says that it
          cancelled it before the first sheet;
        - *unknown* for everything else, such as a queue that says *completed* of a job that the printer does
          not know.

        A document that is done or unknown is not printed again: its outcome is answered once more.
        ``Future.cancel`` takes a document back that was not taken up.
        """
        job = _Job(document)
        deadline_s = self.clock.monotonic_s() + self._patience.queue_s
        self.submit(lambda: self._print(job), deadline_s).add_done_callback(partial(self._settle, job))
        return job.result

    def end_session(self, session: str) -> Future[PurgeOutcome]:
        """Nothing of ``session`` is printed from now on, and what is under way is cancelled and purged.

        Thread-safe, returns at once; the Future always resolves. Sheets of the session that lie in the tray
        are from now on left behind: the status says so until they are taken.
        """
        self._sessions.end(session)
        self._interrupted.set()
        return self.begin_session()

    def begin_session(self) -> Future[PurgeOutcome]:
        """Printer and queue forget whatever waits in them.

        Documents that are ordered later come after. Thread-safe, returns at once; the Future always resolves.
        """
        patience = self._patience
        deadline_s = self.clock.monotonic_s() + patience.sending_s + patience.document_s + patience.cancel_s
        return outcome_of(self.submit(self._purge_and_look, deadline_s))

    def stop(self, timeout_s: float = 5.0) -> bool:
        """As with every device. A document that is being printed is cancelled, and its outcome is unknown."""
        self.stopping.set()
        self._interrupted.set()
        return super().stop(timeout_s)

    def greet(self) -> None:
        """Has printer and queue forget what nobody waits for any more, and asks how they are."""
        self._forget_all()
        self._look()
        self.healthy()

    def idle(self) -> None:
        """Asks how the printer is."""
        self._look()
        self.healthy()

    def _settle(self, job: _Job, carried_out: Future[PrintResult | DeviceLost]) -> None:
        """Gives whoever waits the outcome; a job that was cancelled before it was taken up has none."""
        if not job.take_up():
            return
        if (bug := carried_out.exception()) is not None:
            job.result.set_exception(bug)
            return
        outcome = carried_out.result()
        if isinstance(outcome, DeviceLost):
            earlier = self._outcomes.get(job.document.document_id)
            lost = PrintResult.unknown() if job.begun else PrintResult.not_done(outcome.error)
            outcome = earlier or lost
        job.result.set_result(outcome)

    def _look(self) -> DocumentPrinterStatus:
        readings = self._printer.readings()
        self._capabilities = readings.capabilities
        queue = self._queue.readings() if self._queue is not None else None
        status = status_of(readings, simulated=self._simulated)
        if status.tray in _SOMEBODYS_SHEETS and self._sessions.has_ended(self._tray_session):
            status = replace(status, state=DeviceState.USER_ERROR, error=Errors.DOCUMENT_SHEETS_LEFT)
        if status.error is None and (error := self._queue_error(readings, queue)) is not None:
            status = replace(status, state=DeviceState.HARDWARE_ERROR, error=error)
        self.publish(status)
        return status

    def _queue_error(self, printer: PrinterReadings, queue: PrinterReadings | None) -> ErrorCode | None:
        """What speaks against handing documents in where they are handed in."""
        if queue is None:
            return None if printer.capabilities.prints_pdf else Errors.DOCUMENT_PRINTER_UNFIT
        if not queue.capabilities.prints_pdf or not leads_to(queue.device_uri, self._address):
            return Errors.DOCUMENT_PRINTER_UNFIT
        return Errors.DOCUMENT_PRINTER_BROKEN if queue.stopped else None

    def _print(self, job: _Job) -> PrintResult:
        document = job.document
        if not job.take_up():
            return PrintResult.not_done(Errors.DOCUMENT_PRINTER_LOST)  # cancelled: nobody will read this
        if (earlier := self._outcomes.get(document.document_id)) is not None:
            self._counters.count("document_printer.repeated")
            return earlier
        result = PrintResult.not_done(Errors.DOCUMENT_PRINTER_LOST)
        try:
            error = self._objection(document)
            if error is not None:
                result = PrintResult.not_done(error)
                return result
            known = frozenset(job.job_id for job in self._at_printer())
            job.begun = True
            result = PrintResult.unknown()
            result = self._hand_over(document, known)
            return result
        finally:
            self._finish(document, result)

    def _objection(self, document: Document) -> ErrorCode | None:
        if not self._sessions.admits(document.session, document.subject):
            return Errors.DOCUMENT_SESSION_OVER
        return self._look().error

    def _hand_over(self, document: Document, known: frozenset[int]) -> PrintResult:
        spooler = self._queue or self._printer
        self._tray_session = document.session
        job_id: int | None = None
        try:
            taken = spooler.print_pdf(document.case_id, document.pdf)
            if taken is Refusal.NOT_SENT:
                return PrintResult.not_done(Errors.DOCUMENT_PRINTER_LOST)
            if taken is Refusal.REFUSED:
                return PrintResult.not_done(Errors.DOCUMENT_REFUSED)
            if taken is Refusal.UNCLEAR:
                self._forget_all()
                return PrintResult.unknown()
            job_id = taken
            return self._await_end(_Handed(document, job_id, known))
        except DeviceLostError:
            self._take_back(spooler, job_id)
            raise

    def _take_back(self, spooler: Spooler, job_id: int | None) -> None:
        """The printer went away, or the driver is to stop: who still answers is told to forget it."""
        with suppress(DeviceLostError):
            if job_id is not None:
                spooler.cancel(job_id)
        if not self.stopping.is_set():
            with suppress(DeviceLostError):
                self._purge(spooler)

    def _await_end(self, handed: _Handed) -> PrintResult:
        """Looks at the job, in the queue and in the printer itself, until it has ended or has to."""
        deadline_s = self.clock.monotonic_s() + self._patience.document_s
        while True:
            self._interrupted.clear()
            through_queue = self._queue is None or _is_over(self._queue.job(handed.job_id))
            job = self._job_at_printer(handed)
            status = self._look()
            if through_queue and job is not None and job.completed:
                self._count_sheets(job)
                return PrintResult.done()
            if through_queue and (job is None or job.ended):
                return self._abandon(handed, status.error or Errors.DOCUMENT_REFUSED)
            if status.error is not None:
                return self._abandon(handed, status.error)
            if self._sessions.has_ended(handed.document.session):
                return self._abandon(handed, Errors.DOCUMENT_SESSION_OVER)
            if self.clock.monotonic_s() >= deadline_s:
                return self._abandon(handed, Errors.DOCUMENT_PRINTER_BROKEN)
            self.clock.wait(self._interrupted, self._patience.look_s)
            if self.stopping.is_set():
                raise DeviceLostError("the driver is to stop")

    def _abandon(self, handed: _Handed, error: ErrorCode) -> PrintResult:
        """Has a document that will not end forgotten, and tells what the printer says became of it."""
        self._forget_all()
        job = self._job_at_printer(handed)
        self._look()
        if job is not None:
            self._count_sheets(job)
        if job is not None and job.completed:
            return PrintResult.done()
        if job is not None and job.ended and job.sheets_out == 0:
            return PrintResult.not_done(error)
        return PrintResult.unknown()

    def _count_sheets(self, job: JobReadings) -> None:
        """Counts the wear, as far as the printer tells it."""
        if job.sheets_out:
            self._counters.count("document_printer.sheets", job.sheets_out)

    def _job_at_printer(self, handed: _Handed) -> JobReadings | None:
        """The document as the printer itself knows it; None when it does not."""
        if self._queue is None:
            job = self._printer.job(handed.job_id)
            return job if job is not None and _is_called(job, handed.document.case_id) else None
        new = [
            job
            for job in self._at_printer()
            if job.job_id not in handed.at_printer_before and _is_called(job, handed.document.case_id)
        ]
        return max(new, key=lambda job: job.job_id, default=None)

    def _at_printer(self) -> list[JobReadings]:
        """Our jobs in the printer itself, as far as it remembers. When jobs go to it directly nobody asks."""
        if self._queue is None:
            return []
        unended = self._printer.our_jobs(
            ended=False
        )  # first: one that ends meanwhile is in both, not in none
        return list({job.job_id: job for job in unended + self._printer.our_jobs(ended=True)}.values())

    def _purge_and_look(self) -> bool:
        self._forget_all()
        self._look()
        return True

    def _forget_all(self) -> None:
        """Cancels all jobs, first where they come from; raises when one is still there in the end."""
        for spooler in (self._queue, self._printer):
            if spooler is not None and not self._purge(spooler):
                raise DeviceLostError("it does not forget a document that nobody waits for")

    def _purge(self, spooler: Spooler) -> bool:
        deadline_s = self.clock.monotonic_s() + self._patience.cancel_s
        told: set[int] = set()
        while left := [job.job_id for job in spooler.waiting()]:
            if self.stopping.is_set() or self.clock.monotonic_s() >= deadline_s:
                return False
            for job_id in set(left) - told:
                if spooler.cancel(job_id):
                    self._counters.count("document_printer.cancelled")
                    told.add(job_id)
            self.clock.wait(self.stopping, self._patience.look_s)
        return True

    def _finish(self, document: Document, result: PrintResult) -> None:
        """Keeps what must not be printed again; what was not printed may be tried again."""
        outcome = result.outcome
        self._counters.count(f"document_printer.{outcome.value}")
        because = f" ({result.error})" if result.error else ""
        log.info("document %s: %s%s", document.document_id, outcome.value, because)
        if outcome is PrintOutcome.NOT_DONE:
            return
        self._outcomes[document.document_id] = result
        if len(self._outcomes) > _DOCUMENTS_REMEMBERED:
            self._outcomes.popitem(last=False)


def _is_over(job: JobReadings | None) -> bool:
    """Whether a queue has done with a job; one that it does not know any more it has."""
    return job is None or job.ended


def _is_called(job: JobReadings, name: str) -> bool:
    """Whether that may be the job's name; a printer may cut a long one short."""
    return job.name != "" and name.startswith(job.name)
