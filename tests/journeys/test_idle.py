"""Somebody has gone away, or only looks for her glasses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo import story
from demo.citizens import WANG
from demo.hall import Settings
from tests.journeys.halls import LIVELY, JourneyHall, eventually, opened_hall

SHORTEST: Settings = {**LIVELY, "session": {"warn_after_s": 20, "end_after_s": 40, "extension_s": 20}}


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[JourneyHall]:
    with opened_hall(tmp_path, SHORTEST, module="tests.journeys.hasty_terminal") as hall:
        yield hall


def test_it_asks_goes_on_for_whoever_answers_and_clears_what_is_left_of_whoever_does_not(
    hasty: JourneyHall,
) -> None:
    with hasty.visitor() as visit, hasty.nothing_raised():
        story.begin(visit, "养老待遇发放查询")
        visit.lays_down_card(WANG)
        visit.is_asked("查最近多久的？")
        visit.takes_card()
        (hasty.hall.terminal_root / "hurry").touch()

        visit.reads("还要继续吗？")
        visit.tap("继续办理")
        eventually(lambda: not visit.says("还要继续吗？"))
        assert visit.screen() == "question", "what she had done is still there"
        assert visit.says("王**，您好")

        visit.reads("还要继续吗？")
        visit.reads("您的信息已从本机清除")
        eventually(lambda: visit.screen() == "attract")
        assert not visit.says("王**")
        session = hasty.session_after(0)
    assert session["way_out"] == "idle"
    assert session["wipe_clean"]
