"""The module answers with a status byte that no table has."""

from __future__ import annotations

from pathlib import Path

from drivers.id_card_reader.card_image import card_of
from drivers.id_card_reader.device import CardProblem, CardRead
from drivers.id_card_reader.simulator import ReaderFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.id_card_reader.desk import desk
from tests.drivers.id_card_reader.moments import FIRST


def test_an_answer_that_nobody_knows_is_never_taken_for_a_card(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.simulator.set_fault(ReaderFault.UNKNOWN_STATUS, times=2)
        at.simulator.put_card(card_of(FIRST))
        assert at.ears.next(CardProblem).error is Errors.CARD_HOLD_STILL
        assert at.ears.next(CardRead).card.number == FIRST.number
        assert at.reader.status().state is DeviceState.ONLINE
        assert len(at.ears.all(CardProblem)) == 1


def test_a_module_that_keeps_to_it_gives_the_card_up(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.simulator.set_fault(ReaderFault.UNKNOWN_STATUS)
        at.simulator.put_card(card_of(FIRST))
        at.ears.next(CardProblem, lambda problem: problem.error is Errors.CARD_NOT_RECOGNISED)
        at.simulator.cure()
        at.simulator.take_card()
        at.polls(3)
        at.simulator.put_card(card_of(FIRST))
        at.ears.next(CardRead)
