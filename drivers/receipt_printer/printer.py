"""The driver of the receipt printer: it would rather say *unknown* than a *done* that it cannot prove."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from drivers.print_sessions import PurgeOutcome, Sessions, outcome_of
from drivers.receipt_printer import protocol
from drivers.receipt_printer.conversation import Conversation
from drivers.receipt_printer.device import (
    Capabilities,
    CoverState,
    PaperState,
    PrintOutcome,
    PrintResult,
    ReceiptPrinterStatus,
    Slip,
    capabilities_for,
    unknown_status,
)
from drivers.receipt_printer.encoding import SlipEncoder
from drivers.receipt_printer.layout import lay_out
from drivers.receipt_printer.protocol import Readings
from drivers.supervision import Listener, OwnedDevice
from drivers.transports.address import Address, is_simulated
from drivers.transports.choice import transport_for
from drivers.transports.transport import DeviceLostError
from drivers.vocabulary import DeviceLost, DeviceState, ModuleState, Wear, wear_counter
from foundation.clock import Clock
from foundation.counters import CounterSink
from foundation.errors import ErrorCode, Errors

log = logging.getLogger("dianxiaoer.receipt_printer")

_POLL_INTERVAL_S: Final = 2.0
_JOBS_REMEMBERED: Final = 1000
_PAPER_IS_MISSING: Final = frozenset({Errors.PRINTER_NO_PAPER, Errors.PRINTER_COVER_OPEN})


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the driver waits: for a place in the queue, for one answer, and for a whole slip."""

    queue_s: float = 10.0
    answer_s: float = 1.0
    slip_s: float = 30.0
    look_s: float = 0.5
    """While a slip is printed the printer is asked how it is so often."""


@dataclass(slots=True)
class _Job:
    """A slip on its way, and how far it got."""

    slip: Slip
    result: Future[PrintResult] = field(default_factory=Future)
    taken_up: bool = False
    begun: bool = False
    """Whether a byte of it may have reached the printer."""

    def take_up(self) -> bool:
        """False when the job was cancelled before."""
        self.taken_up = self.taken_up or self.result.set_running_or_notify_cancel()
        return self.taken_up

    def settle(
        self, earlier: Callable[[], PrintResult | None], carried_out: Future[PrintResult | DeviceLost]
    ) -> None:
        """Gives whoever waits the outcome; a job that was cancelled in the queue has none.

        What is known of an ``earlier`` attempt stays true while the printer is away.
        """
        if not self.take_up():
            return
        if (bug := carried_out.exception()) is not None:
            self.result.set_exception(bug)
            return
        outcome = carried_out.result()
        if isinstance(outcome, DeviceLost):
            lost = PrintResult.unknown() if self.begun else PrintResult.not_done(outcome.error)
            outcome = (None if self.slip.copy else earlier()) or lost
        self.result.set_result(outcome)


