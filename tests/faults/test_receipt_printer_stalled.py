"""The printer takes every byte and says nothing any more."""

from __future__ import annotations

from drivers.receipt_printer.device import PaperState, PrintResult
from drivers.receipt_printer.simulator import PrinterFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.listening import PATIENCE_S
from tests.drivers.receipt_printer.desk import QUICK, printing
from tests.drivers.receipt_printer.samples import chinese_slip


def test_a_printer_that_does_not_say_how_it_is_gets_no_slip() -> None:
    with printing(patience=QUICK) as desk:
        desk.simulator.set_fault(PrinterFault.STALL)

        assert desk.print_slip() == PrintResult.not_done(Errors.PRINTER_LOST)

        lost = desk.wait_until(DeviceState.OFFLINE)
        assert lost.paper is PaperState.UNKNOWN
        assert lost.error is Errors.PRINTER_LOST
        desk.simulator.clear_fault(PrinterFault.STALL)
        desk.wait_until(DeviceState.ONLINE)
        assert desk.simulator.slips == []


def test_a_slip_that_was_taken_whole_and_never_confirmed_is_unknown() -> None:
    with printing(patience=QUICK) as desk:
        desk.simulator.set_fault(PrinterFault.STALL_MID_PRINT)

        assert desk.print_slip() == PrintResult.unknown()
        assert desk.simulator.buffered_bytes > 0


def test_an_unknown_slip_is_printed_again_only_as_a_copy() -> None:
    with printing(patience=QUICK) as desk:
        desk.simulator.set_fault(PrinterFault.STALL_MID_PRINT)
        desk.print_slip()
        desk.simulator.clear_fault(PrinterFault.STALL_MID_PRINT)
        desk.wait_until(DeviceState.ONLINE)
        before = len(desk.simulator.slips)

        assert desk.print_slip() == PrintResult.unknown()
        assert len(desk.simulator.slips) == before
        assert desk.print_slip(chinese_slip(copy=True)) == PrintResult.done()
        assert "副本 COPY" in desk.texts()[-1]


def test_whoever_waits_for_the_status_is_not_kept_waiting() -> None:
    with printing(patience=QUICK) as desk:
        desk.simulator.set_fault(PrinterFault.STALL)
        results = [desk.printer.print_slip(chinese_slip(job_id=f"job-{number}")) for number in range(3)]

        assert desk.printer.status() is not None
        assert {result.result(PATIENCE_S) for result in results} == {
            PrintResult.not_done(Errors.PRINTER_LOST)
        }
