"""What the rest of the application knows of the terminal's voice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import Enum

from drivers.vocabulary import DeviceStatus, HeadsetState, ModuleState
from foundation.clock import in_china
from foundation.errors import ErrorCode, Errors

LANGUAGES = ("zh", "en")
SLOWEST_PERCENT, FASTEST_PERCENT = 50, 300
LONGEST_TEXT_CHARACTERS = 4000


class VoiceQuality(Enum):
    """What kind of voice says the fixed phrases of a language."""

    RECORDED = "recorded"
    """A person recorded every phrase."""
    PARTLY_RECORDED = "partly_recorded"
    """A person recorded some; a synthesiser says the rest."""
    SYNTHETIC = "synthetic"
    """A robot's voice: it can be understood, and people do not take to it."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What this terminal can say, and where. It does not change between two starts.

    ``phrases`` has the quality of the fixed prompts for each of :data:`LANGUAGES`; ``free_text`` is that of
    what nobody could record, such as a name.
    """

    phrases: Mapping[str, VoiceQuality]
    free_text: VoiceQuality
    loudspeaker: bool
    headset: bool

    @property
    def good_voice_fitted(self) -> bool:
        """Whether a person says the prompts in every language. If not, the screens promise no voice."""
        return all(self.phrases[language] is VoiceQuality.RECORDED for language in LANGUAGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechStatus(DeviceStatus):
    """How the voice is. It is online while at least one of the fitted outputs works.

    ``headset`` is the plug, ``headset_output`` the sound card behind it. ``synthesiser`` inoperable means
    that only recordings are said; ``recordings`` inoperable that at least one file cannot be used.
    """

    loudspeaker: ModuleState = ModuleState.UNKNOWN
    headset_output: ModuleState = ModuleState.UNKNOWN
    synthesiser: ModuleState = ModuleState.UNKNOWN
    recordings: ModuleState = ModuleState.UNKNOWN
    headset: HeadsetState = HeadsetState.UNKNOWN


class SpeechOutcome(Enum):
    """What became of something that was to be said."""

    SAID = "said"
    """The sound card took the whole of it in the time that it lasts. Nobody can prove that it was heard."""
    INTERRUPTED = "interrupted"
    """Something newer, or silence, was wanted instead."""
    HEADSET_PULLED = "headset_pulled"
    """The headset went out in the middle; not a sample was sent anywhere else."""
    NO_HEADSET = "no_headset"
    """It is private, and no headset is plugged in."""
    QUIET_HOURS = "quiet_hours"
    """The loudspeaker keeps silent at this hour."""
    NOT_SAID = "not_said"
    """There is no voice or no output for it; ``error`` says which."""
    UNKNOWN = "unknown"
    """The output failed in the middle: how much was heard is not known."""


@dataclass(frozen=True, slots=True)
class SpeechResult:
    """The outcome, and what was wrong when something was."""

    outcome: SpeechOutcome
    error: ErrorCode | None = None


@dataclass(frozen=True, slots=True, repr=False)
class PrivateText:
    """A text of this session, for the headset only. Its ``repr`` shows nothing but the length.

    At most :data:`LONGEST_TEXT_CHARACTERS`; raises ``ValueError`` beyond.
    """

    text: str

    def __post_init__(self) -> None:
        if len(self.text) > LONGEST_TEXT_CHARACTERS:
            raise ValueError(f"a text to be read has at most {LONGEST_TEXT_CHARACTERS} characters")

    def __repr__(self) -> str:
        return f"PrivateText({len(self.text)} characters)"


@dataclass(frozen=True, slots=True)
class OpenText:
    """A line of the screen that anybody may hear: its maker vouches that nothing of a person is in it.

    At most :data:`LONGEST_TEXT_CHARACTERS`; raises ``ValueError`` beyond.
    """

    text: str

    def __post_init__(self) -> None:
        if len(self.text) > LONGEST_TEXT_CHARACTERS:
            raise ValueError(f"a text to be read has at most {LONGEST_TEXT_CHARACTERS} characters")


class Outlet(Enum):
    """Where something open to everybody would be heard at this moment."""

    HEADSET = "headset"
    LOUDSPEAKER = "loudspeaker"
    QUIET = "quiet"
    """Nowhere at this hour: no headset is in, and the loudspeaker keeps silent."""
    NONE = "none"
    """Nowhere: no headset is in, and there is no loudspeaker that works, or no voice for a text."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When the loudspeaker is silent: from ``begin`` until ``end`` o'clock in Hubei, over midnight too.

    Equal times mean never.
    """

    begin: time
    end: time

    def contain(self, moment: datetime) -> bool:
        """Whether ``moment`` (with its zone) lies in them."""
        now = in_china(moment).time()
        if self.begin <= self.end:
            return self.begin <= now < self.end
        return now >= self.begin or now < self.end


@dataclass(frozen=True, slots=True)
class SpeechSettings:
    """How it speaks to somebody who has not chosen otherwise; a session's end comes back to this.

    Volumes are 0 to 100 per cent of what the sound card gives; ``speed_percent`` is
    :data:`SLOWEST_PERCENT` to :data:`FASTEST_PERCENT` of a usual speaker's.
    """

    language: str = "zh"
    loudspeaker_volume_percent: int = 70
    headset_volume_percent: int = 50
    speed_percent: int = 100
    quiet_hours: QuietHours | None = None


SAID = SpeechResult(SpeechOutcome.SAID)
INTERRUPTED = SpeechResult(SpeechOutcome.INTERRUPTED)
HEADSET_PULLED = SpeechResult(SpeechOutcome.HEADSET_PULLED)
NO_HEADSET = SpeechResult(SpeechOutcome.NO_HEADSET)
QUIET = SpeechResult(SpeechOutcome.QUIET_HOURS)
NO_OUTPUT = SpeechResult(SpeechOutcome.NOT_SAID, Errors.SPEECH_OUTPUT_LOST)
NO_VOICE = SpeechResult(SpeechOutcome.NOT_SAID, Errors.SPEECH_SYNTHESISER_LOST)
UNKNOWN_HOW_MUCH = SpeechResult(SpeechOutcome.UNKNOWN, Errors.SPEECH_OUTCOME_UNKNOWN)
