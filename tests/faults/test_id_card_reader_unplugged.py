"""The reader is unplugged and plugged in again; its name stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.id_card_reader.card_image import SyntheticCitizen, card_of
from drivers.id_card_reader.device import CardDetected, CardLeftBehind, CardRead, CardRemoved
from drivers.id_card_reader.simulator import ReaderFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.id_card_reader.desk import desk
from tests.drivers.id_card_reader.moments import Moment, come_to, works_again_after


def test_a_reader_that_was_unplugged_is_no_device_and_works_when_it_is_back(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.simulator.unplug()
        lost = at.ears.next_state(DeviceState.NO_DEVICE)
        assert lost.error is Errors.CARD_READER_LOST
        assert lost.simulated
        at.simulator.plug_in()
        at.ears.next_state(DeviceState.ONLINE)
        at.polls(2)
        at.simulator.put_card(card_of(SyntheticCitizen()))
        at.ears.next(CardRead)


@pytest.mark.parametrize("moment", Moment)
def test_at_whatever_moment_it_is_unplugged_it_goes_on_where_it_was(tmp_path: Path, moment: Moment) -> None:
    with desk(tmp_path) as at:
        come_to(at, moment)
        at.simulator.unplug()
        assert at.ears.next_state(DeviceState.NO_DEVICE).error is Errors.CARD_READER_LOST
        at.simulator.plug_in()
        at.ears.next_state(DeviceState.ONLINE)
        works_again_after(at, moment)


def test_a_reader_that_is_plugged_in_after_the_start_is_found(tmp_path: Path) -> None:
    with desk(tmp_path, ready=False) as at:
        at.simulator.unplug()
        at.ears.next_state(DeviceState.NO_DEVICE)
        at.simulator.plug_in()
        at.ears.next_state(DeviceState.ONLINE)


def test_a_card_left_behind_is_still_ignored_after_the_reader_came_back(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.simulator.put_card(card_of(SyntheticCitizen()))
        at.ears.next(CardRead)
        at.reader.forget_card()
        at.ears.next(CardLeftBehind)
        at.simulator.unplug()
        at.ears.next_state(DeviceState.NO_DEVICE)
        at.simulator.plug_in()
        at.ears.next_state(DeviceState.ONLINE)
        at.polls(4)
        assert len(at.ears.all(CardRead)) == 1
        at.simulator.take_card()
        at.ears.next(CardRemoved)


def test_a_reader_that_is_unplugged_in_the_middle_of_a_card_has_read_nothing(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.simulator.set_fault(ReaderFault.UNPLUGGED_MID_FRAME, times=1)
        at.simulator.put_card(card_of(SyntheticCitizen()))
        at.ears.next(CardDetected)
        at.ears.next_state(DeviceState.NO_DEVICE)
        assert at.ears.all(CardRead) == []
        at.simulator.plug_in()
        at.ears.next_state(DeviceState.ONLINE)
        assert at.ears.next(CardRead).card.number == SyntheticCitizen().number  # it still lies there
