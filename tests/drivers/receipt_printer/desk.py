"""A printer on a desk: the real driver and a simulated printer on a real socket between them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass

from drivers.receipt_printer.device import PrintResult, ReceiptPrinterStatus, Slip
from drivers.receipt_printer.printer import Patience, ReceiptPrinter
from drivers.receipt_printer.simulator import ReceiptPrinterSimulator
from drivers.transports.address import parse_address
from drivers.vocabulary import DeviceState, StatusChanged
from foundation.clock import SystemClock
from tests.drivers.listening import PATIENCE_S, AudibleCounters, Ears, polls
from tests.drivers.receipt_printer.samples import chinese_slip

QUICK = Patience(answer_s=0.4, slip_s=5.0, look_s=0.05)
"""For tests in which the printer keeps silent."""


@dataclass(frozen=True)
class Desk:
    printer: ReceiptPrinter
    simulator: ReceiptPrinterSimulator
    ears: Ears
    counters: AudibleCounters

    def print_slip(self, slip: Slip | None = None) -> PrintResult:
        """Prints a slip and waits for the outcome."""
        return self.printer.print_slip(slip or chinese_slip()).result(PATIENCE_S)

    def begin(self, slip: Slip | None = None) -> Future[PrintResult]:
        """Has a slip printed and waits until something of it is on the paper; for a printer with a speed."""
        result = self.printer.print_slip(slip or chinese_slip())
        assert self.simulator.wait_for(lambda: self.simulator.uncut() is not None, PATIENCE_S)
        return result

    def look(self) -> ReceiptPrinterStatus:
        """Has the driver ask the printer, now, and returns what it knows then."""
        polls(self.printer, 1)
        return self.printer.status()

    def wait_until(self, state: DeviceState) -> ReceiptPrinterStatus:
        """Waits for the driver to tell of that state."""
        status = self.ears.next_state(state)
        assert isinstance(status, ReceiptPrinterStatus)
        return status

    def statuses(self) -> list[ReceiptPrinterStatus]:
        """Every status that was told."""
        told = [change.status for change in self.ears.all(StatusChanged)]
        return [status for status in told if isinstance(status, ReceiptPrinterStatus)]

    def texts(self) -> list[str]:
        """What stands on the slips that came out."""
        return [slip.text for slip in self.simulator.slips]


@contextmanager
def printing(
    paper_width_mm: int = 80,
    *,
    dots_per_s: float | None = None,
    late_by_s: float = 1.0,
    patience: Patience | None = None,
) -> Iterator[Desk]:
    """A driver that has found its printer. Nothing may be sent that the printer does not know."""
    with ReceiptPrinterSimulator(paper_width_mm, dots_per_s=dots_per_s, late_by_s=late_by_s) as simulator:
        ears, counters = Ears(), AudibleCounters()
        printer = ReceiptPrinter(
            parse_address(simulator.address),
            SystemClock(),
            counters,
            ears,
            paper_width_mm,
            patience=patience or Patience(answer_s=5.0, look_s=0.05),
        )
        printer.start()
        try:
            ears.next_state(DeviceState.ONLINE)
            yield Desk(printer, simulator, ears, counters)
        finally:
            assert printer.stop()
        assert simulator.unknown_commands == []
