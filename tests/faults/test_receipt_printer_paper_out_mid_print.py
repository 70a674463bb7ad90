"""The roll ends in the middle of a slip."""

from __future__ import annotations

from drivers.receipt_printer.device import PrintOutcome, PrintResult
from drivers.receipt_printer.simulator import PrinterFault
from foundation.errors import Errors
from tests.drivers.listening import PATIENCE_S
from tests.drivers.receipt_printer.desk import QUICK, printing
from tests.drivers.receipt_printer.samples import chinese_slip, english_slip

FAULT = PrinterFault.PAPER_OUT_MID_PRINT


def test_the_slip_is_not_done_and_the_printer_has_forgotten_the_rest() -> None:
    with printing() as desk:
        desk.simulator.set_fault(FAULT)

        assert desk.print_slip() == PrintResult.not_done(Errors.PRINTER_NO_PAPER)

        assert desk.simulator.buffered_bytes == 0
        assert desk.simulator.slips == []
        hanging = desk.simulator.uncut()
        assert hanging is not None
        assert "接下来" not in hanging.text


def test_the_next_person_does_not_get_the_half_slip_on_top_of_hers() -> None:
    with printing() as desk:
        desk.simulator.set_fault(FAULT)
        desk.print_slip(chinese_slip(job_id="first"))
        desk.simulator.clear_fault(FAULT)

        assert desk.print_slip(english_slip(job_id="second")) == PrintResult.done()

        half, whole = desk.texts()
        assert "提交凭条" in half
        assert "提交凭条" not in whole
        assert whole.splitlines()[-1] == "No. second"


def test_a_printer_that_does_not_forget_leaves_the_outcome_unknown_and_rightly_so() -> None:
    """What it holds comes out when the roll is changed: nobody may have been told that it would not."""
    with printing(patience=QUICK) as desk:
        desk.simulator.set_fault(PrinterFault.FORGETS_NOTHING)
        desk.simulator.set_fault(FAULT)

        assert desk.print_slip().outcome is PrintOutcome.UNKNOWN

        assert desk.simulator.buffered_bytes > 0
        desk.simulator.clear_fault(FAULT)
        assert desk.simulator.wait_for(lambda: len(desk.simulator.slips) == 1, PATIENCE_S)
        assert desk.counters.figure("receipt_printer.buffers_not_cleared") >= 1
