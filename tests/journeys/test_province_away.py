"""The province cannot be reached: that is said once, in a quiet line, and again when it is over."""

from __future__ import annotations

from demo.visit import Visit
from tests.journeys.halls import JourneyHall, eventually

WHY = "要连省里，现在连不上"


def test_it_is_visible_says_what_cannot_be_done_and_why_and_ends_by_itself(
    hall: JourneyHall, visit: Visit
) -> None:
    visit.sees("attract")
    assert visit.says("网络正常")
    with hall.nothing_raised():
        hall.console.set_fault(refuse=True)
        visit.reads("起连不上省里")
        visit.reads(f"养老待遇发放查询（{WHY}）")
        assert visit.screen() == "attract", "nothing springs up before anybody"

        visit.tap("触摸屏幕开始")
        visit.sees("home")
        visit.finds(f"居住证签注，带走：一张提交凭条，15天内有答复，本机现在办不了：{WHY}")
        visit.finds("高龄津贴申领，带走：一张提交凭条，20天内有答复，现在连不上省里，先存在本机，连上就提交")
        visit.tap("养老待遇发放查询")
        visit.sees("guide")
        visit.reads(f"本机现在办不了：{WHY}")
        assert not visit.tries("开始办理")

        hall.console.set_fault(refuse=False)
        visit.reads("网络正常")
        visit.reads("现在就能办完")
        visit.tap("开始办理")
        visit.sees("notice")


def test_a_dead_service_behind_a_proxy_is_no_province_either(hall: JourneyHall, visit: Visit) -> None:
    visit.sees("attract")
    with hall.nothing_raised():
        hall.console.set_fault(error_500=True)
        visit.reads("起连不上省里")
        hall.console.set_fault(error_500=False)
        eventually(lambda: visit.says("网络正常"))
