"""Asking who is behind a serial port that does not say it: only when a technician wants that.

Two questions are known that do no harm to anybody else: the number of a security module, and the command with
which a scanner is told not to scan, where it confirms that. Whoever else answers is nobody known.
"""

from __future__ import annotations

from dataclasses import dataclass

from drivers.id_card_reader.link import ModuleLink
from drivers.id_card_reader.protocol import module_number_text
from drivers.qr_scanner.protocol import NEWLAND, BurstFramer
from drivers.transports.address import SerialAddress
from drivers.transports.serial_port import SerialPort
from drivers.transports.transport import DeviceLostError
from foundation.clock import Clock
from foundation.counters import Counters

READER_BAUDS = (115200, 57600, 9600)
SCANNER_BAUDS = (9600, 115200)
_CONFIRMS_WITHIN_S = 0.5


@dataclass(frozen=True, slots=True)
class Answered:
    """Who answered: the driver that understood it, at which speed, and what it said."""

    driver: str
    baud: int
    said: str


def ask_port(path: str, clock: Clock) -> Answered | None:
    """Who is at the serial port ``path``; None when nobody known answers. Takes 5 s at the most.

    A port that a program has open is left alone: it is locked.
    """
    for baud in READER_BAUDS:
        number = _module_number(path, baud, clock)
        if number:
            return Answered("id_card_reader", baud, number)
    for baud in SCANNER_BAUDS:
        if _confirms(path, baud, clock):
            return Answered("qr_scanner", baud, NEWLAND.name)
    return None


def _module_number(path: str, baud: int, clock: Clock) -> str | None:
    port = SerialPort(SerialAddress(path, baud), clock)
    try:
        port.open()
        return module_number_text(ModuleLink(port, clock, Counters(), baud).connect().data)
    except DeviceLostError:
        return None
    finally:
        port.close()


def _confirms(path: str, baud: int, clock: Clock) -> bool:
    port = SerialPort(SerialAddress(path, baud), clock)
    framer = BurstFramer(NEWLAND.confirmation)
    deadline_s = clock.monotonic_s() + _CONFIRMS_WITHIN_S
    try:
        port.open()
        port.write_all(NEWLAND.off, deadline_s)
        while data := port.read_some(deadline_s):
            if framer.feed(data, clock.monotonic_s()):
                return True
    except DeviceLostError:
        return False
    finally:
        port.close()
    return False
