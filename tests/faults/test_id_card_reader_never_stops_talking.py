"""The reader never stops talking: noise of any length in the place of its answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.id_card_reader.simulator import ReaderFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.id_card_reader.desk import desk, impatient
from tests.drivers.id_card_reader.moments import Moment, come_to, works_again_after


@pytest.mark.parametrize("moment", Moment)
def test_a_reader_that_only_makes_noise_is_offline_and_comes_back(
    tmp_path: Path, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk(tmp_path) as at:
        come_to(at, moment)
        impatient(monkeypatch)
        at.simulator.set_fault(ReaderFault.NEVER_STOPS)
        assert at.ears.next_state(DeviceState.OFFLINE).error is Errors.CARD_READER_LOST
        at.counters.wait_for("id_card_reader.noise_bytes", 8192)
        at.simulator.cure()
        at.ears.next_state(DeviceState.ONLINE)
        works_again_after(at, moment)
