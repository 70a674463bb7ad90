"""A government service that nobody has written a line of code for is published while citizens come and go."""

from __future__ import annotations

from pathlib import Path

from demo import story
from demo.citizens import OUYANG
from demo.visit import Visit
from tests.journeys.halls import JourneyHall, eventually

FOURTH = Path(__file__).parents[1] / "fixtures" / "items" / "fourth-item.json"


def test_a_published_item_is_shown_filled_in_and_submitted_without_a_restart(
    hall: JourneyHall, visit: Visit
) -> None:
    starts, ended = hall.log().count("first frame"), len(hall.sessions())
    visit.sees("attract")
    assert not visit.says("灵活就业")

    batch_id = hall.console.publish(FOURTH.read_bytes())
    eventually(lambda: f"batch {batch_id} " in hall.log())

    visit.tap("触摸屏幕开始")
    visit.sees("home")
    visit.finds("灵活就业人员参保登记")
    story.choose(visit, "灵活就业人员参保登记")
    visit.shows_code(hall.console.make_code(OUYANG.person_id))
    visit.is_asked("您怎么就业？")
    visit.puts_phone_away()
    visit.tap("自己做生意")
    visit.is_asked("按哪一档缴费？")
    visit.tap("六成")
    visit.is_asked("从哪天开始参保？")
    visit.type("20261201")
    visit.tap("下一步")
    visit.is_asked("登记好了打哪个手机？")
    visit.type(OUYANG.mobile)
    visit.tap("下一步")
    visit.sees("check")
    visit.tap("提交登记")
    visit.sees("result")
    visit.reads("已提交")

    (case,) = [
        case for case in hall.console.summary()["cases"] if case["item_code"] == "flexible-worker-insurance"
    ]
    assert case["case_no"]
    assert eventually(lambda: hall.figures()["status"]["item_batch"] == batch_id)

    story.rate_and_leave(visit, "非常满意", "可以就近办理")
    assert hall.session_after(ended)["wipe_clean"]
    assert hall.log().count("first frame") == starts
