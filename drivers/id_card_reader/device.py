"""What the rest of the application knows of an identity card reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from drivers.vocabulary import DeviceStatus, ModuleState
from foundation.errors import ErrorCode


class DocumentKind(Enum):
    """The documents whose chip these readers read. Whatever else lies there is none of them."""

    CITIZEN = "citizen"
    """居民身份证."""
    HONG_KONG_MACAO_TAIWAN = "hong_kong_macao_taiwan"
    """港澳台居民居住证, since 2018."""
    PERMANENT_2017 = "permanent_2017"
    """外国人永久居留身份证, edition of 2017."""
    PERMANENT_2023 = "permanent_2023"
    """外国人永久居留身份证, edition of 2023."""


CITIZENS_ONLY = frozenset({DocumentKind.CITIZEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingScope:
    """What is read of a document, and of which documents at all: no more than the terminal's matters need.

    ``new_address`` and ``fingerprint`` cost a question or 100 ms each and are off unless somebody needs them.
    """

    documents: frozenset[DocumentKind] = CITIZENS_ONLY
    new_address: bool = False
    fingerprint: bool = False


SIGN_IN = ReadingScope()
"""What signing in needs: a citizen's card, its text and its photo."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What this reader can do, as it is set up. It does not change while the reader is plugged in."""

    documents: frozenset[DocumentKind] = CITIZENS_ONLY
    """Those that are read; every other one is named as not supported."""
    photo_bytes: bool = True
    """The photo is handed on as it is on the card (WLT, 1,024 bytes); ``photo.py`` may decode it."""
    new_address: bool = False
    fingerprint: bool = False
    """The fingerprints on the card are asked for. They are handed on once and never kept."""
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
    or empty. ``new_addresses`` (追加住址) are those that were written to the card later, in its order; none
    when they were not asked for.
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
    new_addresses: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "CitizenCard(…)"


@dataclass(frozen=True, slots=True, repr=False)
class ResidencePermit:
    """What is on a 港澳台居民居住证; the fields are those of a :class:`CitizenCard` with the same names.

    ``number`` begins with 81 (Hong Kong), 82 (Macao) or 83 (Taiwan). ``travel_permit_number`` is that of the
    通行证 with which its holder travels, ``issue_count`` two figures.
    """

    name: str
    sex_code: str
    birth_date: date
    address: str
    number: str
    issuing_authority: str
    valid_from: date
    valid_until: date | None
    travel_permit_number: str
    issue_count: str
    photo: bytes = b""
    new_addresses: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "ResidencePermit(…)"


@dataclass(frozen=True, slots=True, repr=False)
class PermanentResidenceCard:
    """What is on a 外国人永久居留身份证; ``kind`` tells the two editions apart.

    ``number`` has 15 characters (2017: three letters, twelve figures) or 18 (2023: figures from 9, with the
    check of a 公民身份号码). ``nationality`` are three letters (GB/T 2659). ``chinese_name`` may be empty,
    ``english_name`` is in Latin letters.
    """

    kind: DocumentKind
    english_name: str
    chinese_name: str
    sex_code: str
    birth_date: date
    number: str
    nationality: str
    valid_from: date
    valid_until: date | None
    photo: bytes = b""

    @property
    def name(self) -> str:
        """The Chinese name, or the English one of whoever has none."""
        return self.chinese_name or self.english_name

    def __repr__(self) -> str:
        return "PermanentResidenceCard(…)"


Document = CitizenCard | ResidencePermit | PermanentResidenceCard


def age_on(birth_date: date, day: date) -> int:
    """Whole years (周岁) on ``day``; whoever was born on 29 February is a year older on 1 March."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


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
    """A card was read and is good. Told at most once for each time that a card is laid down.

    ``card`` is of a kind that the reader was set up for. ``fingerprints`` are 0, 512 or 1,024 bytes of
    features (GA/T 1012) and empty when they were not asked for; the driver has kept no copy.
    """

    card: Document = field(repr=False)
    evidence: CardEvidence
    fingerprints: bytes = field(repr=False, default=b"")


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
