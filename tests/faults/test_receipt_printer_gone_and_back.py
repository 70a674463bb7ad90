"""The printer is switched off, or its cable is pulled, and it comes back."""

from __future__ import annotations

import logging

import pytest

from drivers.receipt_printer.device import PaperState, PrintResult
from drivers.receipt_printer.simulator import PrinterFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.receipt_printer.desk import printing
from tests.drivers.receipt_printer.samples import chinese_slip


def test_a_slip_for_a_printer_that_is_off_is_refused_at_once_and_never_comes_out() -> None:
    with printing() as desk:
        desk.simulator.set_fault(PrinterFault.REFUSES_CONNECTIONS)
        first = desk.print_slip(chinese_slip(job_id="first"))
        lost = desk.wait_until(DeviceState.OFFLINE)
        second = desk.printer.print_slip(chinese_slip(job_id="second")).result(timeout=0.5)

        assert first == second == PrintResult.not_done(Errors.PRINTER_LOST)
        assert lost.paper is PaperState.UNKNOWN
        desk.simulator.clear_fault(PrinterFault.REFUSES_CONNECTIONS)
        desk.wait_until(DeviceState.ONLINE)
        assert desk.simulator.slips == []


def test_it_is_used_again_without_anybody_doing_anything() -> None:
    with printing() as desk:
        for number in range(3):
            desk.simulator.set_fault(PrinterFault.REFUSES_CONNECTIONS)
            desk.print_slip(chinese_slip(job_id=f"refused-{number}"))
            desk.wait_until(DeviceState.OFFLINE)
            desk.simulator.clear_fault(PrinterFault.REFUSES_CONNECTIONS)
            desk.wait_until(DeviceState.ONLINE)

            assert desk.print_slip(chinese_slip(job_id=f"job-{number}")) == PrintResult.done()

        assert len(desk.simulator.slips) == 3


def test_a_loss_is_logged_once_and_so_is_the_return(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "dianxiaoer.lifecycle"), printing() as desk:
        desk.simulator.set_fault(PrinterFault.REFUSES_CONNECTIONS)
        desk.print_slip()
        desk.wait_until(DeviceState.OFFLINE)
        desk.simulator.clear_fault(PrinterFault.REFUSES_CONNECTIONS)
        desk.wait_until(DeviceState.ONLINE)
        desk.look()

        told = [record.getMessage() for record in caplog.records if record.name == "dianxiaoer.lifecycle"]
        assert [text.split(":")[0] for text in told] == ["receipt_printer is down", "receipt_printer is back"]
