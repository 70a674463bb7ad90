"""The card moves while it is read: the citizen is told to hold it still, and the reader is well."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.id_card_reader.card_image import card_of
from drivers.id_card_reader.device import CardProblem, CardRead
from drivers.id_card_reader.protocol import Command
from drivers.id_card_reader.simulator import ReaderFault
from drivers.vocabulary import DeviceState, ModuleState
from foundation.errors import Errors
from tests.drivers.id_card_reader.desk import desk
from tests.drivers.id_card_reader.moments import FIRST


@pytest.mark.parametrize("command", [Command.SELECT, Command.READ_BASE])
@pytest.mark.parametrize("times", [1, 4])
def test_a_card_that_moved_is_told_once_and_read_when_it_lies_still(
    tmp_path: Path, command: Command, times: int
) -> None:
    with desk(tmp_path) as at:
        at.simulator.set_fault(ReaderFault.HOLD_STILL, command=command, times=times)
        at.simulator.put_card(card_of(FIRST))
        assert at.ears.next(CardProblem).error is Errors.CARD_HOLD_STILL
        at.ears.next(CardRead)
        assert len(at.ears.all(CardProblem)) == 1
        assert at.reader.status().state is DeviceState.ONLINE
        assert at.reader.status().error is None  # the reader itself is well


def test_a_card_that_moves_while_reading_is_forbidden_tells_nobody(tmp_path: Path) -> None:
    with desk(tmp_path, reading=False) as at:
        at.simulator.set_fault(ReaderFault.HOLD_STILL)
        at.simulator.put_card(card_of(FIRST))
        at.polls(4)
        assert at.ears.all(CardProblem) == []
        at.simulator.cure()
        at.reader.allow_reading(True)
        at.ears.next(CardRead)
        assert at.reader.status().security_module is ModuleState.OK
