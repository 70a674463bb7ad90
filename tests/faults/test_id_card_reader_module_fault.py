"""The security module failed its self-test, or is not authorised: only a technician can help."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from drivers.id_card_reader import reader as reader_module
from drivers.id_card_reader.card_image import SyntheticCitizen, card_of
from drivers.id_card_reader.device import CardDetected, CardRead
from drivers.id_card_reader.simulator import ReaderFault
from drivers.vocabulary import DeviceState, ModuleState, StatusChanged
from foundation.errors import Errors
from tests.drivers.id_card_reader.desk import desk
from tests.drivers.id_card_reader.moments import Moment, come_to, works_again_after

FAULTS = [ReaderFault.SELF_TEST_FAILED, ReaderFault.NOT_AUTHORISED]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_module_takes_the_reader_out_of_service_and_a_repair_brings_it_back(
    tmp_path: Path, fault: ReaderFault, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_module, "_BROKEN_RECHECK_INTERVAL_S", 0.3)
    caplog.set_level(logging.INFO)
    with desk(tmp_path) as at:
        at.simulator.set_fault(fault)
        assert at.ears.next_state(DeviceState.HARDWARE_ERROR).error is Errors.CARD_READER_BROKEN
        assert at.reader.status().security_module is ModuleState.INOPERABLE
        at.simulator.put_card(card_of(SyntheticCitizen()))
        at.polls(5)
        assert at.ears.all(CardDetected) == []
        at.simulator.take_card()
        at.simulator.cure()
        at.ears.next_state(DeviceState.ONLINE)
        at.polls(2)
        at.simulator.put_card(card_of(SyntheticCitizen()))
        at.ears.next(CardRead)
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == 1
    assert lines[0].startswith("CARD-005: security module answers 6")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_reader_that_is_broken_from_the_start_never_says_that_it_is_well(
    tmp_path: Path, fault: ReaderFault
) -> None:
    with desk(tmp_path, ready=False, fault=fault) as at:
        assert at.ears.next_state(DeviceState.HARDWARE_ERROR).error is Errors.CARD_READER_BROKEN
        at.simulator.put_card(card_of(SyntheticCitizen()))
        at.polls(5)
        assert at.counters.figure("id_card_reader.module_broken") == 1
        states = [change.status.state for change in at.ears.all(StatusChanged)]
        assert states == [DeviceState.STARTING, DeviceState.HARDWARE_ERROR]


@pytest.mark.parametrize("moment", Moment)
def test_at_whatever_moment_it_breaks_it_is_broken_and_goes_on_where_it_was(
    tmp_path: Path, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_module, "_BROKEN_RECHECK_INTERVAL_S", 0.1)
    with desk(tmp_path) as at:
        come_to(at, moment)
        at.simulator.set_fault(ReaderFault.SELF_TEST_FAILED)
        assert at.ears.next_state(DeviceState.HARDWARE_ERROR).error is Errors.CARD_READER_BROKEN
        at.simulator.cure()
        at.ears.next_state(DeviceState.ONLINE)
        works_again_after(at, moment)
