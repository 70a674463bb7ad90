"""Reading bytes as a printer does, without a socket between."""

from __future__ import annotations

from dataclasses import dataclass

import zxingcpp
from PIL import Image

from drivers.receipt_printer.device import Capabilities
from drivers.receipt_printer.simulator_machine import Machine
from drivers.receipt_printer.simulator_paper import SlipPicture


@dataclass(frozen=True)
class Printed:
    slips: list[SlipPicture]
    unknown_commands: list[bytes]
    answers: bytes

    @property
    def slip(self) -> SlipPicture:
        """The only slip."""
        (slip,) = self.slips
        return slip


def print_bytes(data: bytes, capabilities: Capabilities) -> Printed:
    """What a printer makes of these bytes."""
    slips: list[SlipPicture] = []
    machine = Machine(capabilities, slips.append, dots_per_s=None, late_by_s=0.0)
    machine.receive(data)
    while machine.run(0.0) is not None:
        pass
    return Printed(slips, machine.unknown_commands, machine.take_answers(0.0)[0])


def decode_codes(picture: Image.Image) -> list[str]:
    """The QR codes that a scanner finds in a picture."""
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    return [code.bytes.decode("utf-8") for code in found]


def ink(picture: Image.Image) -> int:
    """How many dots are black."""
    return picture.histogram()[0]
