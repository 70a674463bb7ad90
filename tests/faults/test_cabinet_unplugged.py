"""The board is unplugged, also in the middle of an answer, and plugged in again."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.cabinet.device import Door, DoorOpened, Light, LightSet, Position
from drivers.cabinet.simulator import CabinetFault
from drivers.vocabulary import DeviceLost, DeviceState
from tests.drivers.cabinet.booth import booth
from tests.drivers.listening import PATIENCE_S


@pytest.mark.parametrize("door", [Door.CLOSED, Door.OPEN], ids=lambda door: door.value)
def test_it_is_no_device_and_works_when_it_is_back(tmp_path: Path, door: Door) -> None:
    with booth(tmp_path) as there:
        there.board.sense(door)
        assert there.shine(Position.KEYPAD, Light.STEADY) == LightSet(None)
        there.board.unplug()
        there.assert_lost(DeviceState.NO_DEVICE)
        there.board.plug_in()
        assert there.next_online().door is door
        assert there.board.wait_for_light(Position.KEYPAD, Light.STEADY, PATIENCE_S)
        there.close_door()
        there.assert_works()
        openings = len(there.ears.all(DoorOpened))
        assert openings == (2 if door is Door.OPEN else 1)  # the one before is not told twice


def test_a_plug_that_is_pulled_in_mid_answer(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        there.board.set_fault(CabinetFault.UNPLUGGED_MID_FRAME)
        assert isinstance(there.shine(Position.CAMERA, Light.STEADY), DeviceLost)
        there.assert_lost(DeviceState.NO_DEVICE)
        there.board.plug_in()
        there.next_online()
        assert there.board.wait_for_light(Position.CAMERA, Light.STEADY, PATIENCE_S)
        there.assert_works()
