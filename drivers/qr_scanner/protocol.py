"""What a code scanner sends and understands: a burst of bytes for each code, and commands for its trigger.

One code is one burst. A burst ends when the line has been silent for 150 ms, or for 40 ms after a CR or LF;
it is a code when it is 1 to 1,024 bytes of text with the terminator at its end only. Whatever else came in
one burst is unreadable as a whole: pieces of garbage between two line ends are never taken for codes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

LARGEST_PAYLOAD_BYTES = 1024
GAP_S = 0.150
GAP_AFTER_TERMINATOR_S = (
    0.040  # more than a USB serial converter holds bytes back (16 ms), and not to be felt
)
_TERMINATORS = b"\r\n"
_CONTROL = re.compile(rb"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class TriggerProfile:
    """How one family of scanners is told to scan; empty commands for one that always looks.

    ``confirmation`` matches the answer to a command; None for a family that gives none.
    """

    name: str
    on: bytes = b""
    off: bytes = b""
    confirmation: re.Pattern[bytes] | None = None


CONTINUOUS = TriggerProfile("continuous")
HONEYWELL = TriggerProfile("honeywell", on=b"\x16T\r", off=b"\x16U\r")
"""SYN T CR and SYN U CR, for an engine in serial trigger mode (Honeywell and Datalogic user manuals)."""
NEWLAND = TriggerProfile(
    "newland",
    on=b"~\x010000#SCNTRG1;\x03",
    off=b"~\x010000#SCNTRG0;\x03",
    confirmation=re.compile(rb"\x02\x010000#SCNTRG[01][\x06\x15\x05];\x03"),
)
"""Newland's serial commands; the answer repeats the command with ACK, NAK or ENQ before the suffix."""


def profile_named(name: str) -> TriggerProfile:
    """The profile with that name; raises ``ValueError`` naming those that there are."""
    profiles = {profile.name: profile for profile in (CONTINUOUS, HONEYWELL, NEWLAND)}
    if name not in profiles:
        raise ValueError(f"no scanner profile is called {name!r}; write one of {', '.join(profiles)}")
    return profiles[name]


class Unreadable(Enum):
    """What a burst was that is no code."""

    TOO_LONG = "too_long"
    NOT_TEXT = "not_text"


class BurstFramer:
    """Cuts what arrives into bursts, by the clock of whoever feeds it. Holds a bounded number of bytes."""

    def __init__(self, confirmation: re.Pattern[bytes] | None = None) -> None:
        self._confirmation = confirmation
        self._buffer = bytearray()
        self._too_long = False
        self._first_byte_s = 0.0
        self._last_byte_s: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether a burst has begun and has not ended."""
        return self._last_byte_s is not None

    def open_for_s(self, now_s: float) -> float:
        """How long the burst that is not over has been going on; 0 when there is none."""
        return 0.0 if self._last_byte_s is None else now_s - self._first_byte_s

    @property
    def held_bytes(self) -> int:
        """How much of a burst is held; of one that is too long nothing."""
        return len(self._buffer)

    def feed(self, data: bytes, now_s: float) -> int:
        """Takes what arrived at ``now_s``; returns how many confirmations of commands were in it."""
        self._buffer += data
        if self._last_byte_s is None:
            self._first_byte_s = now_s
        self._last_byte_s = now_s
        confirmations = 0
        if self._confirmation is not None:
            kept, confirmations = self._confirmation.subn(b"", bytes(self._buffer))
            self._replace(kept)
            if confirmations and not self._buffer and not self._too_long:
                self._last_byte_s = None
        if len(self._buffer) > LARGEST_PAYLOAD_BYTES + len(_TERMINATORS):
            self._too_long = True
            self._replace(b"")
        return confirmations

    def finish(self, now_s: float) -> bytes | Unreadable | None:
        """The burst that has ended by ``now_s``: its payload, or what it was; None while none has.

        A burst of nothing but line ends is none.
        """
        if self._last_byte_s is None:
            return None
        terminated = self._buffer.endswith((b"\r", b"\n"))
        if now_s - self._last_byte_s < (GAP_AFTER_TERMINATOR_S if terminated else GAP_S):
            return None
        payload, too_long = bytes(self._buffer).strip(_TERMINATORS), self._too_long
        self.forget()
        if too_long or len(payload) > LARGEST_PAYLOAD_BYTES:
            return Unreadable.TOO_LONG
        if _CONTROL.search(payload):
            return Unreadable.NOT_TEXT
        return payload or None

    def forget(self) -> None:
        """Overwrites and drops what is held."""
        self._replace(b"")
        self._too_long = False
        self._last_byte_s = None

    def _replace(self, kept: bytes) -> None:
        self._buffer[:] = bytes(len(self._buffer))
        self._buffer[:] = kept
