"""There is noise on the line, before and behind every answer, with false beginnings in it."""

from __future__ import annotations

from pathlib import Path

from drivers.cabinet.device import Door, DoorOpened
from drivers.cabinet.simulator import CabinetFault
from drivers.vocabulary import DeviceState
from tests.drivers.cabinet.booth import booth


def test_everything_goes_on_and_the_noise_is_counted(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        there.board.set_fault(CabinetFault.NOISE)
        there.assert_works()
        assert there.cabinet.status().state is DeviceState.ONLINE
        assert there.counters.figure("cabinet.noise_bytes") > 0
        assert there.counters.figure("cabinet.failures") == 0
        there.board.cure()
        there.assert_works()
        assert len(there.ears.all(DoorOpened)) == 2


def test_no_event_is_made_of_noise_alone(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        noise = bytes.fromhex("55AA01C20010") + bytes(range(256)) * 8
        there.board._do(lambda: there.board.send(noise))
        there.counters.wait_for("cabinet.noise_bytes", 2000)
        assert there.cabinet.status().door is Door.CLOSED
        assert not {"DoorOpened", "DoorClosed"} & set(there.ears.kinds())
        there.assert_works()
