"""What more is asked of a person in the middle of a matter, while the form waits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from contract.answers import CitizenSession as ProvinceSession
from contract.faces import FACE_TRIES
from contract.sets import FaceConsent
from kiosk_app.terminal.views import Screen, Way

_ON_THE_TELEPHONE = frozenset({Way.CODE, Way.TELEPHONE})


class Why(Enum):
    """Why somebody is asked who she is, after a person has signed in."""

    AGAIN = "again"
    """The province's session has ended."""
    TWICE = "twice"
    """The matter needs more than one proof before it is submitted."""
    GUARDIAN = "guardian"
    """The person is under 14, and her guardian agrees to a comparison of her face by signing in."""


@dataclass(slots=True, repr=False)
class Proof:
    """What is asked for now, and the page on which the person goes on when she has given it."""

    why: Why
    back_to: Screen
    under_age: bool = False
    """Whether the person is so young that a guardian agrees for her."""


def same_thing(one: Way, other: Way) -> bool:
    """Whether two ways prove the same: whoever holds a telephone has its code and can confirm on it."""
    return one is other or {one, other} <= _ON_THE_TELEPHONE


class Facing(Enum):
    """How a comparison of a face stands. The value names the words for it (``face.…``)."""

    LOOKING = "looking"
    COMPARING = "comparing"
    NOT_MATCHED = "not_matched"
    NOT_LIVE = "not_live"
    UNAVAILABLE = "unavailable"


@dataclass(slots=True, repr=False)
class Face:
    """What a person said about her face in this session, and what came of it. No picture is in here."""

    consent: FaceConsent = FaceConsent.NOT_ASKED
    consent_version: str = ""
    standing: Facing = Facing.LOOKING
    advice: str = ""
    """Id of the words of the camera's advice; empty while it has said nothing."""
    tries: int = 0
    error: str = ""
    """The code of the province's refusal; empty when there is none."""
    guardian: ProvinceSession | None = None
    """Of who agreed for somebody under 14, until it was used."""

    @property
    def may_be_tried(self) -> bool:
        """Whether she has not said no, and was not compared as often as she may be."""
        return self.consent is not FaceConsent.REFUSED and self.tries < FACE_TRIES and not self.error
