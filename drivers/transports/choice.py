"""Which transport an address asks for. What speaks over a cable that is not there is not loaded."""

from __future__ import annotations

from drivers.transports.address import Address, EvdevAddress, SerialAddress, UsbAddress
from drivers.transports.transport import Transport
from foundation.clock import Clock


def transport_for(address: Address, clock: Clock) -> Transport:
    """A transport to ``address``, not yet open. Deadlines are moments on ``clock``."""
    if isinstance(address, SerialAddress):
        from drivers.transports.serial_port import SerialPort  # noqa: PLC0415  # see the module

        return SerialPort(address, clock)
    if isinstance(address, EvdevAddress):
        from drivers.keypad.wedge import Wedge  # noqa: PLC0415

        return Wedge(address, clock)
    if isinstance(address, UsbAddress):
        from drivers.transports.usb_pipes import UsbPipes  # noqa: PLC0415

        return UsbPipes(address, clock)
    from drivers.transports.tcp_socket import TcpSocket  # noqa: PLC0415

    return TcpSocket(address, clock)
