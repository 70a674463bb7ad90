"""The module starts afresh while a card lies on it, as after a dip of its power."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.id_card_reader.device import CardRead
from drivers.id_card_reader.protocol import Command
from drivers.id_card_reader.simulator import ReaderFault
from drivers.vocabulary import DeviceState
from tests.drivers.id_card_reader.desk import desk
from tests.drivers.id_card_reader.moments import Moment, come_to, works_again_after


@pytest.mark.parametrize("moment", Moment)
def test_a_card_that_was_read_is_not_read_again(tmp_path: Path, moment: Moment) -> None:
    with desk(tmp_path) as at:
        come_to(at, moment)
        for command in (Command.FIND, Command.READ_NEW_ADDRESS):
            at.simulator.set_fault(ReaderFault.RESTARTS, command=command, times=1)
            at.polls(3)
        at.simulator.cure()
        works_again_after(at, moment)
        assert at.reader.status().state is DeviceState.ONLINE
        assert len(at.ears.all(CardRead)) == (1 if moment is Moment.NOTHING_THERE else 2)
