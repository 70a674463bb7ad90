"""What the rest of the application knows of the cabinet.

The words are those of CEN XFS4IoT, interfaces Auxiliaries (doors, tamper, proximity, ambient light, UPS) and
Lights (a position and how it shines).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from drivers.vocabulary import DeviceStatus
from foundation.errors import ErrorCode


class Door(Enum):
    """The service door (Auxiliaries ``doors``)."""

    UNKNOWN = "unknown"
    NOT_SUPPORTED = "not_supported"
    CLOSED = "closed"
    OPEN = "open"
    INOPERABLE = "inoperable"
    """The sensor says that it is broken."""


class Tamper(Enum):
    """Whether somebody worked at the housing (Auxiliaries ``tamperSensor``).

    The board remembers it without power, until a technician clears it.
    """

    UNKNOWN = "unknown"
    NOT_SUPPORTED = "not_supported"
    OFF = "off"
    ON = "on"
    INOPERABLE = "inoperable"


class Presence(Enum):
    """Whether somebody stands there (Auxiliaries ``proximity``)."""

    UNKNOWN = "unknown"
    NOT_SUPPORTED = "not_supported"
    NOT_PRESENT = "not_present"
    PRESENT = "present"
    INOPERABLE = "inoperable"


class AmbientLight(Enum):
    """How bright the place is (Auxiliaries ``ambientLight``, its five levels)."""

    UNKNOWN = "unknown"
    NOT_SUPPORTED = "not_supported"
    VERY_DARK = "very_dark"
    DARK = "dark"
    MEDIUM = "medium"
    LIGHT = "light"
    VERY_LIGHT = "very_light"
    INOPERABLE = "inoperable"


class Power(Enum):
    """What the terminal runs on (Auxiliaries ``uninterruptiblePowerSupply``)."""

    UNKNOWN = "unknown"
    NOT_SUPPORTED = "not_supported"
    MAINS = "mains"
    BATTERY = "battery"
    BATTERY_LOW = "battery_low"
    """It will end soon: what is begun is finished, nothing new is begun."""
    INOPERABLE = "inoperable"


class Position(Enum):
    """Where a guide light is (Lights)."""

    CARD_READER = "card_reader"
    CODE_SCANNER = "code_scanner"
    RECEIPT_PRINTER = "receipt_printer"
    DOCUMENT_PRINTER = "document_printer"
    CAMERA = "camera"
    SOCIAL_SECURITY_CARD = "social_security_card"
    KEYPAD = "keypad"
    HEADSET = "headset"


class Light(Enum):
    """What one guide light does (Lights ``flashRate``). Nothing flashes more than once a second."""

    UNKNOWN = "unknown"
    NOT_SUPPORTED = "not_supported"
    OFF = "off"
    STEADY = "steady"
    SLOW_FLASH = "slow_flash"
    INOPERABLE = "inoperable"


ASKABLE = frozenset({Light.OFF, Light.STEADY, Light.SLOW_FLASH})
"""What a guide light can be told."""

Lights = Mapping[Position, Light]


def all_lights(light: Light) -> Lights:
    """Every position with the same light."""
    return MappingProxyType(dict.fromkeys(Position, light))


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What this cabinet has. It does not change while the board is plugged in and not restarted."""

    door: bool
    tamper: bool
    presence: bool
    ambient_light: bool
    emergency_power: bool
    lights: frozenset[Position]
    serial_number: str
    firmware: int
    watchdog_s: float
    """So long after the host fell silent the board turns every light off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CabinetStatus(DeviceStatus):
    """How the cabinet is. ``minutes_left`` of the battery is None when the board cannot say it.

    While the device is not *online* every fact is *unknown*.
    """

    door: Door = Door.UNKNOWN
    tamper: Tamper = Tamper.UNKNOWN
    presence: Presence = Presence.UNKNOWN
    ambient_light: AmbientLight = AmbientLight.UNKNOWN
    power: Power = Power.UNKNOWN
    minutes_left: int | None = None
    lights: Lights = field(default_factory=lambda: all_lights(Light.UNKNOWN))


@dataclass(frozen=True, slots=True)
class DoorOpened:
    """The service door is open; also told when it was found open."""


@dataclass(frozen=True, slots=True)
class DoorClosed:
    """The service door, which was told to be open, has been closed for two seconds."""


@dataclass(frozen=True, slots=True)
class TamperRaised:
    """Somebody worked, or had worked, at the housing."""


@dataclass(frozen=True, slots=True)
class TamperCleared:
    """A technician cleared it."""


@dataclass(frozen=True, slots=True)
class PresenceChanged:
    """Somebody came, or nobody has been there for three seconds."""

    present: bool


@dataclass(frozen=True, slots=True)
class LightChanged:
    """The place is brighter or darker than it was told to be, and has been for three seconds."""

    level: AmbientLight


@dataclass(frozen=True, slots=True)
class PowerChanged:
    """The terminal now runs on something else. ``minutes_left`` is None when it is unknown."""

    power: Power
    minutes_left: int | None


@dataclass(frozen=True, slots=True)
class LightSet:
    """The outcome of telling a guide light what to do: ``error`` is None when the board says that it does it.

    ``fitted`` is false when there is no light at that position, which is no error.
    """

    error: ErrorCode | None
    fitted: bool = True


class Clearing(Enum):
    """The outcome of clearing the memory of tampering."""

    CLEARED = "cleared"
    STILL_OPEN = "still_open"
    """The switch is still open: there is nothing to forget yet."""
    NOT_SUPPORTED = "not_supported"
