"""The province's commands reach the program that serves people, screens and all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from province_platform.__main__ import main
from tests.journeys.halls import JourneyHall, eventually, opened_hall


def answered(hall: JourneyHall, verb: str) -> str:
    """Gives a command as an operator types it; its outcome."""
    known = len(hall.console.summary()["commands"])
    terminal_id = hall.figures()["terminal_id"]
    assert main(["command", "--root", str(hall.hall.platform_root), terminal_id, verb]) == 0

    def outcome() -> Any:
        commands = hall.console.summary()["commands"]
        return len(commands) > known and commands[0]["outcome"]

    return str(eventually(outcome))


def test_a_program_that_is_told_to_begin_again_does_and_says_so(tmp_path: Path) -> None:
    with opened_hall(tmp_path) as hall:
        assert answered(hall, "test_print") == "done"
        with hall.nothing_raised():
            assert answered(hall, "restart") == "done"
        with hall.visitor() as visit:
            visit.sees("attract")
        assert hall.terminal.is_running()
        assert hall.log().count("first frame") == 2
