"""The province's commands reach the program that serves people, screens and all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy

from demo import story
from demo.citizens import WANG
from demo.visit import Visit
from province_platform.__main__ import main
from tests.journeys.carving import found_in
from tests.journeys.halls import JourneyHall, eventually, opened_hall

DIFFERENT = 40
"""Of 255: more than a JPEG makes of a page, less than what is written makes of paper."""


def answered(hall: JourneyHall, verb: str) -> str:
    """Gives a command as an operator types it; its outcome."""
    known = len(hall.console.summary()["commands"])
    terminal_id = hall.figures()["terminal_id"]
    assert main(["command", "--root", str(hall.hall.platform_root), terminal_id, verb]) == 0

    def outcome() -> Any:
        commands = hall.console.summary()["commands"]
        return len(commands) > known and commands[0]["outcome"]

    return str(eventually(outcome))


def test_the_province_looks_at_the_screen_and_sees_nothing_of_the_person_who_reads_that_it_looked(
    hall: JourneyHall, visit: Visit, tmp_path: Path
) -> None:
    with hall.nothing_raised():
        story.begin(visit, "高龄津贴申领")
        visit.lays_down_card(WANG)
        visit.is_asked("从证照库调取户口簿")
        assert answered(hall, "screenshot") == "done"
        (command, *_) = hall.console.summary()["commands"]
        picture = tmp_path / "picture.jpg"
        picture.write_bytes(hall.console.picture(command["command_id"]))
        visit.finds("远程看过，不含您的信息")
        visit.photographs(tmp_path / "screen.png")
        seen, shown = cv2.imread(str(picture)), cv2.imread(str(tmp_path / "screen.png"))
        assert seen is not None
        assert shown is not None
        assert seen.shape == (1280, 720, 3)
        shown = cv2.resize(shown, (720, 1280), interpolation=cv2.INTER_AREA)
        alike = numpy.abs(seen.astype(int) - shown.astype(int)).max(axis=2) < DIFFERENT
        assert 0.8 < alike.mean() < 1.0, "the same page, but for what is hers"
        given = {name: getattr(WANG, name) for name in ("name", "number", "address")}
        assert found_in(picture, given) == set()
        visit.takes_card()
        visit.tap("结束办理")
        visit.reads("您的信息已从本机清除")


def test_a_program_that_is_told_to_begin_again_does_and_says_so(tmp_path: Path) -> None:
    with opened_hall(tmp_path) as hall:
        assert answered(hall, "test_print") == "done"
        with hall.nothing_raised():
            assert answered(hall, "restart") == "done"
        with hall.visitor() as visit:
            visit.sees("attract")
        assert hall.terminal.is_running()
        assert hall.log().count("first frame") == 2
