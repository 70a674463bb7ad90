"""A cabinet in a booth: the driver, the simulated board on the other end of a real pty, and ears."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from drivers.cabinet import cabinet as cabinet_module
from drivers.cabinet import conversation as conversation_module
from drivers.cabinet.cabinet import Cabinet
from drivers.cabinet.device import (
    CabinetStatus,
    Door,
    DoorClosed,
    Light,
    LightSet,
    Position,
    Presence,
    all_lights,
)
from drivers.cabinet.simulator import CabinetSimulator
from drivers.vocabulary import DeviceState, StatusChanged
from foundation.clock import SystemClock
from foundation.errors import ErrorCode, Errors
from tests.drivers.listening import PATIENCE_S, AudibleCounters, Ears, make_quick


@dataclass
class Booth:
    """What a test has in its hands."""

    board: CabinetSimulator
    cabinet: Cabinet
    ears: Ears
    counters: AudibleCounters

    def next_online(self) -> CabinetStatus:
        """Waits until it is back; the status."""
        self.ears.next_state(DeviceState.ONLINE)
        return self.cabinet.status()

    def shine(self, position: Position, light: Light) -> object:
        """The outcome of telling a light what to do."""
        return self.cabinet.set_light(position, light).result(PATIENCE_S)

    def next_error(self, error: ErrorCode | None) -> CabinetStatus:
        """Waits for a status with that error."""
        change = self.ears.next(StatusChanged, lambda change: change.status.error is error)
        assert isinstance(change.status, CabinetStatus)
        return change.status

    def assert_lost(self, state: DeviceState) -> None:
        """Waits until it is lost in that way: nothing is known any more, and nothing is shown as well."""
        assert self.ears.next_state(state).error is Errors.CABINET_LOST
        status = self.cabinet.status()
        if status.error is Errors.CABINET_LOST:  # and has not come back since
            assert (status.door, status.presence) == (Door.UNKNOWN, Presence.UNKNOWN)
            assert dict(status.lights) == all_lights(Light.UNKNOWN)

    def close_door(self) -> None:
        """Closes the door and waits until that is a fact."""
        was_open = self.cabinet.status().door is Door.OPEN
        self.board.sense(Door.CLOSED)
        if was_open:
            self.ears.next(DoorClosed)

    def assert_works(self) -> None:
        """Sees a door open and close, and turns a light on and off."""
        for light in (Light.STEADY, Light.OFF):
            assert self.shine(Position.KEYPAD, light) == LightSet(None)
            assert self.board.state().lights[Position.KEYPAD] is light
        self.board.sense(Door.OPEN)
        self.next_error(Errors.CABINET_DOOR_OPEN)
        self.board.sense(Door.CLOSED)
        self.next_error(None)


@contextmanager
def booth(folder: Path, *, watchdog_s: float = 3.0, settling_s: float = 0.05) -> Iterator[Booth]:
    """A cabinet that is online, in quick time."""
    ears, counters = Ears(), AudibleCounters()
    board = CabinetSimulator(link=folder / "cabinet", watchdog_s=watchdog_s)
    board.start()
    quick: dict[str, Any] = {
        "_LOOK_INTERVAL_S": 0.1,
        "_LISTEN_S": 0.01,
        "_CLOSED_AFTER_S": settling_s,
        "_GONE_AFTER_S": settling_s,
        "_LIGHT_AFTER_S": settling_s,
    }
    with (
        patch.multiple(cabinet_module, **quick),
        patch.object(conversation_module, "_PATIENCE_S", 0.2),
    ):
        cabinet = Cabinet(board.address, SystemClock(), counters, ears)
        make_quick(cabinet)
        cabinet.start()
        try:
            there = Booth(board, cabinet, ears, counters)
            there.next_online()
            yield there
        finally:
            assert cabinet.stop()
            board.stop()
