"""Somebody has made a mistake: the terminal keeps what a person gave. The wipe finds it, and mends it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from demo import story
from demo.citizens import OUYANG, WANG
from demo.lines import Lines
from demo.visit import Visit
from foundation.errors import Errors
from tests.journeys.carving import dump_of, found_in
from tests.journeys.halls import JourneyHall, eventually, opened_hall
from words import Words

GIVEN = {name: getattr(WANG, name) for name in ("name", "number", "address")}


@pytest.fixture
def leaky(tmp_path: Path) -> Iterator[JourneyHall]:
    with leaky_hall(tmp_path, "leak") as hall:
        yield hall


@pytest.fixture
def stuck(tmp_path: Path) -> Iterator[JourneyHall]:
    with leaky_hall(tmp_path, "leak", "stuck") as hall:
        yield hall


@contextmanager
def leaky_hall(folder: Path, *defects: str) -> Iterator[JourneyHall]:
    root = folder / "terminal"
    root.mkdir()
    for defect in defects:
        (root / defect).touch()
    with opened_hall(folder, module="tests.journeys.leaky_terminal") as hall:
        yield hall


def in_memory(hall: JourneyHall, folder: Path) -> set[str]:
    """What of the person stands in the terminal's memory, by somebody else's search."""
    core = dump_of(hall.terminal.process_id, folder)
    try:
        return found_in(core, GIVEN)
    finally:
        core.unlink()  # it is large


def sign_in_and_leave(visit: Visit) -> None:
    story.begin(visit, "养老待遇发放查询")
    visit.lays_down_card(WANG)
    visit.is_asked("查最近多久的？")
    visit.takes_card()
    visit.tap("结束办理")


def is_back(hall: JourneyHall) -> bool:
    """Whether the terminal shows its resting screen again; its socket goes and comes with the process."""
    try:
        screen = Lines(hall.hall.screen_socket)
    except OSError:
        return False
    try:
        return bool(screen.ask(do="screen")["screen"] == "attract")
    except (OSError, ValueError):
        return False
    finally:
        screen.close()


def test_a_leak_is_found_told_to_the_province_and_ends_with_a_new_process(
    leaky: JourneyHall, tmp_path: Path
) -> None:
    with leaky.visitor() as visit:
        sign_in_and_leave(visit)
        found = leaky.session_after(0)
    assert not found["wipe_clean"]
    assert found["wipe_copies_found"] >= 1
    assert found["wipe_needles"] >= 1

    eventually(lambda: leaky.log().count("first frame") == 2)
    assert "the process is replaced, because a wipe was not clean" in leaky.log()
    assert leaky.terminal.is_running(), "the same process, another program"
    eventually(lambda: is_back(leaky))
    assert in_memory(leaky, tmp_path) == set(), "the leak is gone"

    with leaky.visitor() as visit:
        sign_in_and_leave(visit)
        visit.reads("您的信息已从本机清除")
        after = leaky.session_after(1)
    assert after["wipe_clean"], "without the leak nothing is found"
    assert after["wipe_needles"] == found["wipe_needles"], "and as much was looked for"
    assert after["wipe_copies_found"] == 0
    assert leaky.log().count("first frame") == 2


def test_a_terminal_that_cannot_replace_its_process_serves_nobody_any_more(
    stuck: JourneyHall, tmp_path: Path
) -> None:
    with stuck.visitor() as visit:
        sign_in_and_leave(visit)
        visit.sees("out_of_service")
        visit.reads(Words("zh").say(f"error.{Errors.WIPE_REPLACEMENT_FAILED.code}"))
        visit.lays_down_card(OUYANG)
        visit.takes_card()
        assert not visit.tries("触摸屏幕开始")
        assert visit.screen() == "out_of_service"
    assert not stuck.session_after(0)["wipe_clean"]
    assert "the process could not be replaced" in stuck.log()
    assert in_memory(stuck, tmp_path) == GIVEN.keys(), "it is still there, and nobody is let near it"
    eventually(lambda: stuck.figures()["state"] == "fault")


def test_a_terminal_that_is_told_to_end_meanwhile_ends(leaky: JourneyHall) -> None:
    with leaky.visitor() as visit:
        sign_in_and_leave(visit)
        visit.sees("farewell")
    leaky.terminal.end()
    assert "ended in good order" in leaky.log()
    assert "the process is replaced" not in leaky.log(), "with the process goes all of its memory"
    assert leaky.log().count("first frame") == 1
