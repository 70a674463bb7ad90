"""The queue does not lead to the printer that is asked how it is: to a file, or to another printer."""

from __future__ import annotations

import pytest

from drivers.document_printer.device import PrintResult
from drivers.document_printer.simulator import DocumentPrinterFault, DocumentPrinterSimulator
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.document_printer.desk import printing_at

NOWHERE = ["file:///dev/null", "cups-pdf:/", "ipp://127.0.0.1:9/ipp/print", "usb://Example/A4"]


@pytest.mark.parametrize("device_uri", NOWHERE)
def test_such_a_queue_gets_no_document(device_uri: str) -> None:
    with (
        DocumentPrinterSimulator() as printer,
        DocumentPrinterSimulator(device_uri=device_uri) as queue,
        printing_at(printer, queue=queue.address, expect=DeviceState.HARDWARE_ERROR) as desk,
    ):
        assert desk.printer.status().error is Errors.DOCUMENT_PRINTER_UNFIT
        assert desk.print() == PrintResult.not_done(Errors.DOCUMENT_PRINTER_UNFIT)
        assert queue.documents == []


def test_a_queue_that_has_stopped_gets_none_either_and_is_used_again_by_itself() -> None:
    with (
        DocumentPrinterSimulator() as printer,
        DocumentPrinterSimulator(device_uri=printer.address) as queue,
        printing_at(printer, queue=queue.address) as desk,
    ):
        queue.set_fault(DocumentPrinterFault.PAUSED)
        assert desk.wait_until(DeviceState.HARDWARE_ERROR).error is Errors.DOCUMENT_PRINTER_BROKEN
        assert desk.print() == PrintResult.not_done(Errors.DOCUMENT_PRINTER_BROKEN)
        queue.clear_fault(DocumentPrinterFault.PAUSED)
        desk.wait_until(DeviceState.ONLINE)
