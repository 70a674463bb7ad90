"""A card takes its time: 300 ms for every answer."""

from __future__ import annotations

from unittest.mock import patch

from drivers.social_security_card import reader as reader_module
from drivers.social_security_card.device import SocialCardLeftBehind, SocialCardProblem, SocialCardRead
from drivers.social_security_card.simulated_card import VirtualCard
from drivers.social_security_card.simulator import CardFault
from drivers.vocabulary import DeviceState, StatusChanged
from foundation.errors import Errors
from tests.drivers.social_security_card.desk import desk


def test_it_is_waited_for() -> None:
    with desk(fault=CardFault.SLOW, at=5, card=VirtualCard()) as at:
        at.ears.next(SocialCardRead)
        assert [change.status.state for change in at.ears.all(StatusChanged)][-1] is DeviceState.ONLINE
        at.simulator.cure()
        at.card_is_taken()
        at.reads_the_next_card()


def test_one_that_takes_too_long_for_a_whole_reading_is_refused() -> None:
    with (
        patch.object(reader_module, "_READING_S", 0.5),
        desk(fault=CardFault.SLOW, card=VirtualCard()) as at,
    ):
        assert at.ears.next(SocialCardProblem).error is Errors.SOCIAL_CARD_NOT_READABLE
        assert at.simulator.commands < 5
        at.simulator.cure()
        at.card_is_taken()
        at.reads_the_next_card()


def test_one_that_outlasts_its_session_is_not_told_to_the_next_one() -> None:
    with desk(fault=CardFault.SLOW, at=3, card=VirtualCard()) as at:
        at.counters.wait_for("social_security_card.detected")
        at.reader.allow_reading(False)
        at.reader.forget_card()
        at.reader.allow_reading(True)  # the next person was quick
        at.ears.next(SocialCardLeftBehind)
        assert not at.ears.all(SocialCardRead)
        at.simulator.cure()
        at.card_is_taken()
        at.reads_the_next_card()
