"""The printer takes connections and says nothing."""

from __future__ import annotations

from drivers.document_printer.device import PaperState, PrintResult
from drivers.document_printer.simulator import DocumentPrinterFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.document_printer.desk import QUICK, printing
from tests.drivers.document_printer.samples import document
from tests.drivers.listening import PATIENCE_S

FAULT = DocumentPrinterFault.STALL


def test_a_printer_that_does_not_say_how_it_is_gets_no_document() -> None:
    with printing(patience=QUICK) as desk:
        desk.simulator.set_fault(FAULT)

        assert desk.print() == PrintResult.not_done(Errors.DOCUMENT_PRINTER_LOST)
        lost = desk.wait_until(DeviceState.OFFLINE)
        assert (lost.paper, lost.error) == (PaperState.UNKNOWN, Errors.DOCUMENT_PRINTER_LOST)

        desk.mend(FAULT)
        assert desk.print() == PrintResult.done()


def test_in_the_middle_of_a_document_the_outcome_is_unknown_and_the_rest_is_cancelled_later() -> None:
    with printing(patience=QUICK, faults=(DocumentPrinterFault.WARMING_UP,)) as desk:
        result = desk.begin()
        desk.simulator.set_fault(FAULT)
        assert result.result(PATIENCE_S) == PrintResult.unknown()
        desk.wait_until(DeviceState.OFFLINE)

        desk.mend(FAULT)
        assert desk.simulator.unfinished == []
        desk.simulator.clear_fault(DocumentPrinterFault.WARMING_UP)
        assert desk.print(document("next")) == PrintResult.done()
        assert len(desk.simulator.documents) == 1


def test_whoever_waits_for_the_status_is_not_kept_waiting() -> None:
    with printing(patience=QUICK) as desk:
        desk.simulator.set_fault(FAULT)
        results = [desk.printer.print_document(document(f"number {number}")) for number in range(3)]

        assert desk.printer.status().state in (DeviceState.ONLINE, DeviceState.OFFLINE)
        lost = PrintResult.not_done(Errors.DOCUMENT_PRINTER_LOST)
        assert [result.result(PATIENCE_S) for result in results] == [lost] * 3


def test_stopping_does_not_wait_for_it() -> None:
    with printing() as desk:
        desk.simulator.set_fault(FAULT)
        result = desk.printer.print_document(document())
        assert desk.printer.stop(timeout_s=2.0)
        assert result.result(0) == PrintResult.not_done(Errors.DOCUMENT_PRINTER_LOST)
