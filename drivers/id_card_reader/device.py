"""What the rest of the application knows of an identity card reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from drivers.vocabulary import DeviceStatus, ModuleState
from foundation.errors import ErrorCode


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What this reader can do. It does not change while the reader is plugged in."""

    citizen_card: bool = True
    other_documents: bool = False
    """Residence permits (Hong Kong, Macao, Taiwan, foreign nationals): other layouts of the same text."""
    photo_bytes: bool = True
    """The photo is handed on as it is on the card (WLT, 1,024 bytes) and never decoded."""
    fingerprint: bool = False
    reports_removal: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CardReaderStatus(DeviceStatus):
    """How the reader is. ``security_module`` is inoperable when its self-test or its authorisation failed."""

    security_module: ModuleState = ModuleState.UNKNOWN


@dataclass(frozen=True, slots=True, repr=False)
class CitizenCard:
    """What is on a 居民身份证, after every check that can be made here; ``repr`` shows nothing of the person.

    ``sex_code`` is GB/T 2261.1 (1 male, 2 female), ``ethnicity_code`` GB/T 3304 (two figures), ``number`` a
    valid 公民身份号码. ``valid_until`` is None for 长期 (no end). ``photo`` is the WLT picture, 1,024 bytes,
    or empty.
    """

    name: str
    sex_code: str
    ethnicity_code: str
    birth_date: date
    address: str
    number: str
    issuing_authority: str
    valid_from: date
    valid_until: date | None
    photo: bytes = b""

    def __repr__(self) -> str:
        return "CitizenCard(…)"


@dataclass(frozen=True, slots=True)
class CardEvidence:
    """What proves that the card itself answered: the number of the security module and the moment (UTC).

    The reader and the card have authenticated each other before a single byte of text is given out.
    """

    sam_number: str
    read_at: datetime


@dataclass(frozen=True, slots=True)
class CardDetected:
    """Something that may be a card was laid on the reader. Nothing of it has been read."""


@dataclass(frozen=True, slots=True)
class CardRead:
    """A card was read and is good. Told at most once for each time that a card is laid down."""

    card: CitizenCard = field(repr=False)
    evidence: CardEvidence


@dataclass(frozen=True, slots=True)
class CardProblem:
    """A card was laid down and cannot be used; the error says what to do. Nothing of it is in here."""

    error: ErrorCode


@dataclass(frozen=True, slots=True)
class CardLeftBehind:
    """The card of an earlier session still lies there. It will not be read before it was taken away."""


@dataclass(frozen=True, slots=True)
class CardRemoved:
    """The card that was detected, or left behind, is gone."""
