"""The printer does not take the document."""

from __future__ import annotations

from drivers.document_printer.device import PrintResult
from drivers.document_printer.simulator import DocumentPrinterFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.document_printer.desk import printing

FAULT = DocumentPrinterFault.REFUSES_DOCUMENTS


def test_it_is_not_done_and_the_printer_is_as_good_as_before() -> None:
    with printing() as desk:
        desk.simulator.set_fault(FAULT)

        assert desk.print() == PrintResult.not_done(Errors.DOCUMENT_REFUSED)
        assert desk.look().can_print
        assert desk.told() == [DeviceState.STARTING, DeviceState.ONLINE]

        desk.simulator.clear_fault(FAULT)
        assert desk.print() == PrintResult.done()
