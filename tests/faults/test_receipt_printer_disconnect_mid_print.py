"""The printer loses its power in the middle of a slip and comes back."""

from __future__ import annotations

from drivers.receipt_printer.device import PrintOutcome, PrintResult
from drivers.receipt_printer.simulator import PrinterFault
from drivers.vocabulary import DeviceState
from tests.drivers.receipt_printer.desk import printing
from tests.drivers.receipt_printer.samples import chinese_slip, english_slip


def test_the_outcome_is_unknown_and_the_loss_is_told() -> None:
    with printing() as desk:
        desk.simulator.set_fault(PrinterFault.DISCONNECT_MID_PRINT)

        assert desk.print_slip() == PrintResult.unknown()

        desk.wait_until(DeviceState.OFFLINE)
        assert desk.wait_until(DeviceState.ONLINE).can_print
        assert desk.counters.figure("receipt_printer.unknown") == 1


def test_asking_again_prints_nothing_until_it_is_asked_for_as_a_copy() -> None:
    with printing() as desk:
        desk.simulator.set_fault(PrinterFault.DISCONNECT_MID_PRINT)
        desk.print_slip()
        desk.wait_until(DeviceState.OFFLINE)
        desk.wait_until(DeviceState.ONLINE)

        assert desk.print_slip() == PrintResult.unknown()
        assert desk.simulator.slips == []
        assert desk.print_slip(chinese_slip(copy=True)) == PrintResult.done()
        assert desk.print_slip() == PrintResult.done()  # the copy settled it


def test_the_torn_slip_is_cut_off_before_the_next_one() -> None:
    with printing() as desk:
        desk.simulator.set_fault(PrinterFault.DISCONNECT_MID_PRINT)
        desk.print_slip()
        desk.wait_until(DeviceState.OFFLINE)
        desk.wait_until(DeviceState.ONLINE)

        desk.print_slip(english_slip(job_id="second"))

        torn, whole = desk.texts()
        assert "提交凭条" in torn
        assert "提交凭条" not in whole
        assert "No. second" in whole


def test_what_is_unknown_stays_unknown_while_the_printer_is_away() -> None:
    with printing() as desk:
        desk.simulator.set_fault(PrinterFault.DISCONNECT_MID_PRINT)
        desk.print_slip()
        desk.wait_until(DeviceState.OFFLINE)
        desk.simulator.set_fault(PrinterFault.REFUSES_CONNECTIONS)

        assert desk.print_slip() == PrintResult.unknown()
        assert desk.print_slip(chinese_slip(copy=True)).outcome is not PrintOutcome.DONE
