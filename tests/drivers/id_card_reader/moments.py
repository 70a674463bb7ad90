"""The moments at a reader in which something can go wrong, and that it works again afterwards."""

from __future__ import annotations

from enum import Enum

from drivers.id_card_reader.card_image import SyntheticCitizen, card_of
from drivers.id_card_reader.device import CardDetected, CardLeftBehind, CardRead, CardRemoved
from tests.drivers.id_card_reader.desk import Desk

FIRST = SyntheticCitizen()
NEXT = SyntheticCitizen(name="李建国", serial="001")


class Moment(Enum):
    """What lies on the reader, and what became of it."""

    NOTHING_THERE = "nothing_there"
    NOT_YET_ALLOWED = "not_yet_allowed"
    """A card lies there, and its owner has not accepted the notice."""
    CARD_READ = "card_read"
    LEFT_BEHIND = "left_behind"


def come_to(at: Desk, moment: Moment) -> None:
    """Brings a reader on which nothing lies to that moment."""
    at.reader.allow_reading(moment is not Moment.NOT_YET_ALLOWED)
    if moment is Moment.NOTHING_THERE:
        return
    at.simulator.put_card(card_of(FIRST))
    if moment is Moment.NOT_YET_ALLOWED:
        at.ears.next(CardDetected)
        return
    at.ears.next(CardRead)
    if moment is Moment.LEFT_BEHIND:
        at.reader.forget_card()
        at.ears.next(CardLeftBehind)


def works_again_after(at: Desk, moment: Moment) -> None:
    """The reader is online again: what was to be read is read, what was not is not, and the next card is."""
    at.polls(3)
    already = moment in (Moment.CARD_READ, Moment.LEFT_BEHIND)
    assert len(at.ears.all(CardRead)) == (1 if already else 0)
    if moment is Moment.NOT_YET_ALLOWED:
        at.reader.allow_reading(True)
        assert at.ears.next(CardRead).card.number == FIRST.number
    at.simulator.take_card()
    if moment is not Moment.NOTHING_THERE:
        at.ears.next(CardRemoved)
    at.simulator.put_card(card_of(NEXT))
    assert at.ears.next(CardRead).card.number == NEXT.number
