"""A card wants a PIN, or a key of a PSAM, before it gives its holder's data."""

from __future__ import annotations

import pytest

from drivers.social_security_card.device import SocialCardProblem
from drivers.social_security_card.simulated_card import VirtualCard
from drivers.social_security_card.simulator import CardFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.social_security_card.desk import desk


@pytest.mark.parametrize("command", [0, 7], ids=["every record", "the holder's records"])
def test_it_is_refused_without_a_try_at_its_pin(command: int) -> None:
    """A wrong PIN would be counted by the card, and three of them block it."""
    with desk(fault=CardFault.PROTECTED, at=command, card=VirtualCard()) as at:
        assert at.ears.next(SocialCardProblem).error is Errors.SOCIAL_CARD_PROTECTED
        assert at.simulator.commands <= command + 3
        assert at.reader.status().state is DeviceState.ONLINE
        at.simulator.cure()
        at.card_is_taken()
        at.reads_the_next_card()