class ReceiptPrinter(OwnedDevice[ReceiptPrinterStatus]):
    """One receipt printer at ``address``, from ``start`` to ``stop``.

    The listener gets ``StatusChanged`` with a :class:`ReceiptPrinterStatus`. Counters are
    ``receipt_printer.`` ``done``, ``not_done``, ``unknown``, ``repeated``, ``no_answer``, ``noise_bytes``,
    ``unasked_bytes`` and ``buffers_not_cleared``.
    """

    def __init__(
        self,
        address: Address,
        clock: Clock,
        counters: CounterSink,
        listener: Listener,
        paper_width_mm: int = 80,
        *,
        patience: Patience | None = None,
    ) -> None:
        """Raises ``ValueError`` for paper that is neither 58 nor 80 mm wide. Nothing is opened yet."""
        self._capabilities = capabilities_for(paper_width_mm)
        self._simulated = is_simulated(address)
        super().__init__(
            transport_for(address, clock),
            clock,
            listener,
            unknown=unknown_status(simulated=self._simulated),
            lost_error=Errors.PRINTER_LOST,
            poll_interval_s=_POLL_INTERVAL_S,
        )
        self._counters = counters
        self._patience = patience or Patience()
        self._encoder = SlipEncoder(self._capabilities)
        self._outcomes: OrderedDict[str, PrintResult] = OrderedDict()
        self._paper_may_hang = False
        self._sessions = Sessions()

    @property
    def capabilities(self) -> Capabilities:
        """What the printer can do."""
        return self._capabilities

    def print_slip(self, slip: Slip) -> Future[PrintResult]:
        """Prints a slip; thread-safe, returns at once, and the Future always resolves.

        - *done* only when the printer itself says, after the cut, that it has come so far, and answers once
          more how it is;
        - *not done* when nothing was sent because the printer is not ready or not there, or because the
          session is over or another person's, or when it stopped for paper or cover and confirmed that it has
          forgotten the rest;
        - *unknown* for everything else, such as a printer that went away or fell silent in the middle.

        A job that is done is not printed again but is done once more; one that is unknown stays unknown. Both
        print only as a ``copy``, which is marked. ``Future.cancel`` takes a job back that was not taken up.
        """
        job = _Job(slip)
        deadline_s = self.clock.monotonic_s() + self._patience.queue_s
        settle = partial(job.settle, lambda: self._outcomes.get(slip.job_id))
        self.submit(lambda: self._print(job), deadline_s).add_done_callback(settle)
        return job.result

    def end_session(self, session: str) -> Future[PurgeOutcome]:
        """No slip of ``session`` is begun from now on, and nothing that waits in the printer comes out.

        A slip that is coming out comes out whole. Thread-safe, returns at once; the Future always resolves.
        """
        self._sessions.end(session)
        return self.begin_session()

    def begin_session(self) -> Future[PurgeOutcome]:
        """Has the printer forget whatever waits in it, whoever sent it.

        Slips that are ordered later come after. Thread-safe, returns at once; the Future always resolves.
        """
        patience = self._patience
        deadline_s = self.clock.monotonic_s() + patience.queue_s + patience.slip_s
        return outcome_of(self.submit(self._purge, deadline_s))

    def _purge(self) -> bool:
        return self._conversation().clear(self._patience.answer_s)

    def greet(self) -> None:
        """Has a printer that was opened forget what somebody else may have left in it, and asks how it is."""
        conversation = self._conversation()
        conversation.clear(self._patience.answer_s)
        self._look(conversation)
        self.healthy()

    def idle(self) -> None:
        """Asks how the printer is."""
        self._look(self._conversation())
        self.healthy()

    def _conversation(self) -> Conversation:
        return Conversation(self.transport, self.clock, self._counters, self.stopping)

    def _look(self, conversation: Conversation) -> ReceiptPrinterStatus:
        readings = conversation.readings(self._patience.answer_s)
        if readings is None:
            raise DeviceLostError("it does not say how it is")
        status = status_of(readings, self._capabilities, simulated=self._simulated)
        self.publish(status)
        return status

    def _print(self, job: _Job) -> PrintResult:
        if not job.take_up():
            return PrintResult.not_done(Errors.PRINTER_LOST)  # cancelled in the queue: nobody will read this
        slip = job.slip
        earlier = self._outcomes.get(slip.job_id)
        if earlier is not None and not slip.copy:
            self._counters.count("receipt_printer.repeated")
            return earlier
        result = PrintResult.not_done(Errors.PRINTER_LOST)
        try:
            if slip.session and not self._sessions.admits(slip.session, slip.subject):
                result = PrintResult.not_done(Errors.PRINT_SESSION_OVER)
                return result
            conversation = self._conversation()
            error = self._look(conversation).error
            if error is not None:
                result = PrintResult.not_done(error)
                return result
            job.begun = True
            result = PrintResult.unknown()
            self._send(slip, conversation)
            result = self._await_end(conversation)
            return result
        finally:
            self._finish(slip, earlier, result)

    def _send(self, slip: Slip, conversation: Conversation) -> None:
        data = self._encoder.encode(lay_out(slip, self._capabilities)) + protocol.ASK_WHEN_DONE
        if (
            self._paper_may_hang
        ):  # what was interrupted must not be handed to the next person as the top of a slip
            data = self._encoder.encode([]) + data
        self._paper_may_hang = True
        conversation.send(data, self._patience.slip_s)

    def _await_end(self, conversation: Conversation) -> PrintResult:
        """Waits until the slip is through, looking now and then whether the printer has stopped."""
        deadline_s = self.clock.monotonic_s() + self._patience.slip_s
        while not conversation.wait_until_done(self._patience.look_s):
            status = self._look(conversation)
            stopped = status.error is not None and status.state is not DeviceState.DEVICE_BUSY
            if not conversation.done and (stopped or self.clock.monotonic_s() >= deadline_s):
                return self._abandon(conversation, status.error)
        self._look(conversation)
        return PrintResult.done()

    def _abandon(self, conversation: Conversation, error: ErrorCode | None) -> PrintResult:
        """Empties a printer that has stopped, so that the slip does not come out for the next person.

        An answer to the question for the end precedes the one to the emptying, in whatever order they were
        asked: so the slip is either through, or it is not and never will be. With a jammed cutter it may hang
        there whole all the same.
        """
        cleared = conversation.clear(self._patience.answer_s)
        if conversation.done:
            return PrintResult.done()
        if not cleared:
            raise DeviceLostError("it does not forget a slip that it did not print")
        return PrintResult.not_done(error) if error in _PAPER_IS_MISSING else PrintResult.unknown()

    def lost(self) -> None:
        self._counters.count(wear_counter(self.name, Wear.FAILURES))

    def _finish(self, slip: Slip, earlier: PrintResult | None, result: PrintResult) -> None:
        """Keeps what must not be printed again unmarked; what was not printed may be tried again."""
        outcome = result.outcome
        self._counters.count(f"receipt_printer.{outcome.value}")
        log.info("slip %s: %s%s", slip.job_id, outcome.value, f" ({result.error})" if result.error else "")
        if outcome is PrintOutcome.DONE:
            self._paper_may_hang = False
            for wear in (Wear.PAGES, Wear.CUTS):
                self._counters.count(wear_counter(self.name, wear))
        if outcome is PrintOutcome.NOT_DONE or earlier == PrintResult.done():
            return
        self._outcomes[slip.job_id] = result
        self._outcomes.move_to_end(slip.job_id)
        if len(self._outcomes) > _JOBS_REMEMBERED:
            self._outcomes.popitem(last=False)


