"""The program that holds the reader is killed, as the kernel does when memory runs out."""

from __future__ import annotations

import os
import signal
from unittest.mock import patch

from drivers import supervision
from drivers.social_security_card.device import SocialCardDetected, SocialCardRead
from drivers.social_security_card.simulated_card import VirtualCard
from drivers.social_security_card.simulator import CardFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.social_security_card.desk import Desk, desk


def program_dies(at: Desk) -> None:
    os.kill(at.program_id(), signal.SIGKILL)
    assert at.next_status(DeviceState.OFFLINE).error is Errors.SOCIAL_CARD_READER_LOST


def test_with_an_empty_slot() -> None:
    with desk() as at:
        program_dies(at)
        at.next_status(DeviceState.ONLINE)
        at.reads_the_next_card()


def test_with_a_card_that_was_read() -> None:
    with desk(card=VirtualCard()) as at:
        at.ears.next(SocialCardRead)
        program_dies(at)
        at.next_status(DeviceState.ONLINE)
        at.polls(5)
        assert len(at.ears.all(SocialCardRead)) == 1
        at.card_is_taken()
        at.reads_the_next_card()


def test_in_the_middle_of_a_reading_the_card_is_read_with_the_next_program() -> None:
    with desk(fault=CardFault.SLOW, card=VirtualCard()) as at:
        at.ears.next(SocialCardDetected)
        program_dies(at)
        at.simulator.cure()
        at.next_status(DeviceState.ONLINE)
        at.ears.next(SocialCardRead)
        at.card_is_taken()
        at.reads_the_next_card()


def test_three_times_in_five_minutes_are_degraded() -> None:
    with patch.object(supervision, "_SETTLING_S", 0.0), desk() as at:
        for _ in range(2):
            program_dies(at)
            at.next_status(DeviceState.ONLINE)
        program_dies(at)
        broken = at.next_status(DeviceState.HARDWARE_ERROR)
        assert (broken.error, broken.degraded) == (Errors.SOCIAL_CARD_READER_UNSTABLE, True)
        at.clock.skipped_s += 300.0
        at.next_status(DeviceState.ONLINE)
        at.reads_the_next_card()
