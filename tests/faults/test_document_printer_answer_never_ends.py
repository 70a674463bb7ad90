"""The printer answers a byte at a time and never ends: every read succeeds, the whole must not."""

from __future__ import annotations

from drivers.document_printer.device import PrintResult
from drivers.document_printer.simulator import DocumentPrinterFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.document_printer.desk import QUICK, printing
from tests.drivers.listening import PATIENCE_S

FAULT = DocumentPrinterFault.DRIPS


def test_the_deadline_is_that_of_the_whole_answer() -> None:
    with printing(patience=QUICK) as desk:
        desk.simulator.set_fault(FAULT)

        assert desk.print() == PrintResult.not_done(Errors.DOCUMENT_PRINTER_LOST)
        desk.wait_until(DeviceState.OFFLINE)
        desk.mend(FAULT)
        assert desk.print() == PrintResult.done()


def test_in_the_middle_of_a_document_the_outcome_is_unknown() -> None:
    with printing(patience=QUICK, faults=(DocumentPrinterFault.WARMING_UP,)) as desk:
        result = desk.begin()
        desk.simulator.set_fault(FAULT)

        assert result.result(PATIENCE_S) == PrintResult.unknown()
        desk.wait_until(DeviceState.OFFLINE)
        desk.mend(FAULT)
        assert desk.simulator.unfinished == []
