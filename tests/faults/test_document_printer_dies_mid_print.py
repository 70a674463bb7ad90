"""The printer loses its power in the middle of a document, comes back, and knows nothing of it."""

from __future__ import annotations

from drivers.document_printer.device import PrintResult
from drivers.document_printer.simulator import DocumentPrinterFault
from tests.drivers.document_printer.desk import printing
from tests.drivers.document_printer.samples import document


def test_the_outcome_is_unknown_and_it_is_used_again_by_itself() -> None:
    with printing() as desk:
        desk.simulator.set_fault(DocumentPrinterFault.DIES_MID_PRINT)

        assert desk.print(document(pages=3)) == PrintResult.unknown()
        assert desk.simulator.documents == []

        assert desk.print_when_back(document("next")) == PrintResult.done()
        assert len(desk.simulator.documents) == 1


def test_asking_again_gets_the_same_answer_whether_the_printer_is_back_or_not() -> None:
    with printing(faults=(DocumentPrinterFault.DIES_MID_PRINT,)) as desk:
        assert desk.print(document(pages=3)) == PrintResult.unknown()
        assert desk.print(document(pages=3)) == PrintResult.unknown()


def test_a_job_of_the_same_number_is_not_taken_for_it() -> None:
    """After the loss of power the printer counts from 1 again, and an earlier document was number 1."""
    with printing() as desk:
        assert desk.print(document("before")) == PrintResult.done()
        desk.simulator.set_fault(DocumentPrinterFault.DIES_MID_PRINT)
        assert desk.print(document(pages=3)) == PrintResult.unknown()
        assert desk.print_when_back(document("after")) == PrintResult.done()
        assert desk.print(document(pages=3)) == PrintResult.unknown()
        assert len(desk.simulator.documents) == 2
