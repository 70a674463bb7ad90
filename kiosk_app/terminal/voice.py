"""The terminal's two voices, as those know them who want something said.

**Public**: fixed phrases, which hold nothing of anybody, by loudspeaker and outside of the quiet hours.
**Private**: everything that stands on the screen, in the headset of the person who is there and nowhere else.
**Of a line**: what somebody holds a finger on, in the headset; by loudspeaker what has nothing of a person.
Every call returns at once and may come from any thread; nothing is said where no output is fitted or works.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from kiosk_app.terminal.aids import Language

if TYPE_CHECKING:
    from drivers.speech.phrases import Phrase


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


class Heard(Enum):
    """Where a line is heard that somebody holds a finger on."""

    HEADSET = "headset"
    ALOUD = "aloud"
    """By loudspeaker: whoever stands near hears it too."""
    HEADSET_NEEDED = "headset_needed"
    """Nowhere: it is of the person, and no headset is in. That is said aloud instead."""
    QUIET = "quiet"
    """Nowhere: the loudspeaker keeps silent at this hour."""
    NOWHERE = "nowhere"
    """Nothing that could say it works now."""


class LineVoice(Protocol):
    """Reads one line of the screen to whoever holds a finger on it."""

    def read_line(self, line: str, language: Language, *, personal: bool) -> Heard:
        """Reads it instead of what is being said; where that is, as far as is known now."""


class ScreenVoice(PrivateVoice, LineVoice, Protocol):
    """What reads the screens."""
