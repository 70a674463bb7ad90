"""The cabinet's serial protocol, version 1: bytes to values and back. No input, no output, no waiting.

Ours, and described for who builds a board in docs/cabinet-protocol.md:

``55 AA | version | type | sequence | length | payload | CRC high | CRC low``

The CRC is CRC-16/IBM-3740 (polynomial 1021, start FFFF, not reflected; ``123456789`` gives 29B1) over
everything between preamble and CRC.
"""

from __future__ import annotations

import binascii
from dataclasses import dataclass
from enum import Enum, IntEnum
from types import MappingProxyType
from typing import Final, TypeVar

from drivers.cabinet.device import AmbientLight, Door, Light, Lights, Position, Power, Presence, Tamper

VERSION: Final = 1
PREAMBLE: Final = b"\x55\xaa"
LARGEST_PAYLOAD_BYTES: Final = 48
_HEADER_BYTES: Final = 6
_CRC_BYTES: Final = 2
LARGEST_FRAME_BYTES: Final = _HEADER_BYTES + LARGEST_PAYLOAD_BYTES + _CRC_BYTES
UNASKED: Final = 0
"""The sequence number of what the board says by itself; questions have 1 to 255."""
MINUTES_UNKNOWN: Final = 0xFF


class Kind(IntEnum):
    """What a frame is. An answer has its question's type plus 80."""

    HELLO = 0x01
    ASK_STATE = 0x02
    SET_LIGHT = 0x03
    CLEAR_TAMPER = 0x04
    IDENTITY = 0x81
    STATE = 0x82
    LIGHT_SET = 0x83
    TAMPER_CLEARED = 0x84
    CHANGED = 0xC2
    REFUSED = 0xFF


class Outcome(IntEnum):
    """The last byte of ``LIGHT_SET``, ``TAMPER_CLEARED`` and ``REFUSED``."""

    DONE = 0
    NOT_FITTED = 1
    INOPERABLE = 2
    STILL_OPEN = 3
    NOT_UNDERSTOOD = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame without preamble, length and CRC. ``kind`` may be a number that is no :class:`Kind`."""

    kind: int
    sequence: int
    payload: bytes = b""


@dataclass(frozen=True, slots=True)
class Identity:
    """The answer to ``HELLO``."""

    firmware: int
    watchdog_s: float
    serial_number: str


@dataclass(frozen=True, slots=True)
class State:
    """The answer to ``ASK_STATE``, and what ``CHANGED`` says. ``boots`` counts the board's starts."""

    boots: int
    door: Door
    tamper: Tamper
    presence: Presence
    ambient_light: AmbientLight
    power: Power
    minutes_left: int | None
    lights: Lights


_FactT = TypeVar("_FactT", bound=Enum)
_DOORS: Final = (Door.NOT_SUPPORTED, Door.CLOSED, Door.OPEN)
_TAMPERS: Final = (Tamper.NOT_SUPPORTED, Tamper.OFF, Tamper.ON)
_PRESENCES: Final = (Presence.NOT_SUPPORTED, Presence.NOT_PRESENT, Presence.PRESENT)
_LEVELS: Final = (
    AmbientLight.NOT_SUPPORTED,
    AmbientLight.VERY_DARK,
    AmbientLight.DARK,
    AmbientLight.MEDIUM,
    AmbientLight.LIGHT,
    AmbientLight.VERY_LIGHT,
)
_POWERS: Final = (Power.NOT_SUPPORTED, Power.MAINS, Power.BATTERY, Power.BATTERY_LOW)
_LIGHTS: Final = (Light.NOT_SUPPORTED, Light.OFF, Light.STEADY, Light.SLOW_FLASH)
_POSITIONS: Final = tuple(Position)
_BROKEN: Final = 0xFF
_STATE_BYTES: Final = 8 + len(_POSITIONS)
_IDENTITY_BYTES: Final = 5
_LONGEST_SERIAL_NUMBER_BYTES: Final = 32


def crc16(data: bytes) -> int:
    """CRC-16/IBM-3740, which the standard library computes from any start value."""
    return binascii.crc_hqx(data, 0xFFFF)


def encode(frame: Frame) -> bytes:
    """The bytes of a frame. Raises ``ValueError`` when the payload is longer than 48 bytes."""
    if len(frame.payload) > LARGEST_PAYLOAD_BYTES:
        raise ValueError(f"a payload has at most {LARGEST_PAYLOAD_BYTES} bytes, not {len(frame.payload)}")
    covered = bytes([VERSION, frame.kind, frame.sequence, len(frame.payload)]) + frame.payload
    return PREAMBLE + covered + crc16(covered).to_bytes(_CRC_BYTES, "big")


