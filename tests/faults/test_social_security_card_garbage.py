"""A card says that all is well and gives random bytes for its records."""

from __future__ import annotations

import pytest

from drivers.social_security_card.device import SocialCardProblem, SocialCardRead
from drivers.social_security_card.simulated_card import VirtualCard
from drivers.social_security_card.simulator import CardFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.social_security_card.desk import LAST_COMMAND, desk


@pytest.mark.parametrize("command", [0, LAST_COMMAND], ids=["all records", "the name alone"])
def test_it_is_refused_and_nothing_of_it_is_handed_on(command: int) -> None:
    with desk(fault=CardFault.GARBAGE, at=command, card=VirtualCard()) as at:
        assert at.ears.next(SocialCardProblem).error is Errors.SOCIAL_CARD_NOT_READABLE
        assert not at.ears.all(SocialCardRead)
        assert at.reader.status().state is DeviceState.ONLINE
        at.simulator.cure()
        at.card_is_taken()
        at.reads_the_next_card()
