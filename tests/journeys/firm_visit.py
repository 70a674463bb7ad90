"""A firm's agent at the terminal: what her licence says and what she types, and her way by stages."""

from __future__ import annotations

from collections.abc import Iterator

from demo import story
from demo.citizens import OUYANG
from demo.visit import Visit
from tests.journeys.halls import JourneyHall

TITLE = "政企直通车"
FIRM_ID, FIRM_NAME, FIRM_CODE = "river-light", "武汉江上灯演示科技有限公司", "91429999MA4DEM0A11"


def begins_for_the_firm(visit: Visit) -> None:
    """From the resting screen to the sign-in, which asks for the licence."""
    visit.sees("attract")
    visit.tap("触摸屏幕开始")
    visit.sees("home")
    visit.finds(TITLE)
    story.choose(visit, TITLE)


def shows_licence(hall: JourneyHall, visit: Visit) -> None:
    """She holds the code of the licence before the scanner, and is asked the first question."""
    visit.shows_code(hall.console.make_code(OUYANG.person_id, "DXBL1", FIRM_ID))
    visit.is_asked("要反映哪一类？")
    visit.puts_phone_away()


def stages(hall: JourneyHall, visit: Visit) -> Iterator[str]:
    """Walks through the matter, from the resting screen to the farewell; gives each stage as it comes."""
    begins_for_the_firm(visit)
    yield "sign_in"
    shows_licence(hall, visit)
    visit.tap("建议")
    visit.is_asked("是哪方面的事？")
    visit.tap("税和费")
    visit.is_asked("还想写几句吗？")
    visit.tap("不填，下一步")
    visit.is_asked("打哪个手机答复贵单位？")
    visit.type(OUYANG.mobile)
    yield "question"
    visit.tap("下一步")
    visit.sees("check")
    yield "check"
    visit.tap("提交")
    visit.sees("result")
    visit.reads("已提交")
    yield "result"
    visit.tap("完成")
    visit.sees("rating")
    visit.tap("结束办理")
    visit.reads("您的信息已从本机清除")
    yield "farewell"


def comes_to(hall: JourneyHall, visit: Visit, wanted: str) -> None:
    """Walks through the matter until that stage stands there."""
    for stage in stages(hall, visit):
        if stage == wanted:
            return


def given() -> dict[str, str]:
    """Everything of the firm and of its agent, by name: what must not be found afterwards."""
    of_hers = {name: getattr(OUYANG, name) for name in ("name", "number", "address", "mobile")}
    return {**of_hers, "firm": FIRM_NAME, "credit_code": FIRM_CODE}
