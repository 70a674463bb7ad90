"""The receiver hangs: the line is there, and nothing comes."""

from __future__ import annotations

from pathlib import Path

from drivers.gnss.simulator import GnssFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.gnss.street import street


def test_a_receiver_that_hangs_is_lost_and_comes_back(tmp_path: Path) -> None:
    with street(tmp_path) as there:
        there.simulator.set_fault(GnssFault.NEVER_ANSWERS)
        lost = there.ears.next_state(DeviceState.OFFLINE)
        assert lost.error is Errors.GNSS_LOST
        there.simulator.cure()
        there.ears.next_state(DeviceState.ONLINE)
