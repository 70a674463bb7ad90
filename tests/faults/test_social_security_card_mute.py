"""A card has power and answers no command."""

from __future__ import annotations

import pytest

from drivers.social_security_card.device import SocialCardProblem
from drivers.social_security_card.simulated_card import VirtualCard
from drivers.social_security_card.simulator import CardFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.social_security_card.desk import desk


@pytest.mark.parametrize("command", [0, 3], ids=["from the beginning", "from the middle"])
def test_it_is_tried_for_a_second_and_refused(command: int) -> None:
    with desk(fault=CardFault.MUTE, at=command, card=VirtualCard()) as at:
        assert at.ears.next(SocialCardProblem).error is Errors.SOCIAL_CARD_NOT_READABLE
        assert at.counters.figure("social_security_card.silent") > 1
        tried = at.simulator.commands
        at.polls(3)
        assert at.simulator.commands == tried
        assert at.reader.status().state is DeviceState.ONLINE  # the reader is well
        at.simulator.cure()
        at.card_is_taken()
        at.reads_the_next_card()


def test_one_that_comes_to_itself_in_time_is_read() -> None:
    with desk(fault=CardFault.MUTE, card=VirtualCard(card_number="B00000002")) as at:
        at.counters.wait_for("social_security_card.silent")
        at.simulator.cure()
        at.counters.wait_for("social_security_card.reads")
        assert not at.ears.all(SocialCardProblem)
