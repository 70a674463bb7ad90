"""The board talks without being asked, a hundred times behind every answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.cabinet.device import Door, DoorOpened, Light, LightSet, Position
from drivers.cabinet.simulator import CabinetFault
from drivers.vocabulary import DeviceState, StatusChanged
from tests.drivers.cabinet.booth import booth
from tests.drivers.listening import polls


@pytest.mark.parametrize("door", [Door.CLOSED, Door.OPEN], ids=lambda door: door.value)
def test_nothing_is_told_twice_nothing_grows_and_lights_go_on(tmp_path: Path, door: Door) -> None:
    with booth(tmp_path) as there:
        there.board.sense(door)
        assert there.shine(Position.CAMERA, Light.STEADY) == LightSet(None)
        told = len(there.ears.all(StatusChanged))
        there.board.set_fault(CabinetFault.BABBLES)
        for _ in range(5):
            polls(there.cabinet, 1)
            assert there.shine(Position.CAMERA, Light.STEADY) == LightSet(None)
            assert len(there.cabinet._conversation._changes) <= 64
        assert len(there.ears.all(StatusChanged)) == told
        assert len(there.ears.all(DoorOpened)) == (1 if door is Door.OPEN else 0)
        assert there.cabinet.status().state is DeviceState.ONLINE
        there.board.cure()
        there.close_door()
        there.assert_works()
