"""What the rest of the application knows of a receiver of satellite positioning."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from drivers.vocabulary import DeviceStatus


class FixState(Enum):
    """Whether the receiver knows where it is. Indoors it may never know: that is no fault of it."""

    UNKNOWN = "unknown"
    NONE = "none"
    FOUND = "found"


@dataclass(frozen=True, slots=True, kw_only=True)
class GnssStatus(DeviceStatus):
    """How the receiver is."""

    fix: FixState = FixState.UNKNOWN


@dataclass(frozen=True, slots=True)
class PositionFixed:
    """Where the receiver says it is: degrees in WGS-84, east and north positive.

    ``dilution`` is the horizontal dilution of precision, None when the receiver does not say it: times some
    5 m it is about how far a fix under an open sky is off.
    """

    longitude: float
    latitude: float
    dilution: float | None = None
