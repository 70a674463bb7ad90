"""The cable is loose: the reader goes and comes, and goes again."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers import supervision
from drivers.id_card_reader.card_image import card_of
from drivers.id_card_reader.device import CardRead
from drivers.vocabulary import DeviceState, StatusChanged
from foundation.errors import Errors
from tests.drivers.id_card_reader.desk import Desk, desk
from tests.drivers.id_card_reader.moments import FIRST


def comes_loose(at: Desk, times: int) -> None:
    at.simulator.unplug()
    assert at.ears.next_state(DeviceState.NO_DEVICE).error is Errors.CARD_READER_LOST
    at.simulator.plug_in()
    at.counters.wait_for("id_card_reader.failures", times)


def test_a_reader_on_a_loose_cable_is_not_offered_before_it_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervision, "_SETTLING_S", 3600.0)
    with desk(tmp_path) as at:
        for times in (1, 2):
            comes_loose(at, times)
            at.ears.next_state(DeviceState.ONLINE)
        comes_loose(at, 3)
        at.wait_until_it_looks()
        assert at.reader.status().state is DeviceState.NO_DEVICE
        monkeypatch.setattr(supervision, "_SETTLING_S", 0.0)
        at.ears.next_state(DeviceState.ONLINE)
        states = [change.status.state for change in at.ears.all(StatusChanged)]
        assert states.count(DeviceState.NO_DEVICE) == 3
        at.polls(2)
        at.simulator.put_card(card_of(FIRST))
        at.ears.next(CardRead)
