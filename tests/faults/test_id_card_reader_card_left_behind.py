"""A card is left behind: it never signs in the next person, whatever happens to the reader meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.id_card_reader.card_image import card_of
from drivers.id_card_reader.device import CardLeftBehind, CardProblem, CardRead, CardRemoved
from drivers.id_card_reader.simulator import ReaderFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.id_card_reader.desk import Desk, desk
from tests.drivers.id_card_reader.moments import FIRST, NEXT, Moment, come_to


def next_person_comes(at: Desk) -> None:
    at.reader.allow_reading(True)
    at.polls(4)


@pytest.mark.parametrize("moment", [Moment.NOT_YET_ALLOWED, Moment.CARD_READ, Moment.LEFT_BEHIND])
def test_a_card_of_the_session_before_is_not_read(tmp_path: Path, moment: Moment) -> None:
    with desk(tmp_path) as at:
        come_to(at, moment)
        already = len(at.ears.all(CardRead))
        at.reader.allow_reading(False)
        at.reader.forget_card()
        at.polls(2)
        next_person_comes(at)
        assert len(at.ears.all(CardRead)) == already
        assert len(at.ears.all(CardLeftBehind)) >= 1
        at.simulator.take_card()
        at.ears.next(CardRemoved)
        at.simulator.put_card(card_of(NEXT))
        assert at.ears.next(CardRead).card.number == NEXT.number
        assert at.reader.status().state is DeviceState.ONLINE


def test_a_card_that_could_not_be_read_is_left_behind_too(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.simulator.set_fault(ReaderFault.NOT_RECOGNISED)
        at.simulator.put_card(card_of(FIRST))
        assert at.ears.next(CardProblem).error is Errors.CARD_NOT_RECOGNISED
        at.reader.forget_card()
        at.ears.next(CardLeftBehind)
        at.simulator.cure()
        next_person_comes(at)
        assert at.ears.all(CardRead) == []
