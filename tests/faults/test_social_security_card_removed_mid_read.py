"""A card is pulled out while it is read."""

from __future__ import annotations

import pytest

from drivers.social_security_card.device import SocialCardProblem, SocialCardRead, SocialCardRemoved
from drivers.social_security_card.simulated_card import VirtualCard
from drivers.social_security_card.simulator import CardFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.social_security_card.desk import LAST_COMMAND, desk


@pytest.mark.parametrize("command", [0, 4, LAST_COMMAND])
def test_whoever_was_too_quick_is_told_and_can_put_it_in_again(command: int) -> None:
    with desk(fault=CardFault.REMOVED, at=command, card=VirtualCard()) as at:
        assert at.ears.next(SocialCardProblem).error is Errors.SOCIAL_CARD_TAKEN_EARLY
        at.ears.next(SocialCardRemoved)
        assert not at.ears.all(SocialCardRead)  # half a card is no card
        assert at.reader.status().state is DeviceState.ONLINE
        at.simulator.cure()
        at.reads_the_next_card()
        assert len(at.ears.all(SocialCardProblem)) == 1


def test_another_card_in_its_place_is_read_by_itself() -> None:
    with desk(fault=CardFault.REMOVED, at=LAST_COMMAND, card=VirtualCard()) as at:
        at.ears.next(SocialCardProblem)
        at.simulator.cure()
        at.reads_the_next_card()


def test_one_that_is_pulled_out_after_it_was_read_is_no_problem() -> None:
    with desk(card=VirtualCard()) as at:
        at.ears.next(SocialCardRead)
        at.card_is_taken()
        assert not at.ears.all(SocialCardProblem)
        at.reads_the_next_card()
