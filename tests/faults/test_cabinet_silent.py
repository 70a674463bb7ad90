"""The line is there and nothing comes."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from drivers.cabinet.device import Door, DoorOpened, Light, LightSet, Position, Tamper, TamperRaised
from drivers.cabinet.simulator import CabinetFault
from drivers.vocabulary import DeviceLost, DeviceState
from foundation.errors import Errors
from tests.drivers.cabinet.booth import booth
from tests.drivers.listening import PATIENCE_S


@pytest.mark.parametrize("light", [Light.OFF, Light.SLOW_FLASH], ids=lambda light: light.value)
def test_silence_is_found_out_by_itself_and_what_happened_meanwhile_is_told(
    tmp_path: Path, light: Light
) -> None:
    with booth(tmp_path) as there:
        assert there.shine(Position.CARD_READER, light) == LightSet(None)
        there.board.set_fault(CabinetFault.SILENT)
        there.board.sense(Door.OPEN, Tamper.ON)
        there.assert_lost(DeviceState.OFFLINE)
        assert there.ears.all(DoorOpened) == []
        there.board.cure()
        there.ears.next(DoorOpened)
        there.ears.next(TamperRaised)
        assert there.board.wait_for_light(Position.CARD_READER, light, PATIENCE_S)


def test_a_light_that_nobody_answered_for_is_unknown_and_shines_when_the_board_is_back(
    tmp_path: Path,
) -> None:
    with booth(tmp_path) as there:
        there.board.set_fault(CabinetFault.SILENT)
        assert isinstance(there.shine(Position.CAMERA, Light.STEADY), DeviceLost)
        assert there.cabinet.status().lights[Position.CAMERA] is Light.UNKNOWN
        there.board.cure()
        there.next_online()
        assert there.board.wait_for_light(Position.CAMERA, Light.STEADY, PATIENCE_S)
        there.assert_works()


def test_a_long_silence_is_one_line_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO), booth(tmp_path) as there:
        there.board.set_fault(CabinetFault.SILENT)
        there.assert_lost(DeviceState.OFFLINE)
        there.counters.wait_for("cabinet.no_answer", 9)
        there.board.cure()
        there.next_online()
        lines = [record.getMessage() for record in caplog.records if "cabinet" in record.getMessage()]
        assert lines == [
            "cabinet is down: the cabinet's board gives no answer that can be understood",
            "cabinet is back",
        ]
        assert there.cabinet.status().error is not Errors.CABINET_LOST
