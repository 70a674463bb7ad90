from __future__ import annotations

from pathlib import Path

import pytest

from drivers.cabinet.device import (
    AmbientLight,
    CabinetStatus,
    Clearing,
    Door,
    DoorClosed,
    DoorOpened,
    Light,
    LightChanged,
    LightSet,
    Position,
    Power,
    PowerChanged,
    Presence,
    PresenceChanged,
    Tamper,
    TamperCleared,
    TamperRaised,
)
from drivers.vocabulary import DeviceLost, DeviceState, StatusChanged
from foundation.errors import Errors
from tests.drivers.cabinet.booth import booth
from tests.drivers.listening import PATIENCE_S


def test_the_status_starts_unknown_and_is_what_the_board_says(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        starting = there.ears.all(StatusChanged)[0].status
        assert isinstance(starting, CabinetStatus)
        assert (starting.state, starting.door, starting.power) == (
            DeviceState.STARTING,
            Door.UNKNOWN,
            Power.UNKNOWN,
        )
        status = there.cabinet.status()
        assert (status.state, status.error, status.simulated) == (DeviceState.ONLINE, None, True)
        assert (status.door, status.tamper, status.presence) == (
            Door.CLOSED,
            Tamper.OFF,
            Presence.NOT_PRESENT,
        )
        assert (status.ambient_light, status.power) == (AmbientLight.MEDIUM, Power.MAINS)
        assert set(status.lights.values()) == {Light.OFF}
        there.ears.next(LightChanged, lambda change: change.level is AmbientLight.MEDIUM)


def test_what_it_has_is_known_when_it_has_answered(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        capabilities = there.cabinet.capabilities()
        assert capabilities is not None
        assert capabilities.door
        assert capabilities.emergency_power
        assert capabilities.lights == set(Position)
        assert (capabilities.serial_number, capabilities.watchdog_s) == ("SIM-CABINET-1", 3.0)


def test_what_is_not_fitted_is_not_supported_and_no_fault(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        there.board.break_light(Position.HEADSET, Light.NOT_SUPPORTED)
        there.board.sense(AmbientLight.NOT_SUPPORTED, Power.NOT_SUPPORTED, Tamper.NOT_SUPPORTED)
        there.board.restart()
        there.counters.wait_for("cabinet.restarts")
        assert there.shine(Position.HEADSET, Light.STEADY) == LightSet(None, fitted=False)
        status, capabilities = there.cabinet.status(), there.cabinet.capabilities()
        assert status.error is None
        assert status.lights[Position.HEADSET] is Light.NOT_SUPPORTED
        assert capabilities is not None
        fitted = (capabilities.tamper, capabilities.emergency_power, capabilities.ambient_light)
        assert fitted == (False, False, False)
        assert capabilities.lights == set(Position) - {Position.HEADSET}
        assert there.cabinet.clear_tamper().result(PATIENCE_S) is Clearing.NOT_SUPPORTED


def test_a_door_that_opens_is_told_at_once_and_one_that_bounces_once(tmp_path: Path) -> None:
    with booth(tmp_path, settling_s=0.4) as there:
        for door in (Door.OPEN, Door.CLOSED, Door.OPEN, Door.CLOSED, Door.OPEN, Door.CLOSED):
            there.board.sense(door)
        there.ears.next(DoorOpened)
        assert there.cabinet.status().error is Errors.CABINET_DOOR_OPEN
        there.ears.next(DoorClosed)
        assert there.cabinet.status().error is None
        assert len(there.ears.all(DoorOpened)) == len(there.ears.all(DoorClosed)) == 1


def test_somebody_comes_and_goes(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        there.board.sense(Presence.PRESENT)
        assert there.ears.next(PresenceChanged).present
        there.board.sense(Presence.NOT_PRESENT)
        assert not there.ears.next(PresenceChanged).present


def test_it_grows_dark(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        there.board.sense(AmbientLight.VERY_DARK)
        there.ears.next(LightChanged, lambda change: change.level is AmbientLight.VERY_DARK)
        assert there.cabinet.status().ambient_light is AmbientLight.VERY_DARK


def test_the_power_fails_and_the_minutes_only_go_down_until_it_is_back(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        there.board.sense(Power.BATTERY)
        assert there.ears.next(PowerChanged) == PowerChanged(Power.BATTERY, None)
        assert there.cabinet.status().error is Errors.CABINET_ON_BATTERY
        for minutes, shown in ((40, 40), (42, 40), (39, 39)):
            there.board.set_minutes_left(minutes)
            there.board.sense(Presence.PRESENT if minutes % 2 else Presence.NOT_PRESENT)
            assert there.shine(Position.CAMERA, Light.OFF) == LightSet(None)  # a question later
            assert there.cabinet.status().minutes_left == shown
        there.board.sense(Power.BATTERY_LOW)
        assert there.ears.next(PowerChanged) == PowerChanged(Power.BATTERY_LOW, 39)
        there.board.sense(Power.MAINS)
        assert there.ears.next(PowerChanged) == PowerChanged(Power.MAINS, None)
        assert there.cabinet.status().error is None


def test_tampering_is_remembered_until_it_is_cleared_by_somebody_who_has_seen_to_it(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        there.board.sense(Tamper.ON)
        there.ears.next(TamperRaised)
        assert there.cabinet.clear_tamper().result(PATIENCE_S) is Clearing.STILL_OPEN
        there.board.sense(Tamper.OFF)
        there.board.unplug()
        there.ears.next_state(DeviceState.NO_DEVICE)
        there.board.plug_in()
        there.next_online()
        status = there.cabinet.status()
        assert (status.tamper, status.error) == (Tamper.ON, Errors.CABINET_TAMPERED)
        assert there.cabinet.clear_tamper().result(PATIENCE_S) is Clearing.CLEARED
        there.ears.next(TamperCleared)
        assert len(there.ears.all(TamperRaised)) == 1
        assert there.cabinet.status().error is None


def test_the_worst_is_what_the_status_says(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        there.board.break_light(Position.CAMERA)
        there.next_error(Errors.CABINET_PART_BROKEN)
        there.board.sense(Power.BATTERY)
        there.next_error(Errors.CABINET_ON_BATTERY)
        there.board.sense(Door.OPEN)
        there.next_error(Errors.CABINET_DOOR_OPEN)
        there.board.sense(Tamper.ON)
        there.next_error(Errors.CABINET_TAMPERED)


def test_a_light_does_what_it_is_told_and_the_board_says_so(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        for position in Position:
            for light in (Light.SLOW_FLASH, Light.STEADY, Light.OFF):
                assert there.shine(position, light) == LightSet(None)
                assert there.board.state().lights[position] is light
                assert there.cabinet.status().lights[position] is light
        with pytest.raises(ValueError, match="cannot be told to be inoperable"):
            there.cabinet.set_light(Position.CAMERA, Light.INOPERABLE)


def test_lights_go_out_when_the_host_is_gone_and_come_back_as_they_were_asked_for(tmp_path: Path) -> None:
    with booth(tmp_path, watchdog_s=0.5) as there:
        assert there.shine(Position.CARD_READER, Light.SLOW_FLASH) == LightSet(None)
        there.board.unplug()
        there.assert_lost(DeviceState.NO_DEVICE)
        assert there.board.wait_for_light(Position.CARD_READER, Light.OFF, PATIENCE_S)
        lost = there.shine(Position.CODE_SCANNER, Light.STEADY)
        assert lost == DeviceLost(Errors.CABINET_LOST, begun=False)
        there.board.plug_in()
        there.next_online()
        assert there.board.wait_for_light(Position.CARD_READER, Light.SLOW_FLASH, PATIENCE_S)
        assert there.board.wait_for_light(Position.CODE_SCANNER, Light.STEADY, PATIENCE_S)


def test_the_watchdog_turns_lights_off_when_the_driver_is_stopped(tmp_path: Path) -> None:
    with booth(tmp_path, watchdog_s=0.5) as there:
        assert there.shine(Position.CAMERA, Light.STEADY) == LightSet(None)
        assert there.cabinet.stop()
        assert there.board.wait_for_light(Position.CAMERA, Light.OFF, PATIENCE_S)


def test_what_was_found_at_the_start_is_told(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        there.board.unplug()
        there.assert_lost(DeviceState.NO_DEVICE)
        there.board.sense(Door.OPEN, Presence.PRESENT, Power.BATTERY_LOW)
        there.board.plug_in()
        there.ears.next(DoorOpened)
        assert there.ears.next(PresenceChanged).present
        assert there.ears.next(PowerChanged) == PowerChanged(Power.BATTERY_LOW, None)
        there.board.restart()
        there.counters.wait_for("cabinet.restarts")
        assert there.shine(Position.CAMERA, Light.STEADY) == LightSet(None)
        assert len(there.ears.all(DoorOpened)) == 1  # it is the same opening
