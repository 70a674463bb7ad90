"""The card is taken away while it is read: nobody is signed in by half a card."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.id_card_reader.card_image import card_of
from drivers.id_card_reader.device import CardProblem, CardRead, CardRemoved, ReadingScope
from drivers.id_card_reader.protocol import Command
from drivers.id_card_reader.simulator import ReaderFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.id_card_reader.desk import desk
from tests.drivers.id_card_reader.moments import FIRST, NEXT


@pytest.mark.parametrize(
    "command", [Command.READ_BASE, Command.READ_WITH_FINGERPRINT, Command.READ_NEW_ADDRESS]
)
def test_a_card_that_goes_in_the_middle_is_told_to_lie_still_and_then_to_be_gone(
    tmp_path: Path, command: Command
) -> None:
    scope = ReadingScope(
        new_address=command is Command.READ_NEW_ADDRESS,
        fingerprint=command is Command.READ_WITH_FINGERPRINT,
    )
    with desk(tmp_path, scope=scope) as at:
        at.simulator.set_fault(ReaderFault.TAKEN_MID_READ, command=command, times=1)
        at.simulator.put_card(card_of(FIRST))
        assert at.ears.next(CardProblem).error is Errors.CARD_HOLD_STILL
        at.ears.next(CardRemoved)
        assert at.ears.all(CardRead) == []
        assert at.reader.status().state is DeviceState.ONLINE
        at.simulator.put_card(card_of(NEXT))
        assert at.ears.next(CardRead).card.number == NEXT.number
