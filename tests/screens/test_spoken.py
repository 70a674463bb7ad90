"""A screen in sentences: in order, with places, and only what is new when something changes."""

from __future__ import annotations

from screens.spoken import Kind, Line, Page, control, news, whole
from words import Words

ZH, EN = Words("zh"), Words("en")
QUESTION = Line(Kind.HEADING, "您住在哪里？")
BACK = Line(Kind.BUTTON, "返回")
ON = Line(Kind.BUTTON, "下一步")


def pad(typed: str) -> Page:
    keys = tuple(Line(Kind.BUTTON, figure) for figure in "120")
    return (QUESTION, Line(Kind.FIELD, typed), *keys, BACK)


def several(ticked: str, *more: Line) -> Page:
    ways = tuple(Line(Kind.TICK, way, ticked=way == ticked) for way in ("打电话", "发短信"))
    return (QUESTION, *more, *ways, ON)


def test_a_page_is_told_in_its_order_and_every_control_has_its_place() -> None:
    page = (QUESTION, Line(Kind.BUTTON, "租房"), Line(Kind.TEXT, "都可以改。"), BACK)
    assert whole(page, ZH) == ["您住在哪里？", "第1项，共2项：租房", "都可以改。", "第2项，共2项：返回"]
    assert whole(page, EN)[1] == "1 of 2: 租房"


def test_the_keys_of_a_pad_are_one_sentence() -> None:
    assert whole(pad("11 位"), ZH) == [
        "您住在哪里？",
        "输入框：11 位",
        "按键：1、2、0",
        "第4项，共4项：返回",
    ]


def test_what_has_the_focus_is_told_with_its_place_and_state() -> None:
    assert control(several("打电话"), Line(Kind.TICK, "发短信"), ZH) == "发短信，未选，第2项，共3项"
    assert (
        control(several("打电话"), Line(Kind.TICK, "打电话", ticked=True), ZH) == "打电话，已选，第1项，共3项"
    )
    assert control(several(""), Line(Kind.TICK, "长者版"), ZH) == "长者版，未选，在页面外的一排"


def test_a_key_is_told_as_its_figure_and_what_was_deleted_as_what_is_left() -> None:
    assert news(pad("138"), pad("138 0"), ZH) == ["0"]
    assert news(pad("138 0"), pad("138"), ZH) == ["输入框：1 3 8"]
    assert news(pad("11 位"), pad("1"), ZH) == ["输入框：1"]
    assert news(pad("138 0713"), pad("138 0713"), ZH) == []


def test_of_a_page_that_changes_only_the_new_is_told_what_matters_first() -> None:
    wrong = Line(Kind.ALERT, "还差 4 位。")
    picture = Line(Kind.TEXT, "这是您的照片。")
    before = several("打电话")
    assert news(before, several("打电话", picture, wrong), ZH) == ["还差 4 位。", "这是您的照片。"]
    assert news(before[:-1], before, ZH) == ["第3项，共3项：下一步"]
    assert news(before, several("发短信"), ZH) == ["打电话，未选", "发短信，已选"]


def test_what_a_person_typed_is_not_in_the_repr() -> None:
    assert "138" not in repr(Line(Kind.FIELD, "138 0713"))
