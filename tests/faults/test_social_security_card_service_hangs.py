"""pcscd hangs: it is there, it takes orders, and it carries out none."""

from __future__ import annotations

from unittest.mock import patch

from drivers import supervision
from drivers.social_security_card import link
from drivers.social_security_card.device import SocialCardRead
from drivers.social_security_card.simulated_card import VirtualCard
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.social_security_card.desk import Desk, desk


def service_hangs(at: Desk) -> None:
    at.simulator.service.hang()
    with patch.object(link, "_LOOK_PATIENCE_S", 0.4):
        assert at.next_status(DeviceState.OFFLINE).error is Errors.SOCIAL_CARD_READER_LOST


def test_with_an_empty_slot() -> None:
    with desk() as at:
        service_hangs(at)
        at.simulator.service.go_on()
        at.next_status(DeviceState.ONLINE)
        at.reads_the_next_card()


def test_with_a_card_that_was_read() -> None:
    with desk(card=VirtualCard()) as at:
        at.ears.next(SocialCardRead)
        service_hangs(at)
        at.simulator.service.go_on()
        at.next_status(DeviceState.ONLINE)
        at.card_is_taken()
        at.reads_the_next_card()
        assert len(at.ears.all(SocialCardRead)) == 2


def test_for_so_long_that_the_reader_is_called_broken() -> None:
    with patch.object(supervision, "_SETTLING_S", 0.0), desk() as at:
        service_hangs(at)
        with patch.object(link, "_LOOK_PATIENCE_S", 0.4):
            broken = at.next_status(DeviceState.HARDWARE_ERROR)
        assert (broken.error, broken.degraded) == (Errors.SOCIAL_CARD_READER_UNSTABLE, True)
        at.simulator.service.go_on()
        at.clock.skipped_s += 300.0
        at.next_status(DeviceState.ONLINE)
        at.reads_the_next_card()
