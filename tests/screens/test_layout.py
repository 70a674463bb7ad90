"""Every screen in every mode: nothing cut, nothing overlapping, every control large and within reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtQuick import QQuickItem

from kiosk_app.terminal.views import Aids, Colours, Language, QuestionView
from screens.application import REFERENCE_WIDTH_MM
from screens.gallery import settle
from screens.samples import Samples
from tests.screens.looking import Showing, ink_rect, is_text, items, scene_rect, text_of

PIXELS_PER_MM = 1080 / REFERENCE_WIDTH_MM
HALF_A_PIXEL = 0.51

MODES = {
    "standard": Aids(),
    "elder": Aids(elder=True),
    "low": Aids(low_reach=True),
    "low elder": Aids(elder=True, low_reach=True),
    "contrast": Aids(colours=Colours.HIGH_CONTRAST),
}


@pytest.mark.parametrize("language", list(Language), ids=lambda language: language.value)
@pytest.mark.parametrize("mode", list(MODES))
def test_every_screen_stands(showing: Showing, mode: str, language: Language) -> None:
    aids, samples = MODES[mode], Samples(language)
    faults = []
    for name in samples.names():
        showing.show(name, samples, aids)
        faults += [
            f"{name}: {fault}" for fault in (*faults_of_words(showing), *faults_of_controls(showing, aids))
        ]
    assert not faults, "\n".join(faults)


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
    assert [*faults_of_words(showing), *faults_of_controls(showing, MODES[mode])] == []


def on_top(showing: Showing) -> QQuickItem:
    """What is to be looked at: the whole window, or the question 还要继续吗？ when it stands over it."""
    root = showing.window.contentItem()
    for item in items(root):
        if item.metaObject().className().startswith("Warning_"):
            return item
    return root


def faults_of_words(showing: Showing) -> list[str]:
    window = QRectF(0, 0, showing.window.width(), showing.window.height())
    texts = [item for item in items(on_top(showing)) if is_text(item) and text_of(item)]
    faults = []
    for text in texts:
        if text.property("truncated"):
            faults.append(f"{text_of(text)!r} is cut short")
        if float(text.property("contentWidth")) > text.width() + HALF_A_PIXEL:
            faults.append(f"{text_of(text)!r} is wider than its place")
        if not window.contains(ink_rect(text)):
            faults.append(f"{text_of(text)!r} leaves the window")
    for one, other in combinations(texts, 2):
        if overlaps(ink_rect(one), ink_rect(other)):
            faults.append(f"{text_of(one)!r} and {text_of(other)!r} overlap")
    for text in texts:
        for control in showing.controls():
            if not control.item.isAncestorOf(text) and overlaps(ink_rect(text), control.rect):
                faults.append(f"{text_of(text)!r} lies under {control.name!r}")
            if control.item.isAncestorOf(text) and not grown(control.rect).contains(ink_rect(text)):
                faults.append(f"{text_of(text)!r} spills out of {control.name!r}")
    return faults


def faults_of_controls(showing: Showing, aids: Aids) -> list[str]:
    least = round((22 if aids.elder else 16) * PIXELS_PER_MM)
    gap = round(4 * PIXELS_PER_MM)
    reach = 0.38 if aids.low_reach else 0.5 if aids.elder else 0.62
    top = showing.window.height() * (1 - reach) - 1
    controls = showing.controls()
    faults = []
    for control in controls:
        if control.rect.width() < least or control.rect.height() < least:
            faults.append(
                f"{control.name!r} is only {control.rect.width():.0f} by {control.rect.height():.0f}"
            )
        if control.rect.top() < top or control.rect.bottom() > showing.window.height():
            faults.append(f"{control.name!r} is out of reach")
    for one, other in combinations(controls, 2):
        if overlaps(one.rect.adjusted(-gap + 1, 0, gap - 1, 0), other.rect) or overlaps(
            one.rect.adjusted(0, -gap + 1, 0, gap - 1), other.rect
        ):
            faults.append(f"{one.name!r} and {other.name!r} are too close")
    return faults


def overlaps(one: QRectF, other: QRectF) -> bool:
    common = one.intersected(other)
    return common.width() > 1 and common.height() > 1


def grown(rect: QRectF) -> QRectF:
    return rect.adjusted(-HALF_A_PIXEL, -HALF_A_PIXEL, HALF_A_PIXEL, HALF_A_PIXEL)


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
    assert set(showing.names()) == first
    assert showing.wanted() == [], "what fits on the machine's page is turned here, without asking"


def test_the_scene_rectangle_of_a_control_is_what_assistive_technology_is_told(showing: Showing) -> None:
    showing.show("home")
    for node in showing.nodes():
        item = node.object()
        if isinstance(item, QQuickItem) and item.isVisible():
            told = node.rect().translated(-showing.window.position())
            assert abs(told.x() - scene_rect(item).x()) <= 1
            assert abs(told.y() - scene_rect(item).y()) <= 1
