"""A card takes a command and never answers: only the end of the program that waits for it ends that."""

from __future__ import annotations

from unittest.mock import patch

import psutil
import pytest

from drivers import supervision
from drivers.social_security_card import link
from drivers.social_security_card.device import SocialCardLeftBehind, SocialCardProblem, SocialCardRead
from drivers.social_security_card.simulated_card import VirtualCard
from drivers.social_security_card.simulator import CardFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.social_security_card.desk import LAST_COMMAND, Desk, desk

UNDAMPED = patch.object(supervision, "_SETTLING_S", 0.0)
SOON = patch.object(link, "_ANSWER_PATIENCE_S", 0.6)


def card_hangs(at: Desk) -> psutil.Process:
    """A card that hangs is put in; returns the program that has it."""
    at.simulator.insert(VirtualCard())
    program = psutil.Process(at.program_id())
    assert at.ears.next(SocialCardProblem).error is Errors.SOCIAL_CARD_NOT_READABLE
    return program


@pytest.mark.parametrize(
    "command", [0, 2, LAST_COMMAND], ids=["first command", "first record", "last record"]
)
def test_its_program_is_killed_and_the_next_card_is_read(command: int) -> None:
    with SOON, desk(fault=CardFault.HANGS, at=command) as at:
        program = card_hangs(at)
        assert at.next_status(DeviceState.OFFLINE).error is Errors.SOCIAL_CARD_READER_LOST
        at.next_status(DeviceState.ONLINE)
        assert not program.is_running()
        at.polls(5)  # the card is still in, and is not touched again
        assert len(at.ears.all(SocialCardProblem)) == 1
        at.simulator.cure()
        at.card_is_taken()
        at.reads_the_next_card()
        assert len(at.ears.all(SocialCardRead)) == 1


def test_three_such_cards_in_five_minutes_degrade_the_reader_and_five_minutes_mend_it() -> None:
    with SOON, UNDAMPED, desk(fault=CardFault.HANGS, ready=False) as at:
        for _ in range(3):
            at.next_status(DeviceState.ONLINE)
            card_hangs(at)
            at.next_status(DeviceState.OFFLINE)
            at.simulator.remove()
        broken = at.next_status(DeviceState.HARDWARE_ERROR)
        assert (broken.error, broken.degraded) == (Errors.SOCIAL_CARD_READER_UNSTABLE, True)
        at.simulator.cure()
        at.clock.skipped_s += 300.0
        assert not at.next_status(DeviceState.ONLINE).degraded
        at.reads_the_next_card()


def test_it_is_not_waited_for_when_the_driver_is_stopped() -> None:
    with desk(fault=CardFault.HANGS) as at:
        at.simulator.insert(VirtualCard())
        at.counters.wait_for("social_security_card.detected")
        before_s = at.clock.monotonic_s()
        assert at.reader.stop()
        assert at.clock.monotonic_s() - before_s < 1.0


def test_its_session_ends_while_it_hangs_and_nobody_is_told_of_it() -> None:
    with SOON, desk(fault=CardFault.HANGS) as at:
        at.simulator.insert(VirtualCard())
        at.counters.wait_for("social_security_card.detected")
        at.reader.allow_reading(False)
        at.reader.forget_card()
        at.next_status(DeviceState.OFFLINE)
        at.next_status(DeviceState.ONLINE)
        at.ears.next(SocialCardLeftBehind)
        assert not at.ears.all(SocialCardProblem)
        at.simulator.cure()
        at.card_is_taken()
        at.reader.allow_reading(True)
        at.reads_the_next_card()
