"""The terminal's two voices, as those know them who want something said.

**Public**: fixed phrases, which hold nothing of anybody, by loudspeaker and outside of the quiet hours.
**Private**: everything that stands on the screen, in the headset of the person who is there and nowhere else.
Every call returns at once and may come from any thread; nothing is said where no output is fitted or works.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from drivers.speech.phrases import Phrase
from kiosk_app.terminal.aids import Language


class PublicVoice(Protocol):
    """Calls to whoever is near. With a headset plugged in it is heard there."""

    def prompt(self, phrases: Sequence[Phrase], language: Language) -> None:
        """Says these, in order, instead of what is being said; none of them is silence."""


class PrivateVoice(Protocol):
    """Reads to one person. What it is given is let go of when it was said, and at the end of the session."""

    def read(self, sentences: Sequence[str], language: Language, *, after: bool = False) -> None:
        """Reads these, in order, instead of what is being said or ``after`` it.

        Nothing while no headset is plugged in.
        """

    def repeat(self) -> None:
        """Says again what was said last."""

    def interrupt(self) -> None:
        """Silence, now."""

    def set_speed(self, percent: int) -> None:
        """How fast, from the next sentence on until the session ends; 100 is as people usually speak."""
