"""A whole matter by four keys and by ear alone, from the headset's plug to the farewell.

What is heard is written to ``build/by-ear.txt``: the text of a terminal for who does not see it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.citizens import WANG
from demo.hall import WELL_FITTED
from demo.visit import Visit
from tests.accessibility.listener import Listener
from tests.journeys.halls import JourneyHall, eventually, opened_hall

AIDS = {"长者版", "语音", "放大", "配色", "低位操作", "更多", "English", "人工帮助"}


@pytest.fixture
def well_fitted(tmp_path: Path) -> Iterator[JourneyHall]:
    with opened_hall(tmp_path, fitted=WELL_FITTED) as hall:
        yield hall


def test_a_matter_from_beginning_to_end_by_ear(well_fitted: JourneyHall, repository: Path) -> None:
    with well_fitted.visitor() as visit, well_fitted.nothing_raised():
        known = len(well_fitted.sessions())
        she = Listener(visit, repository / "build" / "by-ear.txt")
        try:
            finds_her_way(visit, she)
            signs_in(visit, she)
            answers(she)
            takes_slip_and_leaves(visit, she)
        finally:
            she.keep()
        assert list((well_fitted.hall.devices / "speech").glob("*.wav")), "and it was sound"
        assert well_fitted.session_after(known)["wipe_clean"]


def finds_her_way(visit: Visit, she: Listener) -> None:
    visit.sees("attract")
    she.notes("插上耳机")
    visit.plugs_headset_in()
    she.hears("您要办什么？")
    she.hears("按下一项逐个听")
    assert not set(she.not_announced()) - AIDS
    she.walks_to("人工帮助")
    assert not she.not_announced(), "once round, every aid too"
    she.does("确定", "choose")
    she.hears("12345")
    she.does("返回", "back")
    she.hears("您要办什么？")


def signs_in(visit: Visit, she: Listener) -> None:
    she.chooses("高龄津贴申领")
    she.hears("开始办理")
    assert not she.not_announced()
    she.chooses("开始办理")
    she.hears("同意，继续")
    assert not she.not_announced()
    she.chooses("同意，继续")
    she.hears("先核对您的身份")
    assert not she.not_announced()
    she.notes("放上身份证")
    visit.lays_down_card(WANG)
    she.hears("从证照库调取户口簿")
    assert not she.not_announced()


def answers(she: Listener) -> None:
    she.chooses("对，就是这样")
    she.hears("津贴发到哪里？")
    she.chooses("社会保障卡")
    she.hears("老人现在和谁住？")
    she.chooses("和家人住")
    she.hears("有事打哪个手机？")
    she.types("13")
    assert not she.not_announced()
    she.chooses("清空")
    she.chooses("不填，下一步")
    she.hears("提交申领")
    assert not she.not_announced()
    she.chooses("提交申领")
    she.hears("已提交")
    she.hears("凭条在下面出纸口")
    assert not she.not_announced()


def takes_slip_and_leaves(visit: Visit, she: Listener) -> None:
    she.chooses("听凭条")
    she.notes("取走身份证和凭条")
    visit.takes_card()
    she.chooses("完成")
    she.hears("您满意吗")
    assert not she.not_announced()
    she.chooses("满意")
    she.hears("是哪些地方呢？")
    assert not she.not_announced()
    she.chooses("可以使用自助机办理")
    she.hears("可以使用自助机办理，已选")
    she.chooses("提交评价")
    she.hears("谢谢您的评价")
    assert not she.not_announced()
    she.chooses("完成")
    she.hears("您的信息已从本机清除")
    assert not she.not_announced()
    she.chooses("我拿好了")
    eventually(lambda: visit.screen() == "attract")
    she.notes("拔下耳机")
    visit.pulls_headset_out()
