"""What the rest of the application knows of a social-security card reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from drivers.vocabulary import DeviceStatus, ModuleState
from foundation.errors import ErrorCode


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What this reader can do. It does not change while the reader is plugged in."""

    authenticates: bool = False
    """No PSAM is fitted: a card cannot be told from a copy of it."""
    photo: bool = False
    fingerprint: bool = False
    """Both are on the card, behind a key that only a PSAM has."""
    reports_removal: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialCardReaderStatus(DeviceStatus):
    """How the reader is.

    ``security_module`` is the PSAM, for which there is no place here. ``degraded`` is true when the program
    that holds the reader had to be ended, or ended by itself, three times in the last five minutes.
    """

    security_module: ModuleState = ModuleState.NOT_SUPPORTED
    degraded: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class SocialSecurityCard:
    """What a 社会保障卡 gives to whoever asks, after the checks that can be made here; ``repr`` shows none.

    ``number`` is the 社会保障号码: a valid 公民身份号码, or, for a foreigner, three letters and 15 letters or
    figures. ``card_number`` is the number printed on the card, ``region_code`` the six figures of the area
    that issued it, ``specification`` the version of its files (``2.00``, ``3.00``). ``valid_until`` is None
    when the card does not say.
    """

    name: str
    number: str
    card_number: str
    region_code: str
    specification: str
    valid_until: date | None

    def __repr__(self) -> str:
        return "SocialSecurityCard(…)"


@dataclass(frozen=True, slots=True)
class SocialCardDetected:
    """Something that may be a card was put in. Nothing of it has been read."""


@dataclass(frozen=True, slots=True)
class SocialCardRead:
    """A card was read. Told at most once for each time that a card is put in.

    ``authenticated`` is false and cannot be made true: the card has proved nothing, and whoever holds it has
    proved nothing either. It may fill in a form for somebody who is signed in; it must not sign anybody in.
    """

    card: SocialSecurityCard = field(repr=False)
    authenticated: bool = field(default=False, init=False)


@dataclass(frozen=True, slots=True)
class SocialCardProblem:
    """A card was put in and cannot be used; the error says what to do. Nothing of it is in here."""

    error: ErrorCode


@dataclass(frozen=True, slots=True)
class SocialCardLeftBehind:
    """The card of an earlier session is still in. It will not be read before it was taken out."""


@dataclass(frozen=True, slots=True)
class SocialCardRemoved:
    """The card that was detected, or left behind, is gone."""
