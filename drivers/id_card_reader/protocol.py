"""The SDT protocol between a host and the security module of a card reader: frames, commands, status words.

Pure functions and one decoder on bytes. A frame is ``AA AA AA 96 69``, a length of two bytes (big-endian,
counting all that follows, the checksum included), the body and a checksum: the exclusive or of length and
body. A request's body is a command and a parameter; a reply's body is three status bytes, of which the third
one speaks, and data. Source: the interface of SAM_V (GA 467-2004, clause 5), as it is published by makers of
readers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import reduce
from operator import xor

PREAMBLE = bytes.fromhex("AAAAAA9669")
TEXT_BYTES = 256
PHOTO_BYTES = 1024
FINGERPRINT_BYTES = (0, 512, 1024)
"""No, one or two fingers: 512 bytes of features for each."""
NEW_ADDRESS_BYTES = 70
LARGEST_BODY_BYTES = 0x090A
"""The longest reply there is: text, photo and two fingerprints. A longer length is noise."""

_HEADER_BYTES = len(PREAMBLE) + 2
_SMALLEST_BODY_BYTES = 3  # command, parameter, checksum


class Command(Enum):
    """Command and parameter, as they stand in a request."""

    RESET = b"\x10\xff"
    MODULE_STATUS = b"\x11\xff"
    MODULE_NUMBER = b"\x12\xff"
    FIND = b"\x20\x01"
    SELECT = b"\x20\x02"
    READ_BASE = b"\x30\x01"
    READ_NEW_ADDRESS = b"\x30\x03"
    READ_WITH_FINGERPRINT = b"\x30\x10"


class Status(Enum):
    """What the third status byte means for whoever waits for the answer."""

    SUCCESS = "success"
    NO_SUCH_ITEM = "no_such_item"
    """The card is there and has no such item."""
    NO_CARD = "no_card"
    HOLD_STILL = "hold_still"
    """The card was not understood or moved away while it was read."""
    NOT_RECOGNISED = "not_recognised"
    """Card and module do not accept each other. Trying again changes nothing."""
    LINK_ERROR = "link_error"
    """The module did not understand the request."""
    MODULE_BROKEN = "module_broken"
    """The module failed its self-test or is not authorised. Only a technician can help."""
    UNKNOWN = "unknown"


_STATUS_BYTES: dict[int, Status] = {
    0x90: Status.SUCCESS,
    0x9F: Status.SUCCESS,
    0x91: Status.NO_SUCH_ITEM,
    **dict.fromkeys((0x10, 0x11, 0x21, 0x23, 0x24), Status.LINK_ERROR),
    **dict.fromkeys((0x31, 0x32, 0x33), Status.NOT_RECOGNISED),
    **dict.fromkeys((0x40, 0x41, 0x47), Status.HOLD_STILL),
    **dict.fromkeys((0x60, 0x66), Status.MODULE_BROKEN),
    **dict.fromkeys((0x80, 0x81), Status.NO_CARD),
}


@dataclass(frozen=True, slots=True)
class Body:
    """What stood between length and checksum of a frame whose checksum was right."""

    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply of the module. ``data`` may hold a person and is not shown."""

    status_byte: int
    data: bytes = field(repr=False, default=b"")

    @property
    def status(self) -> Status:
        """What the status byte means; ``UNKNOWN`` for bytes that no table has."""
        return _STATUS_BYTES.get(self.status_byte, Status.UNKNOWN)


def checksum(length_and_body: bytes) -> int:
    """The exclusive or of all bytes."""
    return reduce(xor, length_and_body, 0)


def encode_frame(content: bytes) -> bytes:
    """A whole frame around ``content`` (at most 65,534 bytes)."""
    length_and_body = (len(content) + 1).to_bytes(2, "big") + content
    return PREAMBLE + length_and_body + bytes([checksum(length_and_body)])


def encode_command(command: Command) -> bytes:
    """The frame that asks for ``command``."""
    return encode_frame(command.value)


def encode_reply(reply: Reply) -> bytes:
    """The frame with which a module answers."""
    return encode_frame(bytes([0, 0, reply.status_byte]) + reply.data)


def reply_from(body: Body) -> Reply | None:
    """The reply in ``body``, or None when it is too short to be one."""
    if len(body.content) < 3:
        return None
    return Reply(body.content[2], body.content[3:])


def command_from(body: Body) -> Command | None:
    """The request in ``body``, or None when it is none of those known here."""
    return next((command for command in Command if command.value == body.content), None)


