"""What answers is another thing: frames of the right form and no sense, or a version that is not ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.cabinet.simulator import CabinetFault
from drivers.vocabulary import DeviceState
from tests.drivers.cabinet.booth import booth


@pytest.mark.parametrize(
    "fault", [CabinetFault.NONSENSE, CabinetFault.OTHER_VERSION], ids=lambda fault: fault.value
)
def test_it_is_not_taken_for_a_cabinet(tmp_path: Path, fault: CabinetFault) -> None:
    with booth(tmp_path) as there:
        there.board.unplug()
        there.assert_lost(DeviceState.NO_DEVICE)
        there.board.set_fault(fault)
        there.board.plug_in()
        there.assert_lost(DeviceState.OFFLINE)
        there.counters.wait_for("cabinet.strange_answers", 3)
        assert there.cabinet.status().state is not DeviceState.ONLINE
        there.board.cure()
        there.next_online()
        there.assert_works()
