"""The simulated card reader on USB: its frames dealt to two pairs of endpoints, as the makers' readers do."""

from __future__ import annotations

from drivers.id_card_reader.simulator import IdCardReaderSimulator
from drivers.id_card_reader.usb_pipes import HEAD_BYTES, PREAMBLE
from drivers.transports.simulated_usb import SimulatedUsbPlug, UsbShape

_FIRST_OUT, _SECOND_OUT, _FIRST_IN, _SECOND_IN = 0x02, 0x06, 0x81, 0x85
_VENDOR_ID, _PRODUCT_ID = 0x0400, 0xC35A


class DealtFrames:
    """Heads to the first endpoint, the rest of each frame to the second; what is no frame to the first."""

    def __init__(self) -> None:
        self._rest_bytes = 0

    def __call__(self, arrived: bytearray) -> tuple[int, bytes] | None:
        if self._rest_bytes:
            piece = bytes(arrived[: self._rest_bytes])
            self._rest_bytes -= len(piece)
            endpoint = _SECOND_IN
        elif len(arrived) < HEAD_BYTES and PREAMBLE.startswith(arrived[: len(PREAMBLE)]):
            return None
        elif arrived.startswith(PREAMBLE):
            piece, endpoint = bytes(arrived[:HEAD_BYTES]), _FIRST_IN
            self._rest_bytes = int.from_bytes(piece[-2:], "big")
        else:
            end = arrived.find(PREAMBLE[:1], 1)
            piece, endpoint = bytes(arrived if end < 0 else arrived[:end]), _FIRST_IN
        del arrived[: len(piece)]
        return endpoint, piece


def reader_on_usb(reader: IdCardReaderSimulator, serial_number: str = "SIM0001") -> SimulatedUsbPlug:
    """A plug for a reader that has been started."""
    shape = UsbShape(
        vendor_id=_VENDOR_ID,
        product_id=_PRODUCT_ID,
        serial_number=serial_number,
        endpoints=(_FIRST_OUT, _FIRST_IN, _SECOND_OUT, _SECOND_IN),
        deal=DealtFrames(),
    )
    return SimulatedUsbPlug(shape, lambda: reader.address)
