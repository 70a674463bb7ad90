"""The board's answers have a wrong CRC."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.cabinet.device import Door, DoorOpened, Light, LightSet, Position
from drivers.cabinet.simulator import CabinetFault
from drivers.vocabulary import DeviceLost, DeviceState
from foundation.errors import Errors
from tests.drivers.cabinet.booth import booth


@pytest.mark.parametrize("light", [Light.OFF, Light.STEADY], ids=lambda light: light.value)
def test_a_board_that_only_says_wrong_things_is_lost_and_nothing_of_it_is_believed(
    tmp_path: Path, light: Light
) -> None:
    with booth(tmp_path) as there:
        assert there.shine(Position.CAMERA, light) == LightSet(None)
        there.board.set_fault(CabinetFault.BAD_CRC)
        there.board.sense(Door.OPEN)
        there.assert_lost(DeviceState.OFFLINE)
        assert there.ears.all(DoorOpened) == []
        assert there.counters.figure("cabinet.bad_frames") >= 3
        there.board.cure()
        there.ears.next(DoorOpened)
        there.board.sense(Door.CLOSED)
        there.next_error(None)
        there.assert_works()


def test_a_light_whose_answer_is_garbled_is_not_known_to_shine(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        there.board.set_fault(CabinetFault.BAD_CRC)
        outcome = there.shine(Position.CAMERA, Light.STEADY)
        assert isinstance(outcome, DeviceLost)  # begun or not: never *done*
        assert outcome.error is Errors.CABINET_LOST
        there.board.cure()
        there.next_online()
        there.assert_works()
