"""The baud rate is another one: bytes come, and no sentence."""

from __future__ import annotations

from pathlib import Path

from drivers.gnss.simulator import GnssFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.gnss.street import street


def test_a_line_of_nonsense_is_no_receiver(tmp_path: Path) -> None:
    with street(tmp_path) as there:
        there.simulator.set_fault(GnssFault.GARBAGE)
        lost = there.ears.next_state(DeviceState.OFFLINE)
        assert lost.error is Errors.GNSS_LOST
        there.simulator.cure()
        there.ears.next_state(DeviceState.ONLINE)
