"""The last sheet of the cassette is fed in the middle of a document."""

from __future__ import annotations

from drivers.document_printer.device import PaperState, PrintResult
from drivers.document_printer.simulator import DocumentPrinterFault
from drivers.vocabulary import DeviceState
from tests.drivers.document_printer.desk import printing
from tests.drivers.document_printer.samples import document

FAULT = DocumentPrinterFault.PAPER_OUT_MID_PRINT


def test_half_a_document_is_unknown_and_the_other_half_never_comes_out() -> None:
    with printing() as desk:
        desk.simulator.set_fault(FAULT)

        assert desk.print(document(pages=3)) == PrintResult.unknown()

        assert desk.wait_until(DeviceState.USER_ERROR).paper is PaperState.OUT
        assert desk.mend(FAULT).can_print
        assert desk.simulator.unfinished == []
        assert desk.simulator.tray_sheets == 1


def test_a_document_that_needed_the_last_sheet_only_is_done() -> None:
    with printing() as desk:
        desk.simulator.set_fault(FAULT)

        assert desk.print(document(pages=1)) == PrintResult.done()
        assert desk.wait_until(DeviceState.USER_ERROR).paper is PaperState.OUT
