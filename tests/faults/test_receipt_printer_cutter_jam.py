"""The cutter jams at the end of a slip that is printed whole."""

from __future__ import annotations

from drivers.receipt_printer.device import PrintResult
from drivers.receipt_printer.simulator import PrinterFault
from drivers.vocabulary import DeviceState, ModuleState
from foundation.errors import Errors
from tests.drivers.receipt_printer.desk import printing


def test_a_slip_that_hangs_there_whole_is_neither_done_nor_not_done() -> None:
    with printing() as desk:
        desk.simulator.set_fault(PrinterFault.CUTTER_ERROR_AT_CUT)

        assert desk.print_slip() == PrintResult.unknown()

        hanging = desk.simulator.uncut()
        assert hanging is not None
        assert "No. " in hanging.text
        status = desk.printer.status()
        assert (status.state, status.error) == (DeviceState.HARDWARE_ERROR, Errors.PRINTER_BROKEN)
        assert status.cutter is ModuleState.INOPERABLE


def test_nothing_is_sent_while_the_cutter_is_jammed() -> None:
    with printing() as desk:
        desk.simulator.set_fault(PrinterFault.CUTTER_ERROR)

        assert desk.print_slip() == PrintResult.not_done(Errors.PRINTER_BROKEN)
        assert desk.simulator.buffered_bytes == 0
