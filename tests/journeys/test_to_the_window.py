"""Who cannot finish goes on at a window, at the same step, with or without a line, with or without paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests

from demo import story
from demo.citizens import CHEN, WANG
from demo.visit import Visit
from tests.journeys.carving import found_below
from tests.journeys.halls import JourneyHall, eventually
from tests.journeys.test_paper import code_on_screen, leave, papers, slip_codes

WINDOW = "三号窗口"


def opened(hall: JourneyHall, code: str, person_id: str) -> dict[str, Any]:
    """What the window sees that reads the person's card beside the slip."""
    return hall.console.open_handover(code, WINDOW, person_id)


def is_refused(hall: JourneyHall, code: str, person_id: str, status: int) -> None:
    with pytest.raises(requests.HTTPError, match=str(status)):
        opened(hall, code, person_id)


def begins(visit: Visit) -> None:
    """As far as the second question of the allowance."""
    story.begin(visit, "高龄津贴申领")
    visit.lays_down_card(CHEN)
    visit.is_asked("从证照库调取户口簿")
    visit.tap("由主管部门核对")
    visit.is_asked("津贴发到哪里？")


def test_without_paper_and_without_a_line_the_code_on_the_screen_is_enough(
    hall: JourneyHall, visit: Visit, tmp_path: Path
) -> None:
    ended = len(hall.sessions())
    with hall.nothing_raised():
        visit.order(do="fault", device="receipt_printer", name="paper_out")
        begins(visit)
        hall.console.set_fault(refuse=True)
        visit.reads("刚才连不上省里了。照常填，先存在本机，连上就提交。")
        visit.tap("人工帮助")
        visit.sees("help")
        visit.tap("到窗口接着办")
        visit.sees("result")
        visit.reads("还没有提交。填的已加密存好")
        code = code_on_screen(visit, tmp_path)
        assert not hall.console.take_up_slip(code)["arrived"]
        leave(visit)
        given = {"name": CHEN.name, "number": CHEN.number, "address": CHEN.address}
        assert found_below([hall.hall.terminal_root], given) == {}

        hall.console.set_fault(refuse=False)
        standing = eventually(lambda: (found := hall.console.take_up_slip(code))["arrived"] and found)
    assert standing["to_go_on"]
    assert hall.session_after(ended)["wipe_clean"]
    is_refused(hall, code, WANG.person_id, 403)
    form = opened(hall, code, CHEN.person_id)
    assert (form["item_code"], form["step"]) == ("elder-allowance", "payment")
    assert form["form"]["person"]["name"] == CHEN.name
    assert form["form"]["answers"] == {"household_register": "authority_checks"}
    is_refused(hall, code, CHEN.person_id, 409)


def test_where_it_cannot_be_handed_in_the_slip_leads_to_the_window(hall: JourneyHall, visit: Visit) -> None:
    slips, cases = len(papers(hall)["slips"]), len(hall.console.summary()["cases"])
    begins(visit)
    visit.tap("社会保障卡")
    visit.is_asked("老人现在和谁住？")
    visit.tap("和家人住")
    visit.is_asked("有事打哪个手机？")
    visit.tap("不填，下一步")
    visit.sees("check")
    visit.tap("人工帮助")
    visit.tap("到窗口接着办")
    visit.finds("凭条在下面出纸口")
    visit.reads("填的已送到省里，窗口能打开")
    leave(visit)
    (slip,) = papers(hall)["slips"][slips:]
    assert "本凭条不表示已提交" in slip["text"]
    (code,) = slip_codes(Path(slip["picture"]))
    form = opened(hall, code, CHEN.person_id)
    assert (form["step"], form["form"]["answers"]["living"]) == ("", "with_family")
    assert len(hall.console.summary()["cases"]) == cases, "nothing was handed in"
