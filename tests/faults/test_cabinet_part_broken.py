"""A lamp or a sensor is broken, and the board says so."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

import pytest

from drivers.cabinet.device import (
    AmbientLight,
    Door,
    Light,
    LightSet,
    Position,
    Power,
    Presence,
    Tamper,
)
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.cabinet.booth import booth


def test_a_broken_lamp_is_an_error_and_never_done(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        there.board.break_light(Position.CARD_READER)
        assert there.shine(Position.CARD_READER, Light.STEADY) == LightSet(Errors.CABINET_PART_BROKEN)
        status = there.cabinet.status()
        assert status.lights[Position.CARD_READER] is Light.INOPERABLE
        assert (status.state, status.error) == (DeviceState.ONLINE, Errors.CABINET_PART_BROKEN)
        assert there.shine(Position.KEYPAD, Light.STEADY) == LightSet(None)  # the others go on
        there.board.break_light(Position.CARD_READER, Light.OFF)  # a new one
        there.next_error(None)
        assert there.shine(Position.CARD_READER, Light.STEADY) == LightSet(None)
        there.assert_works()


@pytest.mark.parametrize(
    ("broken", "well"),
    [
        (Door.INOPERABLE, Door.CLOSED),
        (Tamper.INOPERABLE, Tamper.NOT_SUPPORTED),
        (Presence.INOPERABLE, Presence.NOT_PRESENT),
        (AmbientLight.INOPERABLE, AmbientLight.MEDIUM),
        (Power.INOPERABLE, Power.MAINS),
    ],
    ids=lambda fact: type(fact).__name__,
)
def test_a_broken_sensor_is_said_and_nothing_is_made_of_it(tmp_path: Path, broken: Enum, well: Enum) -> None:
    with booth(tmp_path) as there:
        there.board.sense(broken)
        there.next_error(Errors.CABINET_PART_BROKEN)
        assert there.cabinet.status().state is DeviceState.ONLINE
        made = {"DoorOpened", "DoorClosed", "TamperRaised", "PresenceChanged", "PowerChanged"}
        assert not made & set(there.ears.kinds())
        there.board.sense(well)
        there.next_error(None)
        there.assert_works()
