"""The module says of every question that it was garbled: the line to it is bad, in its direction only."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.id_card_reader.card_image import card_of
from drivers.id_card_reader.device import CardRead
from drivers.id_card_reader.protocol import Command
from drivers.id_card_reader.simulator import ReaderFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.id_card_reader.desk import desk, impatient
from tests.drivers.id_card_reader.moments import FIRST, Moment, come_to, works_again_after


@pytest.mark.parametrize("moment", Moment)
def test_a_module_that_understands_nothing_is_offline_and_comes_back(
    tmp_path: Path, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk(tmp_path) as at:
        come_to(at, moment)
        impatient(monkeypatch)
        at.simulator.set_fault(ReaderFault.REFUSES)
        assert at.ears.next_state(DeviceState.OFFLINE).error is Errors.CARD_READER_LOST
        assert at.counters.figure("id_card_reader.request_refused") > 0
        at.simulator.cure()
        at.ears.next_state(DeviceState.ONLINE)
        works_again_after(at, moment)


def test_a_question_that_was_garbled_once_is_asked_again(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.simulator.set_fault(ReaderFault.REFUSES, command=Command.READ_BASE, times=1)
        at.simulator.put_card(card_of(FIRST))
        at.ears.next(CardRead)
        assert at.reader.status().state is DeviceState.ONLINE
        assert at.counters.figure("id_card_reader.request_refused") == 1
