"""A printer in a cabinet: the real driver and a simulated printer, with real HTTP on a real socket between
them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass

from drivers.document_printer.address import parse_ipp_address
from drivers.document_printer.device import Document, DocumentPrinterStatus, PrintResult
from drivers.document_printer.exchange import IppEndpoint
from drivers.document_printer.printer import DocumentPrinter, Patience
from drivers.document_printer.simulator import DocumentPrinterFault, DocumentPrinterSimulator
from drivers.document_printer.spooler import Spooler
from drivers.transports.choice import transport_for
from drivers.vocabulary import DeviceState, StatusChanged
from foundation.clock import SystemClock
from foundation.errors import Errors
from tests.drivers.document_printer.samples import document
from tests.drivers.listening import PATIENCE_S, AudibleCounters, Ears, make_quick, polls

QUICK = Patience(answer_s=0.3, sending_s=2.0, document_s=0.5, cancel_s=0.3, look_s=0.02)
"""For tests in which the printer keeps silent, or does not do what it is told."""
CALM = Patience(look_s=0.02)


@dataclass(frozen=True)
class Desk:
    printer: DocumentPrinter
    simulator: DocumentPrinterSimulator
    ears: Ears
    counters: AudibleCounters

    def print(self, wanted: Document | None = None) -> PrintResult:
        """Prints a document and waits for the outcome."""
        return self.printer.print_document(wanted or document()).result(PATIENCE_S)

    def print_when_back(self, wanted: Document) -> PrintResult:
        """Prints a document, again as soon as a printer that was found lost is back."""
        while (result := self.print(wanted)) == PrintResult.not_done(Errors.DOCUMENT_PRINTER_LOST):
            self.wait_until(DeviceState.ONLINE)
        return result

    def begin(self, wanted: Document | None = None) -> Future[PrintResult]:
        """Has a document printed and waits until the printer holds it; for one that does not finish it."""
        wanted = wanted or document()
        result = self.printer.print_document(wanted)
        self.wait_for(lambda: wanted.case_id in self.simulator.unfinished)
        return result

    def look(self) -> DocumentPrinterStatus:
        """Has the driver ask the printer, now, and returns what it knows then."""
        polls(self.printer, 1)
        return self.printer.status()

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Waits for the printer."""
        assert self.simulator.wait_for(condition, PATIENCE_S)

    def wait_until(self, state: DeviceState) -> DocumentPrinterStatus:
        """Waits for the driver to tell of that state."""
        status = self.ears.next_state(state)
        assert isinstance(status, DocumentPrinterStatus)
        return status

    def told(self) -> list[DeviceState]:
        """Every state that was told so far."""
        return [change.status.state for change in self.ears.all(StatusChanged)]

    def mend(self, fault: DocumentPrinterFault) -> DocumentPrinterStatus:
        """Takes the fault away; the driver comes back by itself."""
        self.simulator.clear_fault(fault)
        return self.wait_until(DeviceState.ONLINE)


@contextmanager
def printing(
    *,
    patience: Patience = CALM,
    seconds_per_sheet: float | None = None,
    late_by_s: float = 1.0,
    faults: tuple[DocumentPrinterFault, ...] = (),
    expect: DeviceState = DeviceState.ONLINE,
) -> Iterator[Desk]:
    """A driver that has found its printer. Nothing may be asked against the rules of IPP."""
    with DocumentPrinterSimulator(seconds_per_sheet=seconds_per_sheet, late_by_s=late_by_s) as simulator:
        for fault in faults:
            simulator.set_fault(fault)
        with printing_at(simulator, patience=patience, expect=expect) as desk:
            yield desk
        assert simulator.mistakes == []


@contextmanager
def printing_at(
    simulator: DocumentPrinterSimulator,
    *,
    queue: str | None = None,
    patience: Patience = CALM,
    expect: DeviceState = DeviceState.ONLINE,
) -> Iterator[Desk]:
    """A driver at a simulated printer that is there already, or at a queue before it."""
    with driving(simulator.address, queue=queue, patience=patience, expect=expect) as (
        printer,
        ears,
        counters,
    ):
        yield Desk(printer, simulator, ears, counters)


@contextmanager
def driving(
    address: str,
    *,
    queue: str | None = None,
    patience: Patience = CALM,
    expect: DeviceState = DeviceState.ONLINE,
) -> Iterator[tuple[DocumentPrinter, Ears, AudibleCounters]]:
    """A driver at whatever printer there is, which has told the expected state."""
    ears, counters = Ears(), AudibleCounters()
    printer = DocumentPrinter(
        parse_ipp_address(address),
        SystemClock(),
        counters,
        ears,
        queue=parse_ipp_address(queue) if queue is not None else None,
        patience=patience,
    )
    make_quick(printer)
    printer.start()
    try:
        ears.next_state(expect)
        yield printer, ears, counters
    finally:
        assert printer.stop()


def another_program(address: str) -> Spooler:
    """Somebody else who speaks to the printer or the queue, under the driver's name."""
    clock, where = SystemClock(), parse_ipp_address(address)
    endpoint = IppEndpoint(where, transport_for(where.tcp, clock), clock, threading.Event())
    return Spooler(endpoint, answer_s=PATIENCE_S, sending_s=PATIENCE_S)
