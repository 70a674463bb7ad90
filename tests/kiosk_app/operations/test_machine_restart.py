"""The machine is started anew when it has to be, once in an hour, and the next start knows why."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from foundation.errors import Errors
from kiosk_app.operations.machine_restart import MachineRestart
from tests.fakes.clock import ManualClock

BOOT, NEXT_BOOT = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"


class Machine:
    """A machine that counts how often it was asked."""

    def __init__(self, folder: Path) -> None:
        self.clock = ManualClock()
        self.note = folder / "restart.json"
        self._asked = folder / "asked"
        self._asked.touch()

    def restart(self, boot: str = BOOT, command: str = "") -> MachineRestart:
        return MachineRestart(command or f"sh -c 'echo once >> {self._asked}'", self.note, self.clock, boot)

    @property
    def times_asked(self) -> int:
        return len(self._asked.read_text(encoding="ascii").splitlines())


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_it_is_asked_once_in_an_hour_over_every_start(machine: Machine) -> None:
    assert machine.restart().ask(Errors.WIPE_NOT_CLEAN)
    for boot in (BOOT, NEXT_BOOT):
        machine.clock.advance(1799)
        assert not machine.restart(boot).ask(Errors.WIPE_NOT_CLEAN), "never in a loop"
    assert machine.times_asked == 1
    machine.clock.advance(2)
    assert machine.restart(NEXT_BOOT).ask(Errors.WIPE_NOT_CLEAN)
    assert machine.times_asked == 2


def test_a_clock_that_went_back_makes_no_loop_either(machine: Machine) -> None:
    assert machine.restart().ask(Errors.WIPE_NOT_CLEAN)
    machine.clock.step_wall_clock(-3 * 3600)
    assert not machine.restart(NEXT_BOOT).ask(Errors.WIPE_NOT_CLEAN)


@pytest.mark.parametrize("command", ["false", "/nowhere/restart"])
def test_a_machine_that_refuses_is_not_said_to_restart(machine: Machine, command: str) -> None:
    assert not machine.restart(command=command).ask(Errors.WIPE_NOT_CLEAN)


def test_without_a_command_nobody_is_asked_and_nothing_is_noted(machine: Machine) -> None:
    restart = MachineRestart("", machine.note, machine.clock, BOOT)
    assert not restart.ask(Errors.WIPE_NOT_CLEAN)
    assert not machine.note.exists()


def test_what_cannot_be_noted_is_not_done(machine: Machine, tmp_path: Path) -> None:
    machine.note = tmp_path / "asked" / "a file is no folder"
    assert not machine.restart().ask(Errors.WIPE_NOT_CLEAN)
    assert machine.times_asked == 0


def test_the_next_boot_says_why(machine: Machine, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    machine.restart().ask(Errors.WIPE_NOT_CLEAN)
    machine.restart().say_why()
    assert "because of WIPE-001" not in caplog.text, "it has not been down yet"
    machine.restart(NEXT_BOOT).say_why()
    assert "because of WIPE-001" in caplog.text


def test_a_note_that_cannot_be_read_counts_as_none(machine: Machine) -> None:
    machine.note.write_bytes(b"half a no")
    assert machine.restart().ask(Errors.WIPE_NOT_CLEAN)
