"""What more is asked of a person in the middle of a matter, while the form waits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from kiosk_app.terminal.views import Screen, Way

_ON_THE_TELEPHONE = frozenset({Way.CODE, Way.TELEPHONE})


class Why(Enum):
    """Why a person who has signed in is asked again."""

    AGAIN = "again"
    """The province's session has ended."""
    TWICE = "twice"
    """The matter needs more than one proof before it is submitted."""


@dataclass(slots=True, repr=False)
class Proof:
    """What is asked for now, and the page on which the person goes on when she has given it."""

    why: Why
    back_to: Screen


def same_thing(one: Way, other: Way) -> bool:
    """Whether two ways prove the same: whoever holds a telephone has its code and can confirm on it."""
    return one is other or {one, other} <= _ON_THE_TELEPHONE
