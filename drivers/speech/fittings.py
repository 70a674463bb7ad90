"""What a terminal's voice is made of: its outputs, its phrases, its recordings."""

from __future__ import annotations

from dataclasses import dataclass

from drivers.speech.device import LANGUAGES, Capabilities, VoiceQuality
from drivers.speech.engine import Engine
from drivers.speech.phrases import Phrase, PhraseBook, Recordings
from drivers.speech.player import Player


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where sound can go; None for what is not fitted."""

    loudspeaker: Player | None
    headset: Player | None

    def fitted(self) -> list[Player]:
        """Those that are there."""
        return [player for player in (self.loudspeaker, self.headset) if player is not None]


@dataclass(frozen=True, slots=True)
class Repertoire:
    """What can be said without a synthesiser: the phrases, and those of them that were recorded."""

    book: PhraseBook
    recordings: Recordings


def capabilities_of(engine: Engine | None, outputs: Outputs, recordings: Recordings) -> Capabilities:
    """What can be said with these, and where."""
    synthetic = VoiceQuality.NONE if engine is None else VoiceQuality.SYNTHETIC
    phrases: dict[str, VoiceQuality] = {}
    for language in LANGUAGES:
        recorded = recordings.count_good(language)
        if recorded == len(Phrase):
            phrases[language] = VoiceQuality.RECORDED
        else:
            phrases[language] = VoiceQuality.PARTLY_RECORDED if recorded else synthetic
    return Capabilities(
        phrases=phrases,
        free_text=synthetic,
        loudspeaker=outputs.loudspeaker is not None,
        headset=outputs.headset is not None,
    )
