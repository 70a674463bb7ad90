"""A card of another kind: a bank's, or one for the bus."""

from __future__ import annotations

import pytest

from drivers.social_security_card.device import SocialCardProblem
from drivers.social_security_card.simulated_card import VirtualCard
from drivers.social_security_card.simulator import CardFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.social_security_card.desk import desk


@pytest.mark.parametrize("command", [0, 6], ids=["no application", "no file of the holder"])
def test_it_is_named_at_once_and_the_next_card_is_read(command: int) -> None:
    with desk(fault=CardFault.WRONG_APPLICATION, at=command, card=VirtualCard()) as at:
        assert at.ears.next(SocialCardProblem).error is Errors.SOCIAL_CARD_NOT_SUPPORTED
        assert at.simulator.commands <= command + 2
        assert at.reader.status().state is DeviceState.ONLINE
        at.simulator.cure()
        at.card_is_taken()
        at.reads_the_next_card()
        assert len(at.ears.all(SocialCardProblem)) == 1
