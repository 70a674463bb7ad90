"""A frame arrives with a wrong checksum."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.id_card_reader.card_image import SyntheticCitizen, card_of
from drivers.id_card_reader.device import CardRead
from drivers.id_card_reader.protocol import Command
from drivers.id_card_reader.simulator import ReaderFault
from drivers.vocabulary import DeviceState, StatusChanged
from foundation.errors import Errors
from tests.drivers.id_card_reader.desk import desk, impatient
from tests.drivers.id_card_reader.moments import Moment, come_to, works_again_after


def test_one_garbled_card_is_asked_for_again_and_nobody_notices(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.simulator.set_fault(ReaderFault.BAD_CHECKSUM, command=Command.READ_BASE, times=2)
        at.simulator.put_card(card_of(SyntheticCitizen()))
        at.ears.next(CardRead)
        assert at.counters.figure("id_card_reader.bad_checksum") == 2
        assert len(at.ears.all(StatusChanged)) == 2  # starting, online


def test_a_line_that_garbles_everything_is_a_reader_that_is_lost_and_comes_back(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.simulator.set_fault(ReaderFault.BAD_CHECKSUM)
        assert at.ears.next_state(DeviceState.OFFLINE).error is Errors.CARD_READER_LOST
        assert at.counters.figure("id_card_reader.bad_checksum") >= 2
        at.simulator.cure()
        at.ears.next_state(DeviceState.ONLINE)
        at.polls(2)
        at.simulator.put_card(card_of(SyntheticCitizen()))
        at.ears.next(CardRead)


@pytest.mark.parametrize("moment", Moment)
def test_when_no_answer_comes_whole_the_reader_is_offline_and_goes_on_where_it_was(
    tmp_path: Path, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk(tmp_path) as at:
        come_to(at, moment)
        impatient(monkeypatch)
        at.simulator.set_fault(ReaderFault.BAD_CHECKSUM)
        assert at.ears.next_state(DeviceState.OFFLINE).error is Errors.CARD_READER_LOST
        assert at.counters.figure("id_card_reader.bad_checksum") > 0
        at.simulator.cure()
        at.ears.next_state(DeviceState.ONLINE)
        works_again_after(at, moment)
