"""How long a terminal waits for a person: it warns, it asks, and any sign of life counts.

WCAG 2.2 success criterion 2.2.1 asks for a warning of at least 20 seconds that a simple action extends, and
at least ten extensions; here there is no limit to them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from foundation.clock import Clock
from foundation.errors import Errors
from kiosk_app.terminal import messages

_DEVICE_FAULTS = (Errors.CARD_READER_LOST, Errors.CARD_READER_BROKEN, Errors.SCANNER_LOST)
"""Troubles that nobody at the terminal has caused: no sign of life."""


@dataclass(frozen=True, slots=True)
class IdleLimits:
    """Seconds until 还要继续吗？, and from there to the end; with any aid longer by ``aided_factor``."""

    warn_after_s: float = 60.0
    end_after_s: float = 30.0
    extension_s: float = 120.0
    """Seconds without another question after somebody chose 继续办理."""
    aided_factor: float = 2.0

    def __post_init__(self) -> None:
        """Refuses limits that a person could not keep."""
        if self.warn_after_s <= 0 or self.end_after_s < 20:
            raise ValueError("the warning needs at least 20 seconds (WCAG 2.2, 2.2.1)")


class IdleWatch:
    """Counts on the monotonic clock; paused only while the terminal itself works or reads aloud."""

    def __init__(self, clock: Clock, limits: IdleLimits) -> None:
        self._clock = clock
        self._limits = limits
        self._since_s = self._looked_s = clock.monotonic_s()
        self._aided = False

    def touched(self) -> None:
        """A touch, a key, a card or a scan."""
        self._since_s = max(self._since_s, self._clock.monotonic_s())

    def look(self, *, counts: bool) -> None:
        """Time has passed since the last look; where it does not count, what was left is left still."""
        now_s = self._clock.monotonic_s()
        if not counts:
            self._since_s += now_s - self._looked_s
        self._looked_s = now_s

    def extend(self) -> None:
        """Somebody asked for more time: the next question comes later than it otherwise would."""
        longer_s = max(0.0, self._limits.extension_s - self._limits.warn_after_s) * self._factor
        self._since_s = self._clock.monotonic_s() + longer_s

    def restart(self) -> None:
        """Another person: nothing of an earlier extension is left."""
        self._since_s = self._clock.monotonic_s()

    def set_aided(self, aided: bool) -> None:
        """Longer limits, from now on, while an aid is on."""
        self._aided = aided

    def seconds_left(self) -> int | None:
        """None while nothing is to be said; otherwise whole seconds until the end, 0 when it has come."""
        idle_s = self._clock.monotonic_s() - self._since_s
        over_s = idle_s - self._limits.warn_after_s * self._factor
        if over_s < 0:
            return None
        return max(0, math.ceil(self._limits.end_after_s * self._factor - over_s))

    @property
    def _factor(self) -> float:
        return self._limits.aided_factor if self._aided else 1.0


def is_sign_of_life(message: messages.DeviceMessage) -> bool:
    """Whether a person has done something: not when a device fails, nor when a card was left behind."""
    if isinstance(message, messages.CardTrouble | messages.CodeTrouble | messages.SocialCardTrouble):
        return message.error not in _DEVICE_FAULTS
    if isinstance(message, messages.HeadsetPlugged):
        return message.present
    if isinstance(message, messages.CardFound | messages.SocialCardFound):
        return not message.left_behind
    return True
