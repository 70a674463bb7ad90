"""The one list of phrases: their ids, their texts, and their recordings.

A phrase is a member of :class:`Phrase` and nothing else, so a text of a person cannot become one. The texts
are in ``phrases.toml`` beside this file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from drivers.speech.device import LANGUAGES
from drivers.speech.protocol import LONGEST_S, NotAWave, Wave, parse_wave

_LARGEST_RECORDING_BYTES = int(LONGEST_S * 48_000 * 4) + 65_536


class Phrase(Enum):
    """A fixed prompt that anybody may hear. The value is its id."""

    TOUCH_TO_BEGIN = "touch-to-begin"
    HEADSET_IN = "headset-in"
    PLUG_IN = "plug-in"
    HEADSET_NEEDED = "headset-needed"
    SPEED_CHANGED = "speed-changed"
    VOLUME_CHANGED = "volume-changed"
    CHOOSE_MATTER = "choose-matter"
    SIGN_IN = "sign-in"
    SIGN_IN_CARD_ONLY = "sign-in-card-only"
    SIGN_IN_CODE_ONLY = "sign-in-code-only"
    SIGN_IN_TELEPHONE_ONLY = "sign-in-telephone-only"
    SIGN_IN_SOCIAL_THEN_ANY = "sign-in-social-then-any"
    SIGN_IN_SOCIAL_THEN_PHONE = "sign-in-social-then-phone"
    SIGN_IN_LICENCE = "sign-in-licence"
    SIGN_IN_LICENCE_BY_TELEPHONE = "sign-in-licence-by-telephone"
    SIGN_IN_NEITHER = "sign-in-neither"
    LEAVE_CARD = "leave-card"
    TAKE_CARD = "take-card"
    STRANGE_CARD = "strange-card"
    ASKING_PROVINCE = "asking-province"
    CARD_NOT_READ = "card-not-read"
    CODE_NOT_READ = "code-not-read"
    FACE_CONSENT = "face-consent"
    FACE_LOOK = "face-look"
    FACE_CLOSER = "face-closer"
    FACE_FURTHER = "face-further"
    FACE_MIDDLE = "face-middle"
    FACE_HOLD_STILL = "face-hold-still"
    FACE_TOO_DARK = "face-too-dark"
    FACE_TOO_BRIGHT = "face-too-bright"
    FACE_ONE_ONLY = "face-one-only"
    FACE_NOT_SEEN = "face-not-seen"
    FACE_STAY = "face-stay"
    FACE_TURN = "face-turn"
    FACE_BLINK = "face-blink"
    FACE_DONE = "face-done"
    DOCUMENT_LAY = "document-lay"
    DOCUMENT_CLOSER = "document-closer"
    DOCUMENT_MIDDLE = "document-middle"
    DOCUMENT_READY = "document-ready"
    DOCUMENT_TURN_PAGE = "document-turn-page"
    SAVING = "saving"
    SUBMITTING = "submitting"
    QUERYING = "querying"
    WAITING = "waiting"
    PRINTING = "printing"
    SLIP_PRINTED = "slip-printed"
    SLIP_NOT_PRINTED = "slip-not-printed"
    SLIP_UNKNOWN = "slip-unknown"
    RATE = "rate"
    MORE_TIME = "more-time"
    IDLE_ENDED = "idle-ended"
    CLEARING = "clearing"
    CLEARED = "cleared"
    CARD_LEFT = "card-left"
    PAPER_LEFT = "paper-left"
    AGREEMENT = "agreement"
    HELP = "help"
    OUT_OF_SERVICE = "out-of-service"


SentenceOf = Callable[[str, str], str]
"""The sentence of words/*.toml in a language (first) with an id (second)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A phrase in one language: its text, and where it is said."""

    text: str
    where: str


class PhraseBook:
    """Every phrase in every language, read once. Thread-safe."""

    def __init__(self, sentence_of: SentenceOf) -> None:
        """Raises ``ValueError`` when the file's ids are not those of :class:`Phrase`, or when a text has a
        value to be filled in; both are mistakes of ours."""
        file = Path(__file__).with_name("phrases.toml")
        entries = tomllib.loads(file.read_text(encoding="utf-8"))
        if entries.keys() != {phrase.value for phrase in Phrase}:
            raise ValueError("phrases.toml and Phrase do not have the same ids")
        self._lines = {
            (phrase, language): _line(entries[phrase.value], language, sentence_of)
            for phrase in Phrase
            for language in LANGUAGES
        }
        self._by_text = {(line.text, language): phrase for (phrase, language), line in self._lines.items()}
        for (phrase, _), line in self._lines.items():
            if "{" in line.text:
                raise ValueError(f"{phrase.value} has a value to be filled in: it could be of a person")

    def find(self, text: str, language: str) -> Phrase | None:
        """The phrase whose text this is, word for word; None when it is none."""
        return self._by_text.get((text, language))

    def line(self, phrase: Phrase, language: str) -> Line:
        """The phrase in a language."""
        return self._lines[phrase, language]


class Recordings:
    """A folder with ``zh/ID.wav`` and ``en/ID.wav``: what is there is said as recorded.

    Files are read when they are needed, so that one that is put there is used from then on.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @property
    def wanted(self) -> bool:
        """Whether there may be recordings at all."""
        return self._folder is not None

    def find(self, phrase: Phrase, language: str) -> Wave | NotAWave | None:
        """The recording; what is wrong with it when it cannot be used; None when there is none."""
        if self._folder is None:
            return None
        try:
            with (self._folder / language / f"{phrase.value}.wav").open("rb") as file:
                return parse_wave(file.read(_LARGEST_RECORDING_BYTES))
        except FileNotFoundError:
            return None
        except OSError:
            return NotAWave.NOT_RIFF

    def bad(self) -> dict[str, NotAWave]:
        """Every recording that cannot be used, as ``zh/leave-card``, and why."""
        found = {
            f"{language}/{phrase.value}": self.find(phrase, language)
            for language in LANGUAGES
            for phrase in Phrase
        }
        return {name: wrong for name, wrong in found.items() if isinstance(wrong, NotAWave)}

    def count_good(self, language: str) -> int:
        """How many phrases of a language are recorded well."""
        return sum(isinstance(self.find(phrase, language), Wave) for phrase in Phrase)


def _line(entry: Mapping[str, str], language: str, sentence_of: SentenceOf) -> Line:
    text = sentence_of(language, entry["words"]) if "words" in entry else entry[language]
    return Line(text, entry[f"where_{language}"])
