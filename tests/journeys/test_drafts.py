"""A form that was begun waits for its person, after idleness and a kill; the disk shows it to nobody."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo import story
from demo.citizens import CHEN, WANG, Citizen
from demo.visit import Visit
from tests.journeys.carving import found_below
from tests.journeys.halls import JourneyHall, eventually, opened_hall
from tests.journeys.places import SHORTEST

MATTER, OFFER = "残疾人两项补贴申领", "上次填到一半，接着填吗？"
ENDED = {"idle", "crash", "cancelled", "done"}
"""How each of the four sessions ends."""


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[JourneyHall]:
    with opened_hall(tmp_path, SHORTEST, module="tests.journeys.hasty_terminal") as hall:
        yield hall


def signs_in(visit: Visit, citizen: Citizen) -> None:
    story.begin(visit, MATTER)
    visit.lays_down_card(citizen)


def fills_in(visit: Visit, citizen: Citizen) -> None:
    """Everything but the hand-in."""
    visit.is_asked("从证照库调取残疾人证")
    visit.takes_card()
    visit.tap("由主管部门核对")
    visit.is_asked("申领哪一项？可以都选。")
    visit.tap("重度残疾人护理补贴")
    visit.tap("下一步")
    visit.tap("别的账户")
    visit.is_asked("有事打哪个手机？")
    visit.type(citizen.mobile)
    visit.tap("下一步")
    visit.sees("check")


def leaves(visit: Visit) -> None:
    visit.tap("结束办理")
    visit.tap("我拿好了")
    visit.sees("attract")


def is_nowhere_below(root: Path, citizen: Citizen) -> None:
    given = {name: getattr(citizen, name) for name in ("name", "number", "address", "mobile")}
    assert found_below([root], given) == {}


def loses_power(hall: JourneyHall) -> None:
    os.kill(hall.terminal.process_id, signal.SIGKILL)
    eventually(lambda: not hall.terminal.is_running())
    hall.hall.screen_socket.unlink()


@pytest.mark.timeout(120)
def test_she_goes_on_where_she_was_and_nobody_else_sees_that_she_had_begun(hasty: JourneyHall) -> None:
    hall, root = hasty, hasty.hall.terminal_root
    with hall.visitor() as visit, hall.nothing_raised():
        signs_in(visit, WANG)
        fills_in(visit, WANG)
        (root / "hurry").touch()
        visit.reads("还要继续吗？")
        visit.reads("除了没填完的，都已从本机清除")
        (root / "hurry").unlink()
        assert visit.says("没填完的加密留在本机到")
        assert hall.session_after(0)["wipe_clean"]

        signs_in(visit, WANG)
        visit.is_asked(OFFER)
        visit.takes_card()
        visit.tap("接着上次填")
        visit.is_asked("从证照库调取残疾人证")
    loses_power(hall)  # in mid-form
    is_nowhere_below(root, WANG)

    hall.terminal = hall.hall.start_terminal()  # where time runs as everywhere
    with hall.visitor() as visit, hall.nothing_raised():
        signs_in(visit, CHEN)
        visit.is_asked("从证照库调取残疾人证")
        visit.takes_card()
        leaves(visit)

        signs_in(visit, WANG)
        visit.is_asked(OFFER)
        visit.takes_card()
        assert visit.says("重度残疾人护理补贴")
        assert visit.says("138****0126")
        visit.tap("接着上次填")
        visit.is_asked("从证照库调取残疾人证")
        visit.tap("由主管部门核对")
        story.hand_in(visit, "提交申领")
        visit.sees("result")
        visit.reads("已提交")
        story.rate_and_leave(visit, "满意", "可以使用自助机办理")
        visit.sees("attract")
    eventually(lambda: len(hall.sessions()) == len(ENDED))
    assert {session["way_out"] for session in hall.sessions()} == ENDED
    assert all(session["wipe_clean"] for session in hall.sessions())
