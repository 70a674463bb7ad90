"""Between walls of glass every third fix is a kilometre away: no alarm says that the terminal was moved."""

from __future__ import annotations

from pathlib import Path

from contract.sets import Drift
from drivers.gnss.device import PositionFixed
from drivers.gnss.simulator import WUCHANG, GnssFault
from tests.drivers.gnss.street import street
from tests.kiosk_app.operations.test_drift import a_position_at, a_watch


def test_fixes_that_jump_move_nobody(tmp_path: Path) -> None:
    with street(tmp_path) as there, a_watch(tmp_path, a_position_at(*WUCHANG)) as watching:
        there.simulator.set_fault(GnssFault.JUMPS)
        far = 0
        for _ in range(90):
            fixed = there.ears.next(PositionFixed)
            far += abs(fixed.latitude - WUCHANG[1]) > 0.005
            watching.fixed(fixed.longitude, fixed.latitude)
        assert far > 10, "it jumped"
        assert watching.watch.report().state is Drift.WITHIN
        assert not watching.is_alarm()
