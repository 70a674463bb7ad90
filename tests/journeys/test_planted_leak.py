"""Somebody has made a mistake: the terminal keeps what a person gave. The wipe finds it, and mends it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from demo import story
from demo.citizens import OUYANG, WANG
from demo.hall import Settings
from demo.lines import Lines
from demo.visit import Visit
from foundation.errors import Errors
from tests.journeys.carving import dump_of, found_in
from tests.journeys.halls import LIVELY, JourneyHall, eventually, opened_hall
from words import Words

NO_RESTART: Settings = {"machine": {"restart_command": "/bin/false"}}
"""The machine that the tests run on stays as it is."""
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
def leaky_hall(folder: Path, *defects: str, settings: Settings = NO_RESTART) -> Iterator[JourneyHall]:
    root = folder / "terminal"
    root.mkdir()
    for defect in defects:
        (root / defect).touch()
    with opened_hall(folder, {**LIVELY, **settings}, module="tests.journeys.leaky_terminal") as hall:
        yield hall


def in_memory(hall: JourneyHall, folder: Path) -> set[str]:
    """What of the person stands in the terminal's memory, by somebody else's search."""
    core = dump_of(hall.terminal.process_id, folder)
    try:
        return found_in(core, GIVEN)
    finally:
        core.unlink()  # it is large


def outcome_of(record: dict[str, Any], part: str) -> str:
    """What became of a part, as the record has it."""
    outcomes = {wiped["part"]: str(wiped["outcome"]) for wiped in record["wiped"]}
    return outcomes[part]


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
    eventually(lambda: leaky.log().count("first frame") == 2)
    assert "the process is replaced, because a wipe was not clean" in leaky.log()
    assert leaky.terminal.is_running(), "the same process, another program"
    eventually(lambda: is_back(leaky))
    found = leaky.session_after(0)
    assert not found["wipe_clean"]
    assert found["wipe_copies_found"] >= 1
    assert found["wipe_needles"] >= 1
    assert outcome_of(found, "memory") == "failed"
    assert (found["remedy"], found["remedy_copies_found"]) == ("process_replaced", 0), "looked for once more"
    assert in_memory(leaky, tmp_path) == set(), "the leak is gone"

    with leaky.visitor() as visit:
        sign_in_and_leave(visit)
        visit.reads("您的信息已从本机清除")
        after = leaky.session_after(1)
    assert after["wipe_clean"], "without the leak nothing is found"
    assert after["wipe_needles"] == found["wipe_needles"], "and as much was looked for"
    assert after["wipe_copies_found"] == 0
    assert leaky.log().count("first frame") == 2


def test_a_terminal_that_can_neither_replace_its_process_nor_restart_the_machine_serves_nobody_any_more(
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
    left = stuck.session_after(0)
    assert (left["wipe_clean"], left["remedy"]) == (False, "out_of_service")
    assert "the process could not be replaced" in stuck.log()
    assert "the machine could not be asked to restart" in stuck.log()
    assert in_memory(stuck, tmp_path) == GIVEN.keys(), "it is still there, and nobody is let near it"
    eventually(lambda: stuck.figures()["state"] == "fault")


def test_a_process_that_cannot_be_replaced_has_the_machine_restarted_and_the_next_boot_tells(
    tmp_path: Path,
) -> None:
    asked = tmp_path / "asked"
    restart: Settings = {"machine": {"restart_command": f"touch {asked}"}}
    with leaky_hall(tmp_path, "leak", "stuck", settings=restart) as hall:
        with hall.visitor() as visit:
            sign_in_and_leave(visit)
            visit.sees("out_of_service")
            visit.reads("本机正在重新启动")
        assert asked.exists()
        assert not hall.sessions(), "it is told when it is known what came of it"
        hall.dies(signal.SIGTERM)  # as a machine that goes down ends its programs
        told = hall.session_after(0)
        assert (told["wipe_clean"], told["remedy"]) == (False, "process_ended"), "it is the same boot here"
        assert in_memory(hall, tmp_path) == set()


def test_a_terminal_that_is_told_to_end_meanwhile_ends(leaky: JourneyHall) -> None:
    with leaky.visitor() as visit:
        sign_in_and_leave(visit)
        visit.sees("farewell")
    leaky.terminal.end()
    assert "ended in good order" in leaky.log()
    assert "the process is replaced" not in leaky.log(), "with the process goes all of its memory"
    assert leaky.log().count("first frame") == 1
