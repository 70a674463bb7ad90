"""pcscd, which holds all readers of the machine, dies, and is started again."""

from __future__ import annotations

from drivers.social_security_card.device import SocialCardDetected, SocialCardRead
from drivers.social_security_card.simulated_card import VirtualCard
from drivers.social_security_card.simulator import CardFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.social_security_card.desk import Desk, desk


def service_dies_and_is_started(at: Desk) -> None:
    at.simulator.service.stop()
    assert at.next_status(DeviceState.OFFLINE).error is Errors.SOCIAL_CARD_READER_LOST
    at.simulator.service.start()
    at.next_status(DeviceState.ONLINE)


def test_with_an_empty_slot() -> None:
    with desk() as at:
        service_dies_and_is_started(at)
        at.reads_the_next_card()


def test_with_a_card_that_was_read() -> None:
    with desk(card=VirtualCard()) as at:
        at.ears.next(SocialCardRead)
        service_dies_and_is_started(at)
        at.card_is_taken()
        at.reads_the_next_card()
        assert len(at.ears.all(SocialCardRead)) == 2  # the first was not read again


def test_in_the_middle_of_a_reading() -> None:
    with desk(fault=CardFault.SLOW, card=VirtualCard()) as at:
        at.ears.next(SocialCardDetected)
        service_dies_and_is_started(at)
        at.simulator.cure()
        at.simulator.remove()
        at.polls(30)
        at.reads_the_next_card()


def test_it_was_not_there_when_the_terminal_started() -> None:
    with desk(ready=False) as at:
        at.simulator.service.stop()
        at.counters.wait_for("social_security_card.failures")
        at.simulator.service.start()
        at.next_status(DeviceState.ONLINE)
        at.reads_the_next_card()
