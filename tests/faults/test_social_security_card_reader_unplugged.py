"""The reader's cable is pulled, and put back."""

from __future__ import annotations

import logging

import pytest

from drivers.social_security_card.device import SocialCardLeftBehind, SocialCardProblem, SocialCardRead
from drivers.social_security_card.simulated_card import VirtualCard
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.social_security_card.desk import Desk, desk


def pull_the_plug(at: Desk) -> None:
    at.simulator.service.unplug_reader()
    assert at.next_status(DeviceState.NO_DEVICE).error is Errors.SOCIAL_CARD_READER_LOST


def test_it_is_missed_once_and_found_by_its_name(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with desk() as at:
        pull_the_plug(at)
        at.simulator.service.plug_in_reader()
        at.next_status(DeviceState.ONLINE)
        at.reads_the_next_card()
        assert not at.reader._child.degraded  # a cable is no reason to distrust the program
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == 2
    assert said[0].startswith("social_security_card is down: ")
    assert said[1] == "social_security_card is back"


def test_it_was_never_there_and_comes() -> None:
    with desk(ready=False, plugged_in=False) as at:
        at.next_status(DeviceState.NO_DEVICE)
        at.simulator.service.plug_in_reader()
        at.next_status(DeviceState.ONLINE)
        at.reads_the_next_card()


def test_a_card_that_was_read_is_not_read_again_when_it_is_back() -> None:
    with desk(card=VirtualCard()) as at:
        at.ears.next(SocialCardRead)
        pull_the_plug(at)
        at.simulator.service.plug_in_reader()
        at.next_status(DeviceState.ONLINE)
        at.polls(30)
        assert len(at.ears.all(SocialCardRead)) == 1
        at.card_is_taken()
        at.reads_the_next_card()


def test_a_card_that_nobody_might_read_yet_has_to_be_put_in_again() -> None:
    with desk(reading=False, card=VirtualCard()) as at:
        at.counters.wait_for("social_security_card.detected")
        pull_the_plug(at)
        at.reader.allow_reading(True)
        at.simulator.service.plug_in_reader()
        at.next_status(DeviceState.ONLINE)
        at.polls(30)
        assert not at.ears.all(SocialCardProblem)
        at.simulator.remove()
        at.polls(30)
        at.reads_the_next_card()
        assert len(at.ears.all(SocialCardLeftBehind)) <= 1
