"""A card that its owner forgot: the keeper of the place is told, by an alarm that closes when it is gone."""

from __future__ import annotations

from typing import Protocol

from foundation.errors import ErrorCode, Errors
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.situation import Situation

CARD = "card"
SOCIAL_SECURITY_CARD = "social_security_card"


class Alarms(Protocol):
    """Who keeps the alarms."""

    def report(self, error: ErrorCode, device: str, *, present: bool) -> None:
        """Whether that is the case now; returns at once."""


class CardWatch:
    """An observer of the terminal's loop: sees that a card was left with a reader while nobody is there."""

    def __init__(self, alarms: Alarms) -> None:
        self._alarms = alarms
        self._left = {CARD: False, SOCIAL_SECURITY_CARD: False}

    def __call__(self, message: Message, now: Situation) -> None:
        """Looks at what one message has come to."""
        del message
        nobody = now.session is None and now.farewell is None
        present = {CARD: now.card_present, SOCIAL_SECURITY_CARD: now.social_card_present}
        for reader, lies_there in present.items():
            left = lies_there and nobody
            if left is not self._left[reader]:
                self._left[reader] = left
                self._alarms.report(Errors.CARD_LEFT_BEHIND, reader, present=left)
