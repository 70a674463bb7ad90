"""Every answer comes after its time, when something else has been asked."""

from __future__ import annotations

from pathlib import Path

from drivers.cabinet.device import Door, Light, Position
from drivers.cabinet.simulator import CabinetFault
from drivers.vocabulary import DeviceLost, DeviceState
from tests.drivers.cabinet.booth import booth
from tests.drivers.listening import PATIENCE_S


def test_an_answer_that_comes_late_is_never_taken_for_another(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        there.board.set_fault(CabinetFault.ANSWERS_LATE)
        assert isinstance(there.shine(Position.CAMERA, Light.STEADY), DeviceLost)
        there.assert_lost(DeviceState.OFFLINE)
        there.counters.wait_for("cabinet.strange_answers")
        there.board.cure()
        there.next_online()
        assert there.board.wait_for_light(Position.CAMERA, Light.STEADY, PATIENCE_S)
        assert there.cabinet.status().door is Door.CLOSED
        assert not {"DoorOpened", "DoorClosed"} & set(there.ears.kinds())
        there.assert_works()
