"""Paper jams in the middle of a document."""

from __future__ import annotations

from drivers.document_printer.device import PaperState, PrintResult
from drivers.document_printer.simulator import DocumentPrinterFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.document_printer.desk import printing
from tests.drivers.document_printer.samples import document

FAULT = DocumentPrinterFault.JAM_MID_PRINT


def test_the_outcome_is_unknown_and_the_jam_is_told() -> None:
    with printing() as desk:
        desk.simulator.set_fault(FAULT)

        assert desk.print(document(pages=2)) == PrintResult.unknown()

        jammed = desk.wait_until(DeviceState.HARDWARE_ERROR)
        assert (jammed.paper, jammed.error) == (PaperState.JAMMED, Errors.DOCUMENT_PRINTER_JAMMED)
        assert desk.counters.figure("document_printer.unknown") == 1


def test_when_the_paper_is_out_the_next_person_gets_only_what_is_theirs() -> None:
    with printing() as desk:
        desk.simulator.set_fault(FAULT)
        desk.print(document(pages=2))
        desk.printer.end_session("session-1")
        desk.wait_until(DeviceState.HARDWARE_ERROR)
        desk.simulator.take_sheets()
        desk.mend(FAULT)

        assert desk.print(document("next", session="session-2")) == PrintResult.done()
        assert desk.simulator.tray_sheets == 1
