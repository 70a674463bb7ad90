"""The simulated receipt printer on USB: a pair of endpoints of the printer class (USB Printer Class 1.1)."""

from __future__ import annotations

from drivers.receipt_printer.simulator import ReceiptPrinterSimulator
from drivers.transports.address import TcpAddress
from drivers.transports.simulated_usb import PRINTER_CLASS, SimulatedUsbPlug, UsbShape

_OUT, _IN = 0x01, 0x81
_VENDOR_ID, _PRODUCT_ID = 0x0416, 0x5011


def printer_on_usb(printer: ReceiptPrinterSimulator, serial_number: str = "SIM0002") -> SimulatedUsbPlug:
    """A plug for a printer that has been started."""
    shape = UsbShape(
        vendor_id=_VENDOR_ID,
        product_id=_PRODUCT_ID,
        serial_number=serial_number,
        endpoints=(_OUT, _IN),
        interface_class=PRINTER_CLASS,
    )
    return SimulatedUsbPlug(shape, lambda: TcpAddress("127.0.0.1", printer.port))
