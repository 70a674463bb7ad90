"""Answers come, but late."""

from __future__ import annotations

from drivers.receipt_printer.device import PaperState, PrintResult
from drivers.receipt_printer.printer import Patience
from drivers.receipt_printer.simulator import PrinterFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.receipt_printer.desk import printing


def test_an_answer_after_the_deadline_is_no_answer() -> None:
    with printing(late_by_s=1.0, patience=Patience(answer_s=0.3)) as desk:
        desk.simulator.set_fault(PrinterFault.ANSWERS_LATE)

        assert desk.print_slip() == PrintResult.not_done(Errors.PRINTER_LOST)
        assert desk.simulator.slips == []


def test_a_late_answer_is_not_taken_for_the_answer_to_the_next_question() -> None:
    """It said *no paper* when that was asked; by the time the answer arrives there is paper."""
    with printing(late_by_s=1.0, patience=Patience(answer_s=0.3)) as desk:
        desk.simulator.set_fault(PrinterFault.ANSWERS_LATE)
        desk.simulator.set_fault(PrinterFault.PAPER_OUT)
        desk.print_slip()
        desk.wait_until(DeviceState.OFFLINE)
        desk.simulator.clear_fault(PrinterFault.PAPER_OUT)
        desk.simulator.clear_fault(PrinterFault.ANSWERS_LATE)

        assert desk.wait_until(DeviceState.ONLINE).paper is PaperState.FULL
        assert PaperState.OUT not in [status.paper for status in desk.statuses()]
        assert desk.print_slip() == PrintResult.done()


def test_a_slow_printer_is_waited_for() -> None:
    with printing(late_by_s=0.04, patience=Patience(answer_s=2.0)) as desk:
        desk.simulator.set_fault(PrinterFault.ANSWERS_LATE)

        assert desk.print_slip() == PrintResult.done()