class FrameDecoder:
    """Finds frames in a stream of bytes, however it is cut, and finds its way back after noise.

    After a wrong checksum only the false preamble is given up, so that a frame which begins inside the false
    one is still found. It never holds more than one frame, and never raises. ``noise_bytes`` and
    ``bad_checksums`` count up.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self.noise_bytes = 0
        self.bad_checksums = 0

    @property
    def held_bytes(self) -> int:
        """How much of an unfinished frame is held; never as much as a whole one."""
        return len(self._buffer)

    def feed(self, data: bytes) -> list[Body]:
        """Takes what arrived; returns the bodies of the frames that are whole by now."""
        self._buffer += data
        bodies = []
        while (body := self._next_body()) is not None:
            bodies.append(body)
        return bodies

    def forget(self) -> int:
        """Overwrites and drops what is held of an unfinished frame; returns how many bytes that were."""
        unfinished = len(self._buffer) if self._buffer.startswith(PREAMBLE) else 0
        self.noise_bytes += len(self._buffer) - unfinished
        self._drop(len(self._buffer))
        return unfinished

    def _next_body(self) -> Body | None:
        while True:
            self._skip_noise()
            if len(self._buffer) < _HEADER_BYTES:
                return None
            length = int.from_bytes(self._buffer[len(PREAMBLE) : _HEADER_BYTES], "big")
            if not _SMALLEST_BODY_BYTES <= length <= LARGEST_BODY_BYTES:
                self._skip(1)
                continue
            if len(self._buffer) < _HEADER_BYTES + length:
                return None
            length_and_body = bytes(self._buffer[len(PREAMBLE) : _HEADER_BYTES + length])
            if checksum(length_and_body) != 0:  # of the body with its checksum
                self.bad_checksums += 1
                self._skip(1)
                continue
            self._drop(_HEADER_BYTES + length)
            return Body(length_and_body[2:-1])

    def _skip_noise(self) -> None:
        """Drops what stands before the next preamble, or before what may become one."""
        found = self._buffer.find(PREAMBLE)
        if found < 0:
            kept = next(
                size for size in range(len(PREAMBLE) - 1, -1, -1) if self._buffer.endswith(PREAMBLE[:size])
            )
            found = len(self._buffer) - kept
        self._skip(found)

    def _skip(self, count: int) -> None:
        self.noise_bytes += count
        self._drop(count)

    def _drop(self, count: int) -> None:
        """Removes bytes so that nothing of a person stays behind in the buffer."""
        rest = self._buffer[count:]
        self._buffer[:] = bytes(len(self._buffer))
        self._buffer[:] = rest


def split_base_data(data: bytes) -> tuple[bytes, bytes] | None:
    """Text (256 bytes) and photo (1,024 bytes) of a reply to ``READ_BASE``; None for another shape."""
    text_bytes, photo_bytes = int.from_bytes(data[:2], "big"), int.from_bytes(data[2:4], "big")
    if (text_bytes, photo_bytes) != (TEXT_BYTES, PHOTO_BYTES) or len(data) != 4 + TEXT_BYTES + PHOTO_BYTES:
        return None
    return data[4 : 4 + TEXT_BYTES], data[4 + TEXT_BYTES :]


def join_base_data(text: bytes, photo: bytes) -> bytes:
    """The inverse of :func:`split_base_data`."""
    return len(text).to_bytes(2, "big") + len(photo).to_bytes(2, "big") + text + photo


def split_full_data(data: bytes) -> tuple[bytes, bytes, bytes] | None:
    """Text, photo and fingerprints (0, 512 or 1,024 bytes) of a reply to ``READ_WITH_FINGERPRINT``."""
    lengths = tuple(int.from_bytes(data[begin : begin + 2], "big") for begin in (0, 2, 4))
    if lengths[:2] != (TEXT_BYTES, PHOTO_BYTES) or lengths[2] not in FINGERPRINT_BYTES:
        return None
    if len(data) != 6 + sum(lengths):
        return None
    photo_end = 6 + TEXT_BYTES + PHOTO_BYTES
    return data[6 : 6 + TEXT_BYTES], data[6 + TEXT_BYTES : photo_end], data[photo_end:]


def join_full_data(text: bytes, photo: bytes, fingerprints: bytes) -> bytes:
    """The inverse of :func:`split_full_data`."""
    parts = (text, photo, fingerprints)
    return b"".join(len(part).to_bytes(2, "big") for part in parts) + b"".join(parts)


def module_number_text(data: bytes) -> str | None:
    """The number of the security module as makers print it, ``05.01-20190101-0000000001-0000000002``.

    16 bytes, little-endian: two numbers of two bytes, three of four; None for another length.
    """
    if len(data) != 16:
        return None
    first, second = (int.from_bytes(data[begin : begin + 2], "little") for begin in (0, 2))
    day, series, unit = (int.from_bytes(data[begin : begin + 4], "little") for begin in (4, 8, 12))
    return f"{first:02d}.{second:02d}-{day:08d}-{series:010d}-{unit:010d}"


def module_number_bytes(first: int, second: int, day: int, series: int, unit: int) -> bytes:
    """The inverse of :func:`module_number_text`, from its five numbers."""
    return b"".join(
        number.to_bytes(size, "little")
        for number, size in ((first, 2), (second, 2), (day, 4), (series, 4), (unit, 4))
    )
