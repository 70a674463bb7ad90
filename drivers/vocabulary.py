"""The words that all devices share, taken from CEN XFS4IoT so that operators of other terminals know them.

Source: the schemas of XFS4IoT, interface Common (Status.device) and the module states of its device classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from foundation.errors import ErrorCode


class DeviceState(Enum):
    """How a device is, as a whole (XFS4IoT Common.Status ``device``)."""

    UNKNOWN = "unknown"
    """Nothing is known yet, or no longer. It is never shown or reported as if the device were well."""
    STARTING = "starting"
    """The line is open; no answer has proved that the device is there."""
    ONLINE = "online"
    """It answered and can be used."""
    OFFLINE = "offline"
    """The line is there, but the device does not answer on it in a way that can be understood."""
    POWER_OFF = "power_off"
    """It says that it is switched off."""
    NO_DEVICE = "no_device"
    """There is nothing at its address: unplugged, or never plugged in."""
    HARDWARE_ERROR = "hardware_error"
    """It answers, and says that it is broken: a technician is needed."""
    USER_ERROR = "user_error"
    """Somebody in front of it has to do something: close a cover, take paper away."""
    DEVICE_BUSY = "device_busy"
    """It is busy and will be available again by itself."""


class ModuleState(Enum):
    """How one part of a device is, such as a cutter or a trigger (XFS4IoT ``ok``, ``inoperable``)."""

    UNKNOWN = "unknown"
    NOT_SUPPORTED = "not_supported"
    OK = "ok"
    INOPERABLE = "inoperable"


class HeadsetState(Enum):
    """Whether a headset is plugged in (XFS4IoT Auxiliaries ``enhancedAudioSensor``)."""

    UNKNOWN = "unknown"
    NOT_SUPPORTED = "not_supported"
    PRESENT = "present"
    NOT_PRESENT = "not_present"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceStatus:
    """What every device says about itself; each class of device adds its own facts.

    ``device`` is the class of device in the words of the drivers' folders (``id_card_reader``). ``error`` is
    None only while nothing is known to be wrong. ``simulated`` is true when the other end can only be a
    simulator; the terminal then says 演示.
    """

    device: str
    state: DeviceState
    error: ErrorCode | None
    simulated: bool


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """The status of a device is now another one. Told only on change."""

    status: DeviceStatus


@dataclass(frozen=True, slots=True)
class DeviceLost:
    """The outcome of an operation that the device did not answer.

    ``begun`` is false when the operation never started, so that the device has seen nothing of it. When it is
    true the device went away in the middle, and what it did is unknown.
    """

    error: ErrorCode
    begun: bool


class Wear(Enum):
    """What wears a device out, counted under the same names for all of them and over every restart."""

    READS = "reads"
    """Cards, codes or pictures that were read."""
    CUTS = "cuts"
    PAGES = "pages"
    """Slips or sheets that came out."""
    FAILURES = "failures"
    """How often it was lost, or said that it is broken."""


def wear_counter(device: str, wear: Wear) -> str:
    """The name of a counter of wear, ``id_card_reader.reads``, for a ``foundation.counters.CounterSink``."""
    return f"{device}.{wear.value}"
