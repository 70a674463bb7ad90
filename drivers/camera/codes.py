"""A code in a picture: one call of zxing-cpp, and after a miss one more on a changed picture.

Figures of this, beside pyzbar and OpenCV alone, are made by ``make bench BENCH=qr_camera``.
"""

from __future__ import annotations

from enum import Enum

import cv2
import numpy as np
import zxingcpp

from drivers.camera.device import LARGEST_PAYLOAD_BYTES
from drivers.camera.picture import grey
from drivers.camera.pixels import Pixels

_FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])


class SecondDecoder(Enum):
    """What is asked when zxing-cpp has found nothing."""

    NONE = "none"
    PYZBAR = "pyzbar"
    """zbar guesses how bytes are meant and gives them out changed, so only its ASCII is believed."""


class CodeReader:
    """Reads the QR code that fills most of a picture.

    A picture in which nothing is found is read once more, made smoother and twice as large in turns: the one
    helps against noise and screens, the other with small codes, and a code stays in view for many pictures.
    """

    def __init__(self, second: SecondDecoder = SecondDecoder.NONE) -> None:
        self._second = second
        self._smooth_next = True

    def read(self, pixels: Pixels) -> bytes | None:
        """The payload of the largest code, as its bytes are; None when there is none.

        It may be empty or longer than the application takes: see :func:`is_usable`.
        """
        picture = grey(pixels)
        payload = _largest(picture)
        if payload is None:
            payload = _largest(_smoother(picture) if self._smooth_next else _larger(picture))
            self._smooth_next = not self._smooth_next
        if payload is None and self._second is SecondDecoder.PYZBAR:
            payload = _by_pyzbar(picture)
        return payload


def is_usable(payload: bytes) -> bool:
    """Whether a payload can be one of the codes that are known here: 1 to 1,024 bytes that are text."""
    text = payload_text(payload)
    return 0 < len(payload) <= LARGEST_PAYLOAD_BYTES and text is not None and text.isprintable()


def payload_text(payload: bytes) -> str | None:
    """What the bytes say: UTF-8 if all of them are, else GB 18030, else nothing."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return payload.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _largest(picture: Pixels) -> bytes | None:
    found = zxingcpp.read_barcodes(picture, formats=_FORMATS)
    return max(((_size(code), code.bytes) for code in found), default=(0.0, None))[1]


def _size(code: zxingcpp.Barcode) -> float:
    """Twice the area between its corners."""
    where = code.position
    across = (where.bottom_right.x - where.top_left.x, where.bottom_right.y - where.top_left.y)
    down = (where.bottom_left.x - where.top_right.x, where.bottom_left.y - where.top_right.y)
    return float(abs(across[0] * down[1] - across[1] * down[0]))


def _smoother(picture: Pixels) -> Pixels:
    return np.asarray(cv2.blur(picture, (3, 3)), np.uint8)


def _larger(picture: Pixels) -> Pixels:
    return np.asarray(cv2.resize(picture, None, fx=2, fy=2, interpolation=cv2.INTER_LINEAR), np.uint8)


def _by_pyzbar(picture: Pixels) -> bytes | None:
    from pyzbar import pyzbar  # noqa: PLC0415 -- it loads a system library, which only who wants it needs

    found = pyzbar.decode(picture, [pyzbar.ZBarSymbol.QRCODE])
    believed = [code for code in found if code.data.isascii()]
    largest = max(believed, key=lambda code: code.rect.width * code.rect.height, default=None)
    return bytes(largest.data) if largest is not None else None
