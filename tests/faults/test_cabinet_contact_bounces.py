"""The contacts bounce: every change comes three times, back and forth."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.cabinet.device import (
    Door,
    DoorClosed,
    DoorOpened,
    Power,
    PowerChanged,
    Presence,
    PresenceChanged,
)
from drivers.cabinet.simulator import CabinetFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.cabinet.booth import booth


@pytest.mark.parametrize("presence", [Presence.NOT_PRESENT, Presence.PRESENT], ids=lambda fact: fact.value)
def test_a_door_that_bounces_was_opened_once_and_closed_once(tmp_path: Path, presence: Presence) -> None:
    with booth(tmp_path, settling_s=0.3) as there:
        there.board.sense(presence)
        there.board.set_fault(CabinetFault.BOUNCES)
        there.board.sense(Door.OPEN)
        there.next_error(Errors.CABINET_DOOR_OPEN)
        there.board.sense(Door.CLOSED)
        there.ears.next(DoorClosed)
        assert len(there.ears.all(DoorOpened)) == len(there.ears.all(DoorClosed)) == 1
        status = there.cabinet.status()
        assert (status.state, status.error, status.door) == (DeviceState.ONLINE, None, Door.CLOSED)
        there.board.cure()
        there.assert_works()


def test_nobody_comes_and_goes_three_times_and_the_mains_fails_once(tmp_path: Path) -> None:
    with booth(tmp_path, settling_s=0.3) as there:
        there.board.set_fault(CabinetFault.BOUNCES)
        there.board.sense(Presence.PRESENT, Power.BATTERY)
        assert there.ears.next(PowerChanged).power is Power.BATTERY
        there.board.sense(Presence.NOT_PRESENT, Power.MAINS)
        assert there.ears.next(PowerChanged).power is Power.MAINS
        assert [change.present for change in there.ears.all(PresenceChanged)] == [True, False]
        assert len(there.ears.all(PowerChanged)) == 2
