"""What a Linux input device says: 24 bytes for each event. Pure functions and small machines; no I/O.

Source: linux/input.h (struct input_event, the ioctl numbers) and linux/input-event-codes.h (types and codes),
for 64-bit machines: two longs of time, type and code of 16 bits, a value of 32.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from drivers.keypad.device import Key

EV_SYN, EV_KEY, EV_SW = 0, 1, 5
SYN_REPORT, SYN_DROPPED = 0, 3
SW_HEADPHONE_INSERT = 2
RELEASED, PRESSED, REPEATED = 0, 1, 2
KEY_BITS_BYTES = 0x300 // 8
SWITCH_BITS_BYTES = 8

EVIOCGRAB = 0x40044590
EVIOCGKEY = 0x80604518
EVIOCGSW = 0x8008451B
EVIOCGBIT_SW = 0x80084525

EVENT = struct.Struct("@llHHi")
_LARGEST_TYPE, _LARGEST_CODE = 0x1F, 0x2FF
_LATEST_S = 1 << 36


@dataclass(frozen=True, slots=True, repr=False)
class InputEvent:
    """One change. Its ``repr`` shows no code: what a scanner types is a person's."""

    kind: int
    code: int
    value: int

    def __repr__(self) -> str:
        return f"InputEvent(kind {self.kind})"


def event_bytes(event: InputEvent, time_s: float = 1.0) -> bytes:
    """The event as the kernel would write it."""
    return EVENT.pack(int(time_s), int(time_s % 1 * 1_000_000), event.kind, event.code, event.value)


class EventDecoder:
    """Cuts what arrives into events. Holds less than one event; what cannot be one is passed over.

    The kernel never hands out half an event. A source of ours, or one that is broken, may: the decoder then
    looks byte by byte for the next thing that can be an event.
    """

    def __init__(self) -> None:
        self._rest = b""
        self.skipped_bytes = 0

    def feed(self, data: bytes) -> Iterator[InputEvent]:
        """The events in what arrived, in order."""
        held, place = self._rest + data, 0
        found: list[InputEvent] = []
        while place + EVENT.size <= len(held):
            seconds, microseconds, kind, code, value = EVENT.unpack_from(held, place)
            if (
                0 <= seconds < _LATEST_S
                and 0 <= microseconds < 1_000_000
                and kind <= _LARGEST_TYPE
                and code <= _LARGEST_CODE
            ):
                found.append(InputEvent(kind, code, value))
                place += EVENT.size
            else:
                self.skipped_bytes += 1
                place += 1
        self._rest = held[place:]
        return iter(found)

    def forget(self) -> None:
        """Drops what is held."""
        self._rest = b""


def bits_set(bits: bytes) -> Iterator[int]:
    """The numbers of the bits that are set, as the kernel's bit maps count them."""
    for place, byte in enumerate(bits):
        for bit in range(8):
            if byte >> bit & 1:
                yield 8 * place + bit


@dataclass(frozen=True, slots=True)
class Layout:
    """Which code means what. ``headset_in`` and ``headset_out`` are for models whose plug is keys."""

    keys: Mapping[int, Key]
    louder: int = 115
    softer: int = 114
    headset_in: int | None = None
    headset_out: int | None = None


STANDARD = Layout(
    {
        103: Key.PREVIOUS,  # KEY_UP
        105: Key.PREVIOUS,  # KEY_LEFT
        412: Key.PREVIOUS,  # KEY_PREVIOUS
        108: Key.NEXT,  # KEY_DOWN
        106: Key.NEXT,  # KEY_RIGHT
        15: Key.NEXT,  # KEY_TAB
        407: Key.NEXT,  # KEY_NEXT
        28: Key.CHOOSE,  # KEY_ENTER
        96: Key.CHOOSE,  # KEY_KPENTER
        57: Key.CHOOSE,  # KEY_SPACE
        353: Key.CHOOSE,  # KEY_SELECT
        1: Key.BACK,  # KEY_ESC
        14: Key.BACK,  # KEY_BACKSPACE
        158: Key.BACK,  # KEY_BACK
        138: Key.HELP,  # KEY_HELP
        59: Key.HELP,  # KEY_F1
    }
)
"""A keypad that calls its keys what they are, or passes for the arrows of a keyboard."""
