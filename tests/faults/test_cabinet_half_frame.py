"""Every answer ends in the middle."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.cabinet.device import Door, Light, LightSet, Position
from drivers.cabinet.simulator import CabinetFault
from drivers.vocabulary import DeviceLost, DeviceState
from tests.drivers.cabinet.booth import booth


@pytest.mark.parametrize("door", [Door.CLOSED, Door.OPEN], ids=lambda door: door.value)
def test_half_answers_are_no_answers_and_the_first_whole_one_is_understood(
    tmp_path: Path, door: Door
) -> None:
    with booth(tmp_path) as there:
        there.board.sense(door)
        there.board.set_fault(CabinetFault.HALF_FRAME)
        there.assert_lost(DeviceState.OFFLINE)
        assert isinstance(there.shine(Position.CAMERA, Light.STEADY), DeviceLost)
        there.board.cure()
        assert there.next_online().door is door
        there.close_door()
        there.assert_works()
        assert there.shine(Position.CAMERA, Light.STEADY) == LightSet(None)
