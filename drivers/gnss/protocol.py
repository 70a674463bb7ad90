"""NMEA 0183 (IEC 61162-1): sentences, their checksums, and the two that say where one is.

A sentence is ``$``, a talker (``GP``, ``GN``, ``BD`` …), a formatter, fields with commas between, ``*`` and
two hexadecimal digits: the exclusive or of everything between ``$`` and ``*`` (clause 7). Here the checksum
is never optional.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LARGEST_SENTENCE_BYTES = 120
"""82 by the standard; some receivers write more decimals."""
_LARGEST_BUFFER_BYTES = 4096
_SENTENCE = re.compile(rb"\$([A-Z]{2})([A-Z]{3}),([^$*\x00-\x1f\x7f-\xff]*)\*([0-9A-Fa-f]{2})")
_ANGLE = re.compile(r"([0-9]{2,3})([0-9]{2}(?:\.[0-9]{1,10})?)")
_MEASURED = frozenset("12345")
"""Quality of GGA (clause 8.3.37): by satellites. 6 is estimated, 7 typed in, 8 simulated, 0 none."""
_MEASURED_MODES = frozenset("ADPRF")
"""Mode of RMC: autonomous, differential, precise, real time kinematic (fixed and float)."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence that is a receiver's; ``position`` is longitude, latitude and dilution where it says one.

    ``has_fix`` is None for a sentence that does not speak of that.
    """

    has_fix: bool | None = None
    position: tuple[float, float, float | None] | None = None


class Framer:
    """Cuts what arrives into lines. What is too long to be a sentence is thrown away."""

    def __init__(self) -> None:
        self._buffer = b""

    def forget(self) -> None:
        """Starts afresh."""
        self._buffer = b""

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that are complete now, without their ends; never more is kept than 4,096 bytes."""
        *lines, rest = (self._buffer + data).split(b"\n")
        self._buffer = rest[-_LARGEST_BUFFER_BYTES:]
        return [line.rstrip(b"\r") for line in lines if len(line) <= LARGEST_SENTENCE_BYTES]


def checksum(content: bytes) -> int:
    """The exclusive or of all bytes between ``$`` and ``*``."""
    total = 0
    for byte in content:
        total ^= byte
    return total


def sentence(content: str) -> bytes:
    """``$content*hh`` with the end of a line, as a receiver sends it."""
    encoded = content.encode("ascii")
    return b"$%b*%02X\r\n" % (encoded, checksum(encoded))


def read_line(line: bytes) -> Heard | None:
    """What a line says; None when it is no sentence, or its checksum is another one."""
    found = _SENTENCE.search(line)  # what stood before it was cut off at its beginning
    if found is None or checksum(line[found.start() + 1 : found.end() - 3]) != int(found[4], 16):
        return None
    fields = found[3].decode("ascii").split(",")
    match found[2]:
        case b"GGA":
            return _gga(fields)
        case b"RMC":
            return _rmc(fields)
    return Heard()


def _gga(fields: list[str]) -> Heard:
    """Time, latitude, N/S, longitude, E/W, quality, satellites, dilution, … (clause 8.3.37)."""
    if len(fields) < 8:
        return Heard()
    if fields[5] not in _MEASURED:
        return Heard(has_fix=False)
    return _at(fields[1:5], _number(fields[7]))


def _rmc(fields: list[str]) -> Heard:
    """Time, status, latitude, N/S, longitude, E/W, speed, course, date, …, mode (clause 8.3.69)."""
    if len(fields) < 9:
        return Heard()
    mode = fields[11] if len(fields) > 11 else "A"
    if fields[1] != "A" or mode not in _MEASURED_MODES:
        return Heard(has_fix=False)
    return _at(fields[2:6], None)


def _at(fields: list[str], dilution: float | None) -> Heard:
    latitude = _degrees(fields[0], fields[1], "N", "S", 90)
    longitude = _degrees(fields[2], fields[3], "E", "W", 180)
    if latitude is None or longitude is None:
        return Heard(has_fix=False)
    return Heard(has_fix=True, position=(longitude, latitude, dilution))


def _degrees(angle: str, side: str, positive: str, negative: str, limit: int) -> float | None:
    """``3036.0634`` and ``N``: degrees and minutes (clause 7.2.3.4)."""
    found = _ANGLE.fullmatch(angle)
    if found is None or side not in (positive, negative):
        return None
    minutes = float(found[2])
    degrees = int(found[1]) + minutes / 60
    if minutes >= 60 or degrees > limit:
        return None
    return round(degrees if side == positive else -degrees, 9)


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,6})?", text) else None
