"""What the rest of the application knows of the keypad."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from drivers.vocabulary import DeviceStatus, HeadsetState

USUAL_VOLUME_PERCENT = 50


class Key(Enum):
    """What a key means. Four of them are enough to do everything; help is back, held for a second."""

    PREVIOUS = "previous"
    NEXT = "next"
    CHOOSE = "choose"
    BACK = "back"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What this keypad has. It does not change while it is plugged in. ``keys`` are those of its layout.

    A keypad without ``headset_sensed`` cannot say that a headset is there: the private voice then never
    begins by itself. Many sound cards sense their own plug and are a second input device for it.
    """

    keys: frozenset[Key]
    headset_sensed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeypadStatus(DeviceStatus):
    """How the keypad is. ``stuck`` are the keys that have been down for longer than anybody presses."""

    headset: HeadsetState = HeadsetState.UNKNOWN
    stuck: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """A key was pressed: told when it goes down, *back* when it comes up again, *help* after a second."""

    key: Key


@dataclass(frozen=True, slots=True)
class HeadsetChanged:
    """A headset went in, or out. It is out, too, when the keypad that senses it is lost."""

    present: bool


@dataclass(frozen=True, slots=True)
class VolumeChanged:
    """The citizen wants it so loud: 0 to 100 per cent."""

    volume_percent: int
