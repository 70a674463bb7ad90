"""Something else listens at the printer's address: no HTTP, a sign-in page, a server that is out of order."""

from __future__ import annotations

import pytest

from drivers.document_printer.device import PrintResult
from drivers.document_printer.simulator import DocumentPrinterFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.document_printer.desk import printing
from tests.drivers.listening import PATIENCE_S

NONSENSE = [DocumentPrinterFault.NOISE, DocumentPrinterFault.WEB_PAGE, DocumentPrinterFault.HTTP_ERROR]


@pytest.mark.parametrize("fault", NONSENSE, ids=lambda fault: fault.value)
def test_what_is_no_printer_is_not_used(fault: DocumentPrinterFault) -> None:
    with printing(faults=(fault,), expect=DeviceState.OFFLINE) as desk:
        assert desk.printer.status().error is Errors.DOCUMENT_PRINTER_LOST
        assert desk.printer.capabilities is None
        assert desk.print() == PrintResult.not_done(Errors.DOCUMENT_PRINTER_LOST)

        desk.mend(fault)
        assert desk.print() == PrintResult.done()


@pytest.mark.parametrize("fault", NONSENSE, ids=lambda fault: fault.value)
def test_when_it_begins_between_two_documents_it_is_told(fault: DocumentPrinterFault) -> None:
    with printing() as desk:
        desk.simulator.set_fault(fault)
        desk.wait_until(DeviceState.OFFLINE)
        desk.mend(fault)
        assert desk.print() == PrintResult.done()


@pytest.mark.parametrize("fault", NONSENSE, ids=lambda fault: fault.value)
def test_in_the_middle_of_a_document_the_outcome_is_unknown(fault: DocumentPrinterFault) -> None:
    with printing(faults=(DocumentPrinterFault.WARMING_UP,)) as desk:
        result = desk.begin()
        desk.simulator.set_fault(fault)
        assert result.result(PATIENCE_S) == PrintResult.unknown()
        desk.wait_until(DeviceState.OFFLINE)
        desk.mend(fault)