class FrameDecoder:
    """Finds frames in a stream of bytes, however it is cut, and finds its way back after noise.

    After a wrong CRC only the false preamble is given up, so that a frame which begins inside the false one
    is found. It holds less than one frame between two calls and never raises. ``bad_frames`` counts wrong
    CRCs and frames of another version, ``noise_bytes`` what belonged to no frame.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self.bad_frames = 0
        self.noise_bytes = 0

    def feed(self, data: bytes) -> list[Frame]:
        """Takes what arrived; returns the frames that are whole by now."""
        self._buffer += data
        frames = []
        while (frame := self._next()) is not None:
            frames.append(frame)
        return frames

    def _next(self) -> Frame | None:
        while True:
            self._skip_noise()
            if len(self._buffer) < _HEADER_BYTES:
                return None
            length = self._buffer[_HEADER_BYTES - 1]
            end = _HEADER_BYTES + length
            if length > LARGEST_PAYLOAD_BYTES:
                self._skip(1)
                continue
            if len(self._buffer) < end + _CRC_BYTES:
                return None
            covered = bytes(self._buffer[len(PREAMBLE) : end])
            right = crc16(covered) == int.from_bytes(self._buffer[end : end + _CRC_BYTES], "big")
            if not right or covered[0] != VERSION:
                self.bad_frames += 1
                self._skip(1)
                continue
            del self._buffer[: end + _CRC_BYTES]
            return Frame(covered[1], covered[2], covered[4:])

    def _skip_noise(self) -> None:
        found = self._buffer.find(PREAMBLE)
        if found < 0:
            found = len(self._buffer) - self._buffer.endswith(PREAMBLE[:1])
        self._skip(found)

    def _skip(self, count: int) -> None:
        self.noise_bytes += count
        del self._buffer[:count]


def encode_identity(identity: Identity) -> bytes:
    """The payload of ``IDENTITY``: versions (1 + 1), firmware (2), watchdog (0.1 s), serial number."""
    number = identity.serial_number.encode("ascii")[:_LONGEST_SERIAL_NUMBER_BYTES]
    firmware = identity.firmware.to_bytes(2, "big")
    return bytes([VERSION, VERSION]) + firmware + bytes([round(identity.watchdog_s * 10)]) + number


def decode_identity(payload: bytes) -> Identity | None:
    """The inverse; None when it is no identity, or one of a board that does not speak version 1."""
    number = payload[_IDENTITY_BYTES:]
    if len(payload) < _IDENTITY_BYTES or len(number) > _LONGEST_SERIAL_NUMBER_BYTES:
        return None
    if not payload[0] <= VERSION <= payload[1] or not (
        number.isascii() and number.decode("ascii").isprintable()
    ):
        return None
    return Identity(int.from_bytes(payload[2:4], "big"), payload[4] / 10, number.decode("ascii"))


def encode_state(state: State) -> bytes:
    """The payload of ``STATE`` and ``CHANGED``: boots (2), five facts, minutes, a byte for each light."""
    minutes = MINUTES_UNKNOWN if state.minutes_left is None else min(state.minutes_left, MINUTES_UNKNOWN - 1)
    facts = (
        _byte(_DOORS, state.door),
        _byte(_TAMPERS, state.tamper),
        _byte(_PRESENCES, state.presence),
        _byte(_LEVELS, state.ambient_light),
        _byte(_POWERS, state.power),
        minutes,
        *(_byte(_LIGHTS, state.lights[position]) for position in _POSITIONS),
    )
    return state.boots.to_bytes(2, "big") + bytes(facts)


def decode_state(payload: bytes) -> State | None:
    """The inverse; None when it is no state. A longer one is of a newer board: what is beyond is ignored."""
    if len(payload) < _STATE_BYTES:
        return None
    door, tamper, presence, level, power, minutes, *lights = payload[2:_STATE_BYTES]
    return State(
        boots=int.from_bytes(payload[:2], "big"),
        door=_fact(_DOORS, Door.INOPERABLE, Door.UNKNOWN, door),
        tamper=_fact(_TAMPERS, Tamper.INOPERABLE, Tamper.UNKNOWN, tamper),
        presence=_fact(_PRESENCES, Presence.INOPERABLE, Presence.UNKNOWN, presence),
        ambient_light=_fact(_LEVELS, AmbientLight.INOPERABLE, AmbientLight.UNKNOWN, level),
        power=_fact(_POWERS, Power.INOPERABLE, Power.UNKNOWN, power),
        minutes_left=None if minutes == MINUTES_UNKNOWN else minutes,
        lights=MappingProxyType(
            {
                position: _fact(_LIGHTS, Light.INOPERABLE, Light.UNKNOWN, light)
                for position, light in zip(_POSITIONS, lights, strict=True)
            }
        ),
    )


def encode_light(position: Position, light: Light) -> bytes:
    """The payload of ``SET_LIGHT``: position and what it is to do. ``light`` is one of ``ASKABLE``."""
    return bytes([_POSITIONS.index(position), _byte(_LIGHTS, light)])


def decode_light(payload: bytes) -> tuple[Position, Light] | None:
    """The inverse, for the board's side; None when it is no such command."""
    if len(payload) != 2 or payload[0] >= len(_POSITIONS) or not 1 <= payload[1] < len(_LIGHTS):
        return None
    return _POSITIONS[payload[0]], _LIGHTS[payload[1]]


def decode_outcome(payload: bytes) -> Outcome | None:
    """How a command ended; None when that cannot be understood."""
    try:
        return Outcome(payload[-1])
    except (IndexError, ValueError):
        return None


def _byte(known: tuple[_FactT, ...], fact: _FactT) -> int:
    return known.index(fact) if fact in known else _BROKEN


def _fact(known: tuple[_FactT, ...], broken: _FactT, unknown: _FactT, byte: int) -> _FactT:
    if byte == _BROKEN:
        return broken
    return known[byte] if byte < len(known) else unknown
