"""The reader hangs: the line is there, and nothing comes."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from drivers.id_card_reader.card_image import SyntheticCitizen, card_of
from drivers.id_card_reader.device import CardRead
from drivers.id_card_reader.simulator import ReaderFault
from drivers.vocabulary import DeviceState, ModuleState
from foundation.errors import Errors
from tests.drivers.id_card_reader.desk import desk, impatient
from tests.drivers.id_card_reader.moments import Moment, come_to, works_again_after


def test_a_reader_that_hangs_is_offline_and_comes_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with desk(tmp_path) as at:
        at.simulator.set_fault(ReaderFault.NEVER_ANSWERS)
        lost = at.ears.next_state(DeviceState.OFFLINE)
        assert lost.error is Errors.CARD_READER_LOST
        assert at.reader.status().security_module is ModuleState.UNKNOWN
        at.counters.wait_for("id_card_reader.no_answer", 3)  # it was opened again, and again in vain
        at.simulator.cure()
        at.ears.next_state(DeviceState.ONLINE)
        at.polls(2)
        at.simulator.put_card(card_of(SyntheticCitizen()))
        at.ears.next(CardRead)
    assert [record.getMessage() for record in caplog.records] == [
        "id_card_reader is down: the security module does not answer",
        "id_card_reader is back",
    ]


@pytest.mark.parametrize("moment", Moment)
def test_at_whatever_moment_it_hangs_it_is_offline_and_goes_on_where_it_was(
    tmp_path: Path, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk(tmp_path) as at:
        come_to(at, moment)
        impatient(monkeypatch)
        at.simulator.set_fault(ReaderFault.NEVER_ANSWERS)
        assert at.ears.next_state(DeviceState.OFFLINE).error is Errors.CARD_READER_LOST
        at.simulator.cure()
        at.ears.next_state(DeviceState.ONLINE)
        works_again_after(at, moment)


def test_a_reader_that_hangs_can_be_stopped_at_once(tmp_path: Path) -> None:
    with desk(tmp_path, ready=False) as at:
        at.simulator.set_fault(ReaderFault.NEVER_ANSWERS)
        at.counters.wait_for("id_card_reader.no_answer")
        before_s = at.reader.clock.monotonic_s()
        assert at.reader.stop()
        assert at.reader.clock.monotonic_s() - before_s < 1.5
