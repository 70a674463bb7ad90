"""The printer is a model that takes pictures only."""

from __future__ import annotations

from drivers.document_printer.device import PrintResult
from drivers.document_printer.simulator import DocumentPrinterFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.document_printer.desk import printing

FAULT = DocumentPrinterFault.NO_PDF


def test_it_is_said_before_anybody_prints() -> None:
    with printing(faults=(FAULT,), expect=DeviceState.HARDWARE_ERROR) as desk:
        assert desk.printer.status().error is Errors.DOCUMENT_PRINTER_UNFIT
        assert desk.printer.capabilities is not None
        assert not desk.printer.capabilities.prints_pdf
        assert desk.print() == PrintResult.not_done(Errors.DOCUMENT_PRINTER_UNFIT)


def test_another_one_in_its_place_is_used() -> None:
    with printing(faults=(FAULT,), expect=DeviceState.HARDWARE_ERROR) as desk:
        desk.mend(FAULT)
        assert desk.print() == PrintResult.done()
