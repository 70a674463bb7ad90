"""The roll is used up before a slip is asked for."""

from __future__ import annotations

from drivers.receipt_printer.device import PaperState, PrintResult
from drivers.receipt_printer.simulator import PrinterFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.receipt_printer.desk import printing
from tests.drivers.receipt_printer.samples import chinese_slip, english_slip


def test_nothing_is_sent_and_nothing_is_done() -> None:
    with printing() as desk:
        desk.simulator.set_fault(PrinterFault.PAPER_OUT)

        assert desk.print_slip() == PrintResult.not_done(Errors.PRINTER_NO_PAPER)

        assert desk.simulator.buffered_bytes == 0
        assert desk.simulator.slips == []
        assert desk.printer.status().paper is PaperState.OUT
        assert not desk.printer.status().can_print


def test_the_terminal_is_told_without_anybody_printing() -> None:
    with printing() as desk:
        desk.simulator.set_fault(PrinterFault.PAPER_OUT)

        assert desk.wait_until(DeviceState.USER_ERROR).error is Errors.PRINTER_NO_PAPER


def test_a_new_roll_brings_no_old_slips() -> None:
    with printing() as desk:
        desk.simulator.set_fault(PrinterFault.PAPER_OUT)
        for number in range(3):
            desk.print_slip(chinese_slip(job_id=f"refused-{number}"))
        desk.simulator.clear_fault(PrinterFault.PAPER_OUT)

        assert desk.look().can_print
        assert desk.print_slip(english_slip(job_id="next")) == PrintResult.done()

        (slip,) = desk.texts()
        assert slip.splitlines()[-1] == "No. next"


def test_a_slip_that_was_refused_may_be_asked_for_again_and_is_no_copy() -> None:
    with printing() as desk:
        desk.simulator.set_fault(PrinterFault.PAPER_OUT)
        desk.print_slip()
        desk.simulator.clear_fault(PrinterFault.PAPER_OUT)

        assert desk.print_slip() == PrintResult.done()
        assert "COPY" not in desk.texts()[0]
