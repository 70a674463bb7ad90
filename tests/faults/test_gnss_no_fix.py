"""The receiver sees no satellites, as in most halls: it is well, and it does not know where it is."""

from __future__ import annotations

from pathlib import Path

from drivers.gnss.device import FixState, GnssStatus, PositionFixed
from drivers.gnss.simulator import GnssFault
from drivers.vocabulary import DeviceState, StatusChanged
from tests.drivers.gnss.street import street


def has_no_fix(change: StatusChanged) -> bool:
    return isinstance(change.status, GnssStatus) and change.status.fix is FixState.NONE


def test_no_fix_is_no_fault_and_no_place(tmp_path: Path) -> None:
    with street(tmp_path) as there:
        there.simulator.set_fault(GnssFault.NO_FIX)
        blind = there.ears.next(StatusChanged, has_no_fix).status
        assert isinstance(blind, GnssStatus)
        assert (blind.state, blind.error) == (DeviceState.ONLINE, None)
        there.simulator.stand_at(-70.5, -33.25)
        there.simulator.cure()
        there.ears.next(StatusChanged, lambda change: not has_no_fix(change))
        there.ears.next(PositionFixed, lambda fix: fix.latitude < 0)
