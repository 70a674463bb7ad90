"""The printer does not cancel what it was told to forget."""

from __future__ import annotations

from drivers.document_printer.device import PrintResult
from drivers.document_printer.simulator import DocumentPrinterFault
from drivers.print_sessions import PurgeOutcome
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.document_printer.desk import QUICK, printing
from tests.drivers.document_printer.samples import document
from tests.drivers.listening import PATIENCE_S

FAULT = DocumentPrinterFault.KEEPS_JOBS
HOLDING = (DocumentPrinterFault.WARMING_UP, FAULT)


def test_the_end_of_the_session_is_not_called_clean_and_the_outcome_is_unknown() -> None:
    with printing(patience=QUICK, faults=HOLDING) as desk:
        result = desk.begin()
        purged = desk.printer.end_session("session-1")

        assert result.result(PATIENCE_S) == PrintResult.unknown()
        assert purged.result(PATIENCE_S) is PurgeOutcome.UNKNOWN


def test_nobody_else_prints_while_it_may_still_come_out() -> None:
    with printing(patience=QUICK, faults=HOLDING) as desk:
        desk.begin()
        desk.printer.end_session("session-1")
        desk.wait_until(DeviceState.OFFLINE)

        refused = desk.print(document("next", session="session-2"))
        assert refused == PrintResult.not_done(Errors.DOCUMENT_PRINTER_LOST)

        desk.simulator.clear_fault(FAULT)
        desk.wait_until(DeviceState.ONLINE)
        assert desk.simulator.unfinished == []
