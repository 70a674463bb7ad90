"""按住听 at a whole terminal: what is held is sound, aloud while it is for everybody, else in the headset."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo import story
from demo.citizens import WANG
from demo.hall import WELL_FITTED
from demo.visit import Visit
from tests.journeys.halls import JourneyHall, eventually, opened_hall


@pytest.fixture
def well_fitted(tmp_path: Path) -> Iterator[JourneyHall]:
    with opened_hall(tmp_path, fitted=WELL_FITTED) as hall:
        yield hall


def sounds(hall: JourneyHall) -> int:
    """How many sounds have come out of the terminal."""
    return len(list((hall.hall.devices / "speech").glob("*.wav")))


def heard_of(visit: Visit, words: str) -> str:
    """What was read when a finger rested on these words."""
    visit.hears()
    visit.holds(words)
    return eventually(lambda: next((sentence for sentence in visit.hears()), ""))


def test_a_villager_without_a_headset_holds_lines_and_presses_nothing_by_it(
    well_fitted: JourneyHall,
) -> None:
    with well_fitted.visitor() as visit, well_fitted.nothing_raised():
        visit.sees("attract")
        visit.tap("触摸屏幕开始")
        visit.sees("home")
        visit.reads("按住任何一行")
        before = sounds(well_fitted)
        assert heard_of(visit, "高龄津贴申领").startswith("高龄津贴申领")
        eventually(lambda: sounds(well_fitted) > before)
        assert visit.screen() == "home", "a finger that rests presses nothing"
        story.choose(visit, "高龄津贴申领")
        visit.lays_down_card(WANG)
        visit.sees("question")
        assert heard_of(visit, "您好") == "请插上耳机听这一条。"
        visit.plugs_headset_in()
        eventually(lambda: any("户口簿" in sentence for sentence in visit.hears()))
        assert "您好" in heard_of(visit, "您好")
        visit.takes_card()
        visit.tap("结束办理")
        visit.reads("您的信息已从本机清除")
        visit.pulls_headset_out()
