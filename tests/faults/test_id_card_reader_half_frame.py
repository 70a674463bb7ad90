"""A frame stops in the middle."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.id_card_reader import link
from drivers.id_card_reader.card_image import SyntheticCitizen, card_of
from drivers.id_card_reader.device import CardRead
from drivers.id_card_reader.protocol import Command
from drivers.id_card_reader.simulator import ReaderFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.id_card_reader.desk import desk, impatient
from tests.drivers.id_card_reader.moments import Moment, come_to, works_again_after


def test_a_find_that_stops_in_the_middle_is_asked_again(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.simulator.set_fault(ReaderFault.HALF_FRAME, command=Command.FIND, times=1)
        at.simulator.put_card(card_of(SyntheticCitizen()))
        at.ears.next(CardRead)
        assert at.counters.figure("id_card_reader.incomplete_frame") == 1


def test_half_a_card_is_never_a_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(link._PATIENCE_S, Command.READ_BASE, 0.3)
    with desk(tmp_path) as at:
        at.simulator.set_fault(ReaderFault.HALF_FRAME, command=Command.READ_BASE, times=1)
        at.simulator.put_card(card_of(SyntheticCitizen()))
        read = at.ears.next(CardRead)
        assert read.card.number == SyntheticCitizen().number
        assert len(read.card.photo) == 1024
        assert at.counters.figure("id_card_reader.incomplete_frame") == 1
        assert len(at.ears.all(CardRead)) == 1


@pytest.mark.parametrize("moment", Moment)
def test_when_no_answer_comes_whole_the_reader_is_offline_and_goes_on_where_it_was(
    tmp_path: Path, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk(tmp_path) as at:
        come_to(at, moment)
        impatient(monkeypatch)
        at.simulator.set_fault(ReaderFault.HALF_FRAME)
        assert at.ears.next_state(DeviceState.OFFLINE).error is Errors.CARD_READER_LOST
        assert at.counters.figure("id_card_reader.incomplete_frame") > 0
        at.simulator.cure()
        at.ears.next_state(DeviceState.ONLINE)
        works_again_after(at, moment)
