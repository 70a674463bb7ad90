"""What happens with every trouble that stops a printer, told once: before, at the start, in the middle."""

from __future__ import annotations

from drivers.document_printer.device import DocumentPrinterStatus, PrintResult
from drivers.document_printer.simulator import DocumentPrinterFault
from drivers.vocabulary import DeviceState
from foundation.errors import ErrorCode
from tests.drivers.document_printer.desk import printing
from tests.drivers.document_printer.samples import document
from tests.drivers.listening import PATIENCE_S


def refused_while_it_lasts(
    fault: DocumentPrinterFault, state: DeviceState, error: ErrorCode
) -> DocumentPrinterStatus:
    """Between two documents: told without anybody printing; nothing is sent; it is used again by itself."""
    with printing() as desk:
        assert desk.print(document("before")) == PrintResult.done()
        desk.simulator.set_fault(fault)
        said = desk.wait_until(state)
        assert said.error is error

        assert desk.print(document("refused")) == PrintResult.not_done(error)
        assert desk.simulator.unfinished == []
        assert not said.can_print

        assert desk.mend(fault).can_print
        assert (
            desk.print(document("refused")) == PrintResult.done()
        )  # it was not printed: it is no repetition
        assert len(desk.simulator.documents) == 2
        return said


def found_at_the_start(fault: DocumentPrinterFault, state: DeviceState, error: ErrorCode) -> None:
    """The driver is started with it: it is the first thing that is told."""
    with printing(faults=(fault,), expect=state) as desk:
        assert desk.told() == [DeviceState.STARTING, state]
        assert desk.print() == PrintResult.not_done(error)
        assert desk.mend(fault).error is None
        assert desk.print() == PrintResult.done()


def before_the_first_sheet(fault: DocumentPrinterFault, state: DeviceState, error: ErrorCode) -> None:
    """The printer has the document and has not begun: it is taken back, and never comes out."""
    with printing(faults=(DocumentPrinterFault.WARMING_UP,)) as desk:
        result = desk.begin()
        desk.simulator.set_fault(fault)

        assert result.result(PATIENCE_S) == PrintResult.not_done(error)
        assert desk.wait_until(state).error is error
        assert desk.simulator.unfinished == []

        desk.simulator.clear_fault(DocumentPrinterFault.WARMING_UP)
        desk.mend(fault)
        assert desk.print(document("next", session="session-2")) == PrintResult.done()
        assert [printed.name for printed in desk.simulator.documents] == ["case-of-session-2"]


def after_the_first_sheet(fault: DocumentPrinterFault, state: DeviceState) -> None:
    """Some of it came out: that is unknown; the rest is taken back; it is not printed a second time."""
    with printing(seconds_per_sheet=0.02) as desk:
        result = desk.printer.print_document(document(pages=1000))
        desk.wait_for(lambda: desk.simulator.tray_sheets > 0)
        desk.simulator.set_fault(fault)

        assert result.result(PATIENCE_S) == PrintResult.unknown()
        desk.wait_until(state)
        assert desk.simulator.unfinished == []

        desk.mend(fault)
        assert desk.print(document(pages=1000)) == PrintResult.unknown()  # the answer of before
        assert desk.print(document("another")) == PrintResult.done()
        assert len(desk.simulator.documents) == 1
