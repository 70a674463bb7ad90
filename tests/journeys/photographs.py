"""What a phone reads off the screen of a terminal: real pixels, photographed and decoded."""

from __future__ import annotations

from pathlib import Path

import cv2
import zxingcpp

from demo.visit import Visit
from tests.journeys.halls import eventually

_QR_CODE = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])


def codes_seen(visit: Visit, folder: Path) -> list[str]:
    """What a phone reads off the screen now, of codes for signing in."""
    picture = folder / "screen.png"
    visit.photographs(picture)
    found = zxingcpp.read_barcodes(cv2.imread(str(picture)), formats=_QR_CODE)
    return [each.text for each in found if each.text.startswith("DXQC1.")]


def code_on_screen(visit: Visit, folder: Path, *, not_this: str = "") -> str:
    """What a phone reads off the sign-in screen; waits until there is one, and another than ``not_this``."""
    return eventually(lambda: [code for code in codes_seen(visit, folder) if code != not_this])[0]
