"""Whatever goes wrong, and whenever: what is said of a document is true, and nothing comes out later."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.document_printer.device import PrintOutcome, PrintResult
from drivers.document_printer.printer import Patience
from drivers.document_printer.simulator import DocumentPrinterFault
from tests.drivers.document_printer.desk import Desk, printing
from tests.drivers.document_printer.samples import document, pdf
from tests.drivers.listening import PATIENCE_S

HASTY = Patience(answer_s=0.15, sending_s=1.0, document_s=1.0, cancel_s=0.2, look_s=0.01)
HELD = DocumentPrinterFault.WARMING_UP
PAGES = 2

faults = st.sampled_from(sorted(set(DocumentPrinterFault) - {HELD}, key=lambda fault: fault.value))
moments = st.sampled_from(["before it is asked for", "when it has the document", "after the first sheet"])


def print_while(desk: Desk, wrong: list[DocumentPrinterFault], moment: str) -> PrintResult:
    """Prints a document of two sheets, and makes everything wrong at that moment."""
    if moment == "before it is asked for":
        _make(desk, wrong)
        return desk.print(document(pages=PAGES))
    if moment == "when it has the document":
        desk.simulator.set_fault(HELD)
    result = desk.printer.print_document(document(pages=PAGES))
    sheets = 0 if moment == "when it has the document" else 1
    desk.wait_for(lambda: result.done() or _has_begun(desk, sheets))
    _make(desk, wrong)
    desk.simulator.clear_fault(HELD)
    return result.result(PATIENCE_S)


def _make(desk: Desk, wrong: list[DocumentPrinterFault]) -> None:
    for fault in wrong:
        desk.simulator.set_fault(fault)


def _has_begun(desk: Desk, sheets: int) -> bool:
    return desk.simulator.unfinished != [] and desk.simulator.tray_sheets >= sheets


@settings(max_examples=40)
@given(st.lists(faults, min_size=1, max_size=2, unique=True), moments)
def test_what_is_said_is_true_and_stays_true(wrong: list[DocumentPrinterFault], moment: str) -> None:
    with printing(patience=HASTY, seconds_per_sheet=0.005, late_by_s=0.3) as desk:
        said = print_while(desk, wrong, moment)

        for fault in wrong:
            desk.simulator.clear_fault(fault)
        assert desk.print_when_back(document("next")) == PrintResult.done()

        came_out = [printed for printed in desk.simulator.documents if printed.pdf == pdf(PAGES)]
        if said.outcome is PrintOutcome.DONE:
            assert len(came_out) == 1
        if said.outcome is PrintOutcome.NOT_DONE:
            assert desk.simulator.tray_sheets == 1  # that of the next document
        assert desk.simulator.unfinished == []
        if said.outcome is not PrintOutcome.NOT_DONE:
            assert desk.print_when_back(document(pages=PAGES)) == said
            assert len(came_out) <= 1
