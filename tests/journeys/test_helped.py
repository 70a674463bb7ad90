"""替别人办 with real taps and two cards: agreed to on a page of its own, and nothing of either stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from demo import story
from demo.citizens import CHEN, OUYANG, WANG, Citizen
from demo.visit import Visit
from tests.journeys.halls import LIVELY, JourneyHall, eventually
from tests.journeys.places import Place, opened_place

pytestmark = pytest.mark.timeout(150)  # a whole way through real processes, on a machine that is busy

MATTER = "高龄津贴申领"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    settings = {**LIVELY, "session": {"warn_after_s": 20, "end_after_s": 40}}
    with opened_place(tmp_path_factory.mktemp("hall"), settings) as place:
        yield place


@pytest.fixture
def hall(place: Place) -> Iterator[JourneyHall]:
    yield place.hall
    (place.hall.hall.terminal_root / "hurry").unlink(missing_ok=True)
    place.hall.tidy()


@pytest.fixture
def visit(hall: JourneyHall) -> Iterator[Visit]:
    with hall.visitor() as visit:
        yield visit


def begins_for_another(visit: Visit, as_whom: str) -> None:
    visit.sees("attract")
    visit.tap("触摸屏幕开始")
    visit.sees("home")
    visit.tap(MATTER)
    visit.sees("guide")
    visit.tap("替别人办")
    visit.sees("helping")
    visit.tap(as_whom)
    visit.sees("notice")
    visit.tap("同意，继续")
    visit.reads("先核对帮办人自己的身份")


def helper_signs_in(visit: Visit, helper: Citizen) -> None:
    visit.lays_down_card(helper)
    visit.reads("再核对本人的身份")
    visit.reads("请帮办人先收好自己的卡，再请本人放卡。")
    visit.takes_card()
    visit.reads("请本人放身份证，或用本人的手机。")


def given(*people: Citizen) -> dict[str, str]:
    return {
        f"{each.person_id} {name}": getattr(each, name)
        for each in people
        for name in ("name", "number", "address")
    }


def test_a_neighbour_hands_in_for_her_and_of_neither_anything_stays(place: Place, visit: Visit) -> None:
    hall = place.hall
    arrived, ended = len(hall.console.events("case")), len(hall.sessions())
    with hall.nothing_raised():
        begins_for_another(visit, "我替邻居办")
        helper_signs_in(visit, CHEN)
        visit.lays_down_card(WANG)
        visit.sees("agreement")
        visit.reads("陈**（邻居）")
        visit.reads("王**")
        visit.tap("同意，继续")
        visit.reads("陈**替王**办")
        story.fill_in_allowance(visit, "由主管部门核对")
        case = eventually(lambda: hall.console.events("case")[: -arrived or None])[0]["data"]
        visit.takes_card()
        visit.tap("结束办理")
        visit.reads("您的信息已从本机清除")
        record = hall.session_after(ended)
        visit.tap("我拿好了")
        visit.sees("attract")
    assert (case["relation"], bool(case["relation_proof"])) == ("neighbour", True)
    assert case["actor"]["subject_ref"] != case["subject"]["subject_ref"]
    assert (record["wipe_clean"], record["wipe_copies_found"]) == (True, 0)
    assert place.found_in_memory(given(CHEN, WANG)) == set()
    assert place.found_on_disk(given(CHEN, WANG)) == {}


def test_the_wrong_cards_are_told_apart_and_a_relation_nobody_knows_ends_politely(
    hall: JourneyHall, visit: Visit
) -> None:
    with hall.nothing_raised():
        begins_for_another(visit, "我替家里人办")
        helper_signs_in(visit, OUYANG)
        visit.lays_down_card(OUYANG)
        visit.reads("这还是帮办人自己的身份。")
        visit.takes_card()
        visit.lays_down_card(WANG)
        visit.sees("agreement")
        visit.tap("同意，继续")
        visit.reads("省里没有查到这层关系的登记。")
        visit.tap("不同意")
        visit.sees("guide")


def test_the_line_is_lost_at_the_agreement_and_comes_back(hall: JourneyHall, visit: Visit) -> None:
    with hall.nothing_raised():
        begins_for_another(visit, "我是帮办员")
        helper_signs_in(visit, OUYANG)
        visit.lays_down_card(WANG)
        visit.sees("agreement")
        hall.console.set_fault(refuse=True)
        visit.tap("同意，继续")
        visit.reads("再试一次")
        hall.console.set_fault(refuse=False)
        visit.reads("网络正常")
        visit.tap("再试一次")
        visit.is_asked("从证照库调取户口簿")


@pytest.mark.parametrize("far", ["helper", "agreement"])
def test_when_the_second_person_never_comes_or_both_walk_away_it_is_cleared(
    hall: JourneyHall, visit: Visit, far: str
) -> None:
    ended = len(hall.sessions())
    with hall.nothing_raised():
        begins_for_another(visit, "我替邻居办")
        helper_signs_in(visit, CHEN)
        if far == "agreement":
            visit.lays_down_card(WANG)
            visit.sees("agreement")
        (hall.hall.terminal_root / "hurry").touch()
        visit.reads("还要继续吗？")
        record = hall.session_after(ended)
    assert (record["way_out"], record["wipe_clean"], record["cases"]) == ("idle", True, 0)