def status_of(readings: Readings, capabilities: Capabilities, *, simulated: bool) -> ReceiptPrinterStatus:
    """What the printer's answers amount to. Of several faults the one that is to be mended first counts."""
    state, error = _state_and_error(readings)
    return ReceiptPrinterStatus(
        device="receipt_printer",
        state=state,
        error=error,
        simulated=simulated,
        paper=_paper(readings, capabilities),
        cover=CoverState.OPEN if readings.cover_open else CoverState.CLOSED,
        cutter=_cutter(readings, capabilities),
        head=ModuleState.INOPERABLE if readings.head_fault else ModuleState.OK,
    )


def _state_and_error(readings: Readings) -> tuple[DeviceState, ErrorCode | None]:
    if readings.cover_open:
        return DeviceState.USER_ERROR, Errors.PRINTER_COVER_OPEN
    if readings.cutter_fault or readings.unrecoverable_fault:
        return DeviceState.HARDWARE_ERROR, Errors.PRINTER_BROKEN
    if readings.paper_out or readings.stopped_without_paper:
        return DeviceState.USER_ERROR, Errors.PRINTER_NO_PAPER
    if readings.head_fault:  # too hot: it goes on by itself
        return DeviceState.DEVICE_BUSY, Errors.PRINTER_BROKEN
    if readings.error:
        return DeviceState.HARDWARE_ERROR, Errors.PRINTER_BROKEN
    if readings.feeding:
        return DeviceState.DEVICE_BUSY, Errors.PRINTER_LOST
    if readings.offline:
        return DeviceState.OFFLINE, Errors.PRINTER_LOST
    return DeviceState.ONLINE, None


def _paper(readings: Readings, capabilities: Capabilities) -> PaperState:
    if not capabilities.paper_sensor:
        return PaperState.NOT_SUPPORTED
    if readings.paper_out or readings.stopped_without_paper:
        return PaperState.OUT
    return PaperState.LOW if readings.paper_low and capabilities.paper_low_sensor else PaperState.FULL


def _cutter(readings: Readings, capabilities: Capabilities) -> ModuleState:
    if not capabilities.cutter:
        return ModuleState.NOT_SUPPORTED
    return ModuleState.INOPERABLE if readings.cutter_fault else ModuleState.OK
