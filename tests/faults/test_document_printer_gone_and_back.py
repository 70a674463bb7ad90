"""The printer is switched off, or its lead is pulled, and it comes back."""

from __future__ import annotations

import logging

import pytest

from drivers.document_printer.device import PaperState, PrintResult, TonerState, TrayState
from drivers.document_printer.simulator import DocumentPrinterFault
from drivers.print_sessions import PurgeOutcome
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.document_printer.desk import printing
from tests.drivers.document_printer.samples import document
from tests.drivers.listening import PATIENCE_S

FAULT = DocumentPrinterFault.REFUSES_CONNECTIONS


def test_nothing_is_known_of_a_printer_that_is_off() -> None:
    with printing() as desk:
        desk.simulator.set_fault(FAULT)

        lost = desk.wait_until(DeviceState.OFFLINE)
        assert lost.error is Errors.DOCUMENT_PRINTER_LOST
        assert (lost.paper, lost.toner, lost.tray) == (
            PaperState.UNKNOWN,
            TonerState.UNKNOWN,
            TrayState.UNKNOWN,
        )


def test_a_document_for_it_is_refused_at_once_and_never_comes_out() -> None:
    with printing() as desk:
        desk.simulator.set_fault(FAULT)
        desk.wait_until(DeviceState.OFFLINE)

        refused = desk.printer.print_document(document()).result(timeout=0.5)
        assert refused == PrintResult.not_done(Errors.DOCUMENT_PRINTER_LOST)
        desk.mend(FAULT)
        assert desk.simulator.documents == []


def test_in_the_middle_of_a_document_the_outcome_is_unknown() -> None:
    with printing(faults=(DocumentPrinterFault.WARMING_UP,)) as desk:
        result = desk.begin()
        desk.simulator.set_fault(FAULT)

        assert result.result(PATIENCE_S) == PrintResult.unknown()
        desk.wait_until(DeviceState.OFFLINE)
        desk.mend(FAULT)


def test_a_terminal_may_be_started_before_its_printer() -> None:
    with printing(faults=(FAULT,), expect=DeviceState.OFFLINE) as desk:
        assert desk.mend(FAULT).can_print
        assert desk.print() == PrintResult.done()


def test_a_session_that_ends_meanwhile_is_not_called_clean() -> None:
    with printing() as desk:
        desk.simulator.set_fault(FAULT)
        desk.wait_until(DeviceState.OFFLINE)

        assert desk.printer.end_session("session-1").result(PATIENCE_S) is PurgeOutcome.UNKNOWN


def test_a_loss_is_logged_once_and_so_is_the_return(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "dianxiaoer.lifecycle"), printing() as desk:
        for _ in range(2):
            desk.simulator.set_fault(FAULT)
            desk.wait_until(DeviceState.OFFLINE)
            desk.mend(FAULT)
        desk.look()

        said = [record.getMessage().split(":")[0] for record in caplog.records]
        assert said == ["document_printer is down", "document_printer is back"] * 2
