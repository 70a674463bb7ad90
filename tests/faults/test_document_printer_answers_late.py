"""Every answer of the printer comes late."""

from __future__ import annotations

from drivers.document_printer.device import PrintResult
from drivers.document_printer.simulator import DocumentPrinterFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.document_printer.desk import CALM, QUICK, printing

FAULT = DocumentPrinterFault.ANSWERS_LATE


def test_late_within_the_deadline_is_early_enough() -> None:
    with printing(patience=CALM, late_by_s=0.1) as desk:
        desk.simulator.set_fault(FAULT)
        assert desk.print() == PrintResult.done()


def test_an_answer_after_the_deadline_is_none_and_is_not_taken_for_the_next_one() -> None:
    with printing(patience=QUICK, late_by_s=0.6) as desk:
        desk.simulator.set_fault(FAULT)
        assert desk.print() == PrintResult.not_done(Errors.DOCUMENT_PRINTER_LOST)
        desk.wait_until(DeviceState.OFFLINE)

        desk.mend(FAULT)
        assert desk.print() == PrintResult.done()
