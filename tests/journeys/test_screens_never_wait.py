"""The province hangs and the printer hangs; the screen does neither."""

from __future__ import annotations

from demo import story
from demo.citizens import WANG
from demo.visit import Visit
from tests.journeys.halls import JourneyHall
from tests.journeys.pulse import Pulse

LONGEST_S = 0.050
"""Three frames at sixty a second: a person does not see it."""


def query(visit: Visit, months: str) -> None:
    visit.is_asked("查最近多久的？")
    visit.tap(months)
    visit.sees("check")
    visit.tap("查询")


def test_the_screens_answer_at_once_while_province_and_printer_do_not(
    hall: JourneyHall, visit: Visit
) -> None:
    ended = len(hall.sessions())
    story.begin(visit, "养老待遇发放查询")
    visit.lays_down_card(WANG)
    query(visit, "最近3个月")
    visit.sees("result")
    visit.takes_card()

    hall.console.set_fault(slow_ms=60_000)
    visit.order(do="fault", device="receipt_printer", name="stall")
    with hall.nothing_raised(), Pulse(hall) as pulse:
        visit.tap("打印凭条")
        visit.reads("正在打")
        visit.tap("办别的事")
        visit.sees("rating")
        visit.tap("不评价")
        visit.sees("home")
        visit.tap("养老待遇发放查询")
        visit.sees("guide")
        visit.tap("开始办理")
        query(visit, "最近6个月")
        visit.sees("progress")
        visit.reads("在等省里的平台答复")
        visit.tap("结束办理")
        visit.reads("您的信息已从本机清除")
    assert pulse.beats > 100
    assert pulse.longest_s <= LONGEST_S, f"{pulse.longest_s * 1000:.0f} ms on {pulse.longest_on}"

    hall.console.set_fault(slow_ms=0)
    assert hall.session_after(ended)["wipe_clean"], "nor did what she had asked for keep anything of her"
