"""The cover is open, before or in the middle of a slip."""

from __future__ import annotations

from drivers.receipt_printer.device import CoverState, PrintResult
from drivers.receipt_printer.simulator import PrinterFault
from foundation.errors import Errors
from tests.drivers.listening import PATIENCE_S
from tests.drivers.receipt_printer.desk import printing
from tests.drivers.receipt_printer.samples import english_slip


def test_nothing_is_sent_to_an_open_printer() -> None:
    with printing() as desk:
        desk.simulator.set_fault(PrinterFault.COVER_OPEN)

        assert desk.print_slip() == PrintResult.not_done(Errors.PRINTER_COVER_OPEN)

        assert desk.simulator.buffered_bytes == 0
        assert desk.printer.status().cover is CoverState.OPEN


def test_a_cover_opened_in_the_middle_ends_the_slip_for_good() -> None:
    with printing(dots_per_s=3000) as desk:
        result = desk.begin()
        desk.simulator.set_fault(PrinterFault.COVER_OPEN)

        assert result.result(PATIENCE_S) == PrintResult.not_done(Errors.PRINTER_COVER_OPEN)
        assert desk.simulator.buffered_bytes == 0

        desk.simulator.clear_fault(PrinterFault.COVER_OPEN)
        assert desk.print_slip(english_slip(job_id="next")) == PrintResult.done()
        assert [text.count("No. ") for text in desk.texts()] == [0, 1]
