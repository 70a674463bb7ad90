"""The queue says *completed* of a document that the printer has never seen."""

from __future__ import annotations

from drivers.document_printer.device import PrintResult
from drivers.document_printer.simulator import DocumentPrinterFault, DocumentPrinterSimulator
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.document_printer.desk import printing_at
from tests.drivers.document_printer.samples import document
from tests.drivers.listening import PATIENCE_S


def test_completed_is_unknown_unless_the_printer_says_so() -> None:
    with (
        DocumentPrinterSimulator() as printer,
        DocumentPrinterSimulator(device_uri=printer.address) as queue,
        printing_at(printer, queue=queue.address) as desk,
    ):
        assert desk.print() == PrintResult.unknown()
        assert len(queue.documents) == 1
        assert printer.documents == []
        assert desk.print() == PrintResult.unknown()
        assert len(queue.documents) == 1
        assert desk.look().can_print


def test_a_job_of_the_same_case_that_the_printer_knew_before_is_not_taken_for_it() -> None:
    with (
        DocumentPrinterSimulator() as printer,
        DocumentPrinterSimulator(device_uri=printer.address) as queue,
    ):
        with printing_at(printer) as desk:
            assert desk.print() == PrintResult.done()
        printer.take_sheets()
        with printing_at(printer, queue=queue.address) as desk:
            assert desk.print() == PrintResult.unknown()


def test_a_document_that_waits_in_the_queue_is_cancelled_there_when_the_session_ends() -> None:
    with (
        DocumentPrinterSimulator() as printer,
        DocumentPrinterSimulator(device_uri=printer.address) as queue,
        printing_at(printer, queue=queue.address) as desk,
    ):
        queue.set_fault(DocumentPrinterFault.WARMING_UP)
        result = desk.printer.print_document(document())
        assert queue.wait_for(lambda: queue.unfinished != [], PATIENCE_S)
        desk.printer.end_session("session-1").result(PATIENCE_S)

        assert result.result(PATIENCE_S) == PrintResult.unknown()  # the printer does not know it: who knows
        assert queue.unfinished == []


def test_a_printer_that_goes_away_leaves_nothing_in_the_queue() -> None:
    with (
        DocumentPrinterSimulator() as printer,
        DocumentPrinterSimulator(device_uri=printer.address) as queue,
        printing_at(printer, queue=queue.address) as desk,
    ):
        queue.set_fault(DocumentPrinterFault.WARMING_UP)
        result = desk.printer.print_document(document())
        assert queue.wait_for(lambda: queue.unfinished != [], PATIENCE_S)
        printer.set_fault(DocumentPrinterFault.REFUSES_CONNECTIONS)

        assert result.result(PATIENCE_S) == PrintResult.unknown()
        assert queue.unfinished == []
        assert desk.wait_until(DeviceState.OFFLINE).error is Errors.DOCUMENT_PRINTER_LOST
