"""The printer answers a document with an internal error, and prints it all the same."""

from __future__ import annotations

from drivers.document_printer.device import PrintResult
from drivers.document_printer.simulator import DocumentPrinterFault
from tests.drivers.document_printer.desk import printing

FAULT = DocumentPrinterFault.FAILS_INSIDE


def test_an_internal_error_is_neither_done_nor_not_done() -> None:
    with printing() as desk:
        desk.simulator.set_fault(FAULT)

        assert desk.print() == PrintResult.unknown()
        assert len(desk.simulator.documents) == 1
        desk.simulator.clear_fault(FAULT)
        assert desk.print() == PrintResult.unknown()  # it is not printed a second time
        assert len(desk.simulator.documents) == 1


def test_what_it_has_not_printed_yet_is_taken_back() -> None:
    with printing(faults=(DocumentPrinterFault.WARMING_UP, FAULT)) as desk:
        assert desk.print() == PrintResult.unknown()
        assert desk.simulator.unfinished == []
        assert desk.counters.figure("document_printer.cancelled") == 1
