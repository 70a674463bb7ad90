"""Words and lists that are longer than their place; that every screen stands is in tests/accessibility."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtQuick import QQuickItem

from kiosk_app.terminal.aids import Aids
from kiosk_app.terminal.views import QuestionView
from screens import inspection
from screens.gallery import settle
from screens.inspection import scene_rect
from screens.samples import Samples
from tests.screens.looking import Showing

MODES = {
    "standard": Aids(),
    "elder": Aids(elder=True),
    "low elder": Aids(elder=True, low_reach=True),
}


@pytest.mark.parametrize("mode", ["standard", "elder", "low elder"])
@pytest.mark.parametrize("name", ["question_date", "question_identity", "question_choice"])
def test_words_longer_than_anybody_should_write_find_their_place(
    showing: Showing, mode: str, name: str
) -> None:
    view = Samples().view(name, 1, MODES[mode])
    assert isinstance(view.body, QuestionView)
    body = replace(
        view.body,
        matter="湖北省企业职工基本养老保险参保人员跨省转移接续申请",
        question="居住证上的签发日期是哪一天？如果您的居住证丢了，请填补办那天",
        help="看居住证正面右下角的“签发日期”，签注过了时间也能补，但居住年限要从补办那天重新算，"
        "拿不准就先填今天，窗口会帮您核对。",
        problem="这一天还没有到，请看一看证件再接着按。",
    )
    showing.publish(replace(view, body=body))
    assert inspection.faults(showing.window, MODES[mode]) == []


LISTS: dict[str, Callable[[Any], list[str]]] = {
    "home": lambda body: [row.title for row in body.rows],
    "question_choice": lambda body: [option.label for option in body.options],
    "rating_tags": lambda body: [tag.label for tag in body.tags],
    "check": lambda body: [row.value for row in body.rows],
    "notice_whole": lambda body: list(body.whole),
    "result_done": lambda body: [body.receipt_number, *(fact.value for fact in body.facts)],
}


@pytest.mark.parametrize("name", list(LISTS))
def test_a_list_that_does_not_fit_is_paged_to_its_end_and_back(showing: Showing, name: str) -> None:
    view = showing.show(name, aids=MODES["low elder"])
    first = set(showing.names())
    seen, pages = set(first), 1
    while any(control.name == "下一页" for control in showing.controls()):
        assert pages < 12, "it never ends"
        pages += 1
        showing.tap("下一页")
        settle(showing.screens)
        seen |= set(showing.names())
    assert pages > 1, "it would have fitted"
    for words in LISTS[name](view.body):
        assert any(words in name for name in seen), words
    for _ in range(pages - 1):
        showing.tap("上一页")
        settle(showing.screens)
    # What is handed in has been seen to its end by now.
    assert set(showing.names()) - {"提交"} == first - {"接着核对"}
    assert showing.wanted() == [], "what fits on the machine's page is turned here, without asking"


def test_nothing_is_handed_in_before_its_last_page_was_seen(showing: Showing) -> None:
    showing.show("check", aids=MODES["low elder"])
    pages = 1
    while "提交" not in {control.name for control in showing.controls()}:
        assert pages < 12, "it never ends"
        pages += 1
        showing.tap("接着核对")
        settle(showing.screens)
        assert showing.wanted() == []
    assert pages > 1
    assert not any(control.name == "下一页" for control in showing.controls())
    showing.tap("提交")
    assert showing.wanted() == [("submit", "")]


def test_the_scene_rectangle_of_a_control_is_what_assistive_technology_is_told(showing: Showing) -> None:
    showing.show("home")
    for node in showing.nodes():
        item = node.object()
        if isinstance(item, QQuickItem) and item.isVisible():
            told = node.rect().translated(-showing.window.position())
            assert abs(told.x() - scene_rect(item).x()) <= 1
            assert abs(told.y() - scene_rect(item).y()) <= 1
