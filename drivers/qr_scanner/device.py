"""What the rest of the application knows of a code scanner."""

from __future__ import annotations

from dataclasses import dataclass

from drivers.vocabulary import DeviceStatus
from foundation.errors import ErrorCode


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What this scanner can do. It does not change while the scanner is plugged in."""

    triggered: bool
    """It scans only when it is told to; without that it always looks."""
    confirms_commands: bool
    """It answers commands, so that its presence can be proved."""
    largest_payload_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannerStatus(DeviceStatus):
    """How the scanner is. ``proven`` is false when ``online`` only means that the line is open.

    A model that answers nothing cannot be told from a dead one before it scans; USB says at least that it is
    gone.
    """

    proven: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class CodeScanned:
    """A code was read while one was asked for. The payload is opaque: a token of a person, never parsed here.

    1 to 1,024 bytes without control characters. Its ``repr`` shows nothing but the length.
    """

    payload: bytes

    def __repr__(self) -> str:
        return f"CodeScanned({len(self.payload)} bytes)"


@dataclass(frozen=True, slots=True)
class CodeProblem:
    """Something was scanned while a code was asked for, and it cannot be one."""

    error: ErrorCode


@dataclass(frozen=True, slots=True)
class CodeUnasked:
    """A code was shown while none was asked for: somebody is there. Its payload was thrown away."""
