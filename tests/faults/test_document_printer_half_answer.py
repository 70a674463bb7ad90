"""The connection is cut in the middle of an answer."""

from __future__ import annotations

from drivers.document_printer.device import PrintResult
from drivers.document_printer.simulator import DocumentPrinterFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.document_printer.desk import printing
from tests.drivers.document_printer.samples import document
from tests.drivers.listening import PATIENCE_S

FAULT = DocumentPrinterFault.HALF_ANSWER


def test_half_a_status_is_none() -> None:
    with printing() as desk:
        desk.simulator.set_fault(FAULT)

        assert desk.wait_until(DeviceState.OFFLINE).error is Errors.DOCUMENT_PRINTER_LOST
        assert desk.print() == PrintResult.not_done(Errors.DOCUMENT_PRINTER_LOST)
        desk.mend(FAULT)
        assert desk.print() == PrintResult.done()


def test_when_it_is_cut_in_the_middle_of_a_document_the_outcome_is_unknown() -> None:
    with printing(faults=(DocumentPrinterFault.WARMING_UP,)) as desk:
        result = desk.begin()
        desk.simulator.set_fault(FAULT)

        assert result.result(PATIENCE_S) == PrintResult.unknown()
        desk.wait_until(DeviceState.OFFLINE)
        desk.simulator.clear_fault(DocumentPrinterFault.WARMING_UP)
        desk.mend(FAULT)
        assert desk.print(document("next")) == PrintResult.done()
