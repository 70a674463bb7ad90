"""The receiver is unplugged and plugged in again; its name stays."""

from __future__ import annotations

from pathlib import Path

from drivers.gnss.device import FixState, PositionFixed
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.gnss.street import street


def test_a_receiver_that_was_unplugged_is_no_device_and_works_when_it_is_back(tmp_path: Path) -> None:
    with street(tmp_path) as there:
        there.ears.next(PositionFixed)
        there.simulator.unplug()
        lost = there.ears.next_state(DeviceState.NO_DEVICE)
        assert (lost.error, there.receiver.status().fix) == (Errors.GNSS_LOST, FixState.UNKNOWN)
        there.simulator.plug_in()
        there.ears.next_state(DeviceState.ONLINE)
        there.ears.next(PositionFixed)
        assert there.counters.wait_for("gnss.failures") == 1
