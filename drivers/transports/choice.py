"""Which transport an address asks for."""

from __future__ import annotations

from drivers.keypad.wedge import Wedge
from drivers.transports.address import Address, EvdevAddress, SerialAddress, UsbAddress
from drivers.transports.serial_port import SerialPort
from drivers.transports.tcp_socket import TcpSocket
from drivers.transports.transport import Transport
from drivers.transports.usb_pipes import UsbPipes
from foundation.clock import Clock


def transport_for(address: Address, clock: Clock) -> Transport:
    """A transport to ``address``, not yet open. Deadlines are moments on ``clock``."""
    if isinstance(address, SerialAddress):
        return SerialPort(address, clock)
    if isinstance(address, EvdevAddress):
        return Wedge(address, clock)
    if isinstance(address, UsbAddress):
        return UsbPipes(address, clock)
    return TcpSocket(address, clock)
