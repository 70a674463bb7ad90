"""Somebody goes away and leaves sheets in the tray."""

from __future__ import annotations

from drivers.document_printer.device import PrintResult, TrayState
from drivers.document_printer.simulator import DocumentPrinterSimulator
from drivers.print_sessions import PurgeOutcome
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.document_printer.desk import printing, printing_at
from tests.drivers.document_printer.samples import document
from tests.drivers.listening import PATIENCE_S


def test_it_is_told_when_the_session_ends_and_not_before() -> None:
    with printing() as desk:
        desk.print()
        assert desk.look().error is None
        assert desk.printer.end_session("session-1").result(PATIENCE_S) is PurgeOutcome.CLEAN

        left = desk.wait_until(DeviceState.USER_ERROR)
        assert (left.error, left.tray) == (Errors.DOCUMENT_SHEETS_LEFT, TrayState.HOLDS_SHEETS)
        assert not left.can_print


def test_the_next_person_gets_nothing_on_top_of_them() -> None:
    with printing() as desk:
        desk.print()
        desk.printer.end_session("session-1").result(PATIENCE_S)

        refused = desk.print(document("next", session="session-2"))
        assert refused == PrintResult.not_done(Errors.DOCUMENT_SHEETS_LEFT)
        assert desk.simulator.tray_sheets == 1


def test_also_when_the_end_of_the_session_was_never_said() -> None:
    with printing() as desk:
        desk.print()

        refused = desk.print(document("next", session="session-2"))
        assert refused == PrintResult.not_done(Errors.DOCUMENT_SHEETS_LEFT)


def test_when_they_are_taken_it_goes_on_by_itself() -> None:
    with printing() as desk:
        desk.print()
        desk.printer.end_session("session-1").result(PATIENCE_S)
        desk.wait_until(DeviceState.USER_ERROR)
        desk.simulator.take_sheets()

        assert desk.wait_until(DeviceState.ONLINE).tray is TrayState.EMPTY
        assert desk.print(document("next", session="session-2")) == PrintResult.done()


def test_sheets_that_lie_there_when_the_terminal_starts_are_nobodys() -> None:
    with DocumentPrinterSimulator() as simulator:
        with printing_at(simulator) as desk:
            desk.print()
        with printing_at(simulator, expect=DeviceState.USER_ERROR) as desk:
            assert desk.printer.status().error is Errors.DOCUMENT_SHEETS_LEFT
            simulator.take_sheets()
            desk.wait_until(DeviceState.ONLINE)
