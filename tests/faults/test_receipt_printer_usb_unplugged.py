"""The receipt printer on USB, and its plug is pulled: a slip before, none while it is out, one after."""

from __future__ import annotations

import uuid
from dataclasses import replace

from drivers.receipt_printer.device import PrintOutcome
from drivers.receipt_printer.printer import Patience, ReceiptPrinter
from drivers.receipt_printer.simulator import ReceiptPrinterSimulator
from drivers.receipt_printer.usb_plug import printer_on_usb
from drivers.transports.address import parse_address
from drivers.vocabulary import DeviceState
from foundation.clock import SystemClock
from foundation.errors import Errors
from tests.drivers.listening import PATIENCE_S, AudibleCounters, Ears, make_quick
from tests.drivers.receipt_printer.samples import chinese_slip


def test_slips_are_printed_over_usb_and_again_when_the_plug_is_back() -> None:
    ears = Ears()
    with ReceiptPrinterSimulator() as simulator, printer_on_usb(simulator) as plug:
        address, patience = parse_address(plug.address), Patience(answer_s=5.0, look_s=0.05)
        printer = ReceiptPrinter(address, SystemClock(), AudibleCounters(), ears, patience=patience)
        make_quick(printer)
        printer.start()
        try:
            ears.next_state(DeviceState.ONLINE)
            assert printer.print_slip(chinese_slip()).result(PATIENCE_S).outcome is PrintOutcome.DONE
            plug.unplug()
            assert ears.next_state(DeviceState.NO_DEVICE).error is Errors.PRINTER_LOST
            another = replace(chinese_slip(), job_id=str(uuid.uuid4()))
            assert printer.print_slip(another).result(PATIENCE_S).outcome is PrintOutcome.NOT_DONE
            plug.plug_in()
            ears.next_state(DeviceState.ONLINE)
            assert printer.print_slip(another).result(PATIENCE_S).outcome is PrintOutcome.DONE
            assert len(simulator.slips) == 2
        finally:
            assert printer.stop()
        assert simulator.unknown_commands == []
