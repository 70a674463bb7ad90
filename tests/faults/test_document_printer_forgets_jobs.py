"""The printer keeps no history: a job that has ended was never there."""

from __future__ import annotations

from drivers.document_printer.device import PrintResult
from drivers.document_printer.simulator import DocumentPrinterFault
from tests.drivers.document_printer.desk import printing
from tests.drivers.document_printer.samples import document

FAULT = DocumentPrinterFault.FORGETS_JOBS


def test_what_nobody_can_confirm_is_unknown_although_it_came_out() -> None:
    with printing(faults=(FAULT,)) as desk:
        assert desk.print() == PrintResult.unknown()
        assert len(desk.simulator.documents) == 1

        desk.simulator.clear_fault(FAULT)
        assert desk.print(document("next")) == PrintResult.done()
