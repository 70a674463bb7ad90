"""The lead is bad: every sentence arrives with an error in it, and none is believed."""

from __future__ import annotations

from pathlib import Path

from drivers.gnss.simulator import GnssFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.gnss.street import street


def test_a_receiver_of_which_nothing_can_be_believed_is_lost_and_counted(tmp_path: Path) -> None:
    with street(tmp_path) as there:
        there.simulator.set_fault(GnssFault.BAD_CHECKSUM)
        lost = there.ears.next_state(DeviceState.OFFLINE)
        assert lost.error is Errors.GNSS_LOST
        assert there.counters.wait_for("gnss.bad_checksum") > 0
        there.simulator.cure()
        there.ears.next_state(DeviceState.ONLINE)
