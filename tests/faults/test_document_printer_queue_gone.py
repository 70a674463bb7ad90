"""The print service of the terminal is not there, while the printer is."""

from __future__ import annotations

from drivers.document_printer.device import PrintResult
from drivers.document_printer.simulator import DocumentPrinterFault, DocumentPrinterSimulator
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.document_printer.desk import printing_at
from tests.drivers.document_printer.samples import document
from tests.drivers.listening import PATIENCE_S

FAULT = DocumentPrinterFault.REFUSES_CONNECTIONS


def test_without_it_nothing_is_printed_and_it_is_used_again_by_itself() -> None:
    with (
        DocumentPrinterSimulator() as printer,
        DocumentPrinterSimulator(device_uri=printer.address) as queue,
        printing_at(printer, queue=queue.address) as desk,
    ):
        queue.set_fault(FAULT)
        assert desk.wait_until(DeviceState.OFFLINE).error is Errors.DOCUMENT_PRINTER_LOST
        assert desk.print() == PrintResult.not_done(Errors.DOCUMENT_PRINTER_LOST)
        queue.clear_fault(FAULT)
        assert desk.wait_until(DeviceState.ONLINE).can_print


def test_when_it_dies_with_a_document_the_outcome_is_unknown() -> None:
    with (
        DocumentPrinterSimulator() as printer,
        DocumentPrinterSimulator(device_uri=printer.address) as queue,
        printing_at(printer, queue=queue.address) as desk,
    ):
        queue.set_fault(DocumentPrinterFault.WARMING_UP)
        result = desk.printer.print_document(document())
        assert queue.wait_for(lambda: queue.unfinished != [], PATIENCE_S)
        queue.set_fault(FAULT)

        assert result.result(PATIENCE_S) == PrintResult.unknown()
        desk.wait_until(DeviceState.OFFLINE)
