"""The board restarts: between two answers, and in the middle of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.cabinet.device import Door, DoorOpened, Light, LightSet, Position
from drivers.cabinet.simulator import CabinetFault
from drivers.vocabulary import DeviceState
from tests.drivers.cabinet.booth import booth
from tests.drivers.listening import PATIENCE_S


def test_a_light_is_set_although_the_board_restarted_before_it_could_say_so(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        assert there.shine(Position.CARD_READER, Light.SLOW_FLASH) == LightSet(None)
        there.board.set_fault(CabinetFault.RESTARTS)
        assert there.shine(Position.CODE_SCANNER, Light.STEADY) == LightSet(None)
        assert there.counters.wait_for("cabinet.restarts") == 1
        assert there.board.wait_for_light(Position.CODE_SCANNER, Light.STEADY, PATIENCE_S)
        assert there.board.wait_for_light(Position.CARD_READER, Light.SLOW_FLASH, PATIENCE_S)
        assert there.cabinet.status().state is DeviceState.ONLINE
        there.assert_works()


@pytest.mark.parametrize("door", [Door.CLOSED, Door.OPEN], ids=lambda door: door.value)
def test_a_restart_that_nobody_would_have_noticed_is_counted_and_its_lights_come_back(
    tmp_path: Path, door: Door
) -> None:
    with booth(tmp_path) as there:
        there.board.sense(door)
        assert there.shine(Position.HEADSET, Light.STEADY) == LightSet(None)
        there.board.restart()
        there.counters.wait_for("cabinet.restarts")
        assert there.board.wait_for_light(Position.HEADSET, Light.STEADY, PATIENCE_S)
        assert there.counters.figure("cabinet.failures") == 0
        there.close_door()
        there.assert_works()
        assert len(there.ears.all(DoorOpened)) == (2 if door is Door.OPEN else 1)
