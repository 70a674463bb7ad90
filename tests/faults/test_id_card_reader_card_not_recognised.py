"""Card and module do not accept each other: another word than for a card that moved, and no loop."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.id_card_reader.card_image import card_of
from drivers.id_card_reader.device import CardProblem, CardRead, CardRemoved
from drivers.id_card_reader.protocol import Command
from drivers.id_card_reader.simulator import ReaderFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.id_card_reader.desk import desk
from tests.drivers.id_card_reader.moments import FIRST, NEXT


@pytest.mark.parametrize("command", [Command.SELECT, Command.READ_BASE])
def test_a_card_that_is_rejected_is_told_once_and_the_next_one_is_read(
    tmp_path: Path, command: Command
) -> None:
    with desk(tmp_path) as at:
        at.simulator.set_fault(ReaderFault.NOT_RECOGNISED, command=command)
        at.simulator.put_card(card_of(FIRST))
        assert at.ears.next(CardProblem).error is Errors.CARD_NOT_RECOGNISED
        at.simulator.asked()
        at.polls(4)
        assert command not in at.simulator.asked()
        assert at.reader.status().state is DeviceState.ONLINE
        at.simulator.cure()
        at.simulator.take_card()
        at.ears.next(CardRemoved)
        at.simulator.put_card(card_of(NEXT))
        assert at.ears.next(CardRead).card.number == NEXT.number
        assert len(at.ears.all(CardProblem)) == 1
