"""Decoding the photo of a card, where somebody has fitted a decoder.

The picture on the card (WLT, 1,024 bytes) has no public format; every decoder is a closed library with a
licence of its own. So it is a program of the operator's: it gets the 1,024 bytes on its standard input and
answers on its standard output with a BMP of 102 × 126 pixels in 24 bits, which is 38,862 bytes. It runs as a
child with a deadline, because a library that nobody can read may crash or hang. None is fitted by default,
and nothing depends on it: text and security module prove the card.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from drivers.id_card_reader.protocol import PHOTO_BYTES
from drivers.supervised_child import ChildLine, Deaths
from drivers.transports.transport import DeviceLostError
from foundation.clock import Clock

BMP_BYTES = 38_862
WIDTH_PIXELS, HEIGHT_PIXELS = 102, 126
_HEADER_BYTES = 54
_DEADLINE_S = 2.0


@dataclass(frozen=True, slots=True)
class DecodedPhoto:
    """The photo as a BMP file; it lives in memory only."""

    bmp: bytes = field(repr=False)


class PhotoUnavailable(Enum):
    """Why there is no photo. The card is as good without it."""

    NOT_FITTED = "not_fitted"
    NOT_ON_CARD = "not_on_card"
    TIMED_OUT = "timed_out"
    FAILED = "failed"
    """The decoder could not be started, died, or answered something that is no such picture."""
    DEGRADED = "degraded"
    """It failed three times in five minutes and is left alone for a while."""


class PhotoDecoder:
    """Asks the decoder that is fitted. For one thread at a time; waits 2 s at the most.

    ``command`` is the program and its arguments, empty when none is fitted.
    """

    def __init__(self, command: Sequence[str], clock: Clock, deadline_s: float = _DEADLINE_S) -> None:
        self._command = tuple(command)
        self._clock = clock
        self._deadline_s = deadline_s
        self._deaths = Deaths(clock)

    @property
    def fitted(self) -> bool:
        """Whether there is a decoder at all."""
        return bool(self._command)

    def decode(self, photo: bytes) -> DecodedPhoto | PhotoUnavailable:
        """The photo of a card as a picture, or why there is none."""
        if not self._command:
            return PhotoUnavailable.NOT_FITTED
        if len(photo) != PHOTO_BYTES:
            return PhotoUnavailable.NOT_ON_CARD
        if self._deaths.degraded:
            return PhotoUnavailable.DEGRADED
        answer = self._ask(photo)
        if isinstance(answer, PhotoUnavailable):
            self._deaths.count()
        return answer

    def _ask(self, photo: bytes) -> DecodedPhoto | PhotoUnavailable:
        deadline_s = self._clock.monotonic_s() + self._deadline_s
        child = ChildLine(self._command, self._clock)
        bmp = bytearray()
        try:
            child.open()
            child.write_all(photo, deadline_s)
            child.end_input()
            while len(bmp) < BMP_BYTES:
                data = child.read_some(deadline_s)
                if not data:
                    return PhotoUnavailable.TIMED_OUT
                bmp += data
        except DeviceLostError:
            late = self._clock.monotonic_s() >= deadline_s
            return PhotoUnavailable.TIMED_OUT if late else PhotoUnavailable.FAILED
        finally:
            child.close()
        return DecodedPhoto(bytes(bmp)) if _is_the_picture(bmp) else PhotoUnavailable.FAILED


def _is_the_picture(bmp: bytearray) -> bool:
    """Whether it is a BMP (BITMAPINFOHEADER) of the size that a card's photo has."""
    return (
        len(bmp) == BMP_BYTES
        and bmp.startswith(b"BM")
        and int.from_bytes(bmp[10:14], "little") == _HEADER_BYTES
        and int.from_bytes(bmp[18:22], "little") == WIDTH_PIXELS
        and abs(int.from_bytes(bmp[22:26], "little", signed=True)) == HEIGHT_PIXELS
        and int.from_bytes(bmp[28:30], "little") == 24
    )
