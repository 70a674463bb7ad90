"""Something comes in between, at any stage of a matter: nobody is stuck, mixed up or left behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from demo.citizens import WANG
from demo.visit import Visit
from tests.journeys.halls import JourneyHall, eventually
from tests.journeys.places import Place
from tests.journeys.turnover import comes_to, stages

pytestmark = pytest.mark.timeout(150)  # a whole way through real processes, on a machine that is busy


@pytest.fixture
def hall(place: Place) -> JourneyHall:
    return place.hall


@pytest.fixture
def visit(hall: JourneyHall) -> Iterator[Visit]:
    with hall.visitor() as visit:
        yield visit


@pytest.mark.parametrize("stage", ["home", "notice", "sign_in", "check", "result", "rating"])
def test_somebody_who_goes_away_is_cleared(hall: JourneyHall, visit: Visit, stage: str) -> None:
    ended = len(hall.sessions())
    with hall.nothing_raised():
        comes_to(visit, stage)
        (hall.hall.terminal_root / "hurry").touch()
        visit.reads("还要继续吗？")
        record = hall.session_after(ended)
    assert (record["way_out"], record["wipe_clean"]) == ("idle", True)
    assert record["cases"] == (1 if stage in ("result", "rating") else 0)


def test_it_asks_first_and_goes_on_for_whoever_answers(hall: JourneyHall, visit: Visit) -> None:
    with hall.nothing_raised():
        comes_to(visit, "question")
        visit.takes_card()
        (hall.hall.terminal_root / "hurry").touch()
        visit.reads("还要继续吗？")
        visit.tap("继续办理")
        eventually(lambda: not visit.says("还要继续吗？"))
        assert visit.screen() == "question", "what she had done is still there"
        assert visit.says("陈**，您好")


@pytest.mark.parametrize("stage", ["home", "notice", "sign_in", "question", "check", "rating"])
def test_the_province_goes_away_and_what_was_begun_is_finished(
    hall: JourneyHall, visit: Visit, stage: str
) -> None:
    arrived = len(hall.console.events("case"))
    with hall.nothing_raised():
        for now in stages(visit):
            if now == stage:
                hall.console.set_fault(refuse=True)
                visit.reads("起连不上省里")
            if now == "result":
                visit.reads("已提交" if stage == "rating" else "已存在本机，尚未提交")
        hall.console.set_fault(refuse=False)
        eventually(lambda: len(hall.console.events("case")) == arrived + 1)


def test_the_next_person_s_card_is_hers_alone_and_only_when_she_lays_it_down_again(
    hall: JourneyHall, visit: Visit
) -> None:
    ended = len(hall.sessions())
    with hall.nothing_raised():
        comes_to(visit, "question")
        visit.takes_card()
        visit.lays_down_card(WANG)
        assert visit.says("陈**")
        visit.tap("结束办理")
        visit.reads("您的信息已从本机清除")
        assert hall.session_after(ended)["wipe_clean"]
        visit.tap("我拿好了")
        comes_to(visit, "notice")
        visit.tap("同意，继续")
        visit.sees("sign_in")
        visit.reads("读卡处有一张卡")
        assert not visit.says("王**")
        visit.takes_card()
        visit.lays_down_card(WANG)
        visit.is_asked("上年营业额是多少？")
        assert visit.says("王**")
        visit.takes_card()


def test_a_card_that_is_pulled_while_the_slip_comes_out_cuts_nothing_short(
    hall: JourneyHall, visit: Visit
) -> None:
    with hall.nothing_raised():
        for now in stages(visit):
            if now == "check":
                visit.takes_card()
            if now == "result":
                visit.finds("凭条在下面出纸口")


def test_a_printer_that_dies_afterwards_takes_nothing_back(hall: JourneyHall, visit: Visit) -> None:
    ended = len(hall.sessions())
    with hall.nothing_raised():
        for now in stages(visit):
            if now == "result":
                visit.finds("凭条在下面出纸口")
                visit.order(do="fault", device="receipt_printer", name="cover_open")
            if now == "rating":
                assert not visit.says("请抄下")
    record = hall.session_after(ended)
    outcomes = {wiped["part"]: wiped["outcome"] for wiped in record["wiped"]}
    assert (record["way_out"], outcomes["slip_spool"]) == ("done", "done"), "cover open or not"


@pytest.mark.parametrize(
    ("fault", "says"), [("cover_open", "请抄下或拍下"), ("disconnect_mid_print", "不知道凭条打出来没有")]
)
def test_a_printer_that_dies_before_or_meanwhile_leaves_the_number_and_its_code(
    hall: JourneyHall, visit: Visit, fault: str, says: str
) -> None:
    with hall.nothing_raised():
        for now in stages(visit):
            if now == "check":
                visit.order(do="fault", device="receipt_printer", name=fault)
            if now == "result":
                visit.reads("已提交")
                visit.finds(says)
                visit.reads("凭条的二维码")
                assert not visit.says("凭条在下面出纸口")
