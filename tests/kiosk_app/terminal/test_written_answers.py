"""Answers in words: chosen before written, never the only way, and looked for afterwards."""

from __future__ import annotations

import pytest

from contract.item_checks import check_item
from contract.items import Item
from foundation.masking import mask_address
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.views import Screen, Widget
from tests.fakes import items
from tests.fakes.kiosk import Kiosk
from tests.fakes.people import a_citizen

PLACE = {"suggestions": ["identity.address"], "maximum_length": 12}
WRITTEN = "恩施州宣恩县𠮷䶮"


def kiosk_with(*steps: dict[str, object], **more: object) -> Kiosk:
    kiosk = Kiosk(items.a_batch_of(items.a_form("form", *steps, **more)))
    kiosk.start_signed_in("form")
    return kiosk


def asked_for(**more: object) -> Item:
    return items.a_form("form", items.a_step("place", "text", **more))


def offered(*values: str) -> list[dict[str, object]]:
    return [{"value": value, "label": items.text(value)} for value in values]


def test_what_the_card_says_is_offered_first_masked_and_chosen_with_one_touch() -> None:
    kiosk = kiosk_with({**items.a_step("place", "text", **PLACE), "options": offered("武汉市")})
    question = kiosk.question
    assert question.widget is Widget.TEXT
    assert [option.value for option in question.options] == ["identity.address", "武汉市"]
    assert question.options[0].label == mask_address(a_citizen().address)
    kiosk.tap(Wish.CHOOSE, "identity.address")
    assert kiosk.check.rows[0].value == mask_address(a_citizen().address)
    kiosk.tap(Wish.CHANGE, "place")
    assert kiosk.question.typed == "", "what was chosen is never written out on the screen"
    assert kiosk.question.options[0].chosen
    kiosk.tap(Wish.GO_ON)
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.desk.last("submit").what.answers == {"place": a_citizen().address}


def test_words_that_are_written_come_in_pieces_and_never_get_too_long() -> None:
    kiosk = kiosk_with(items.a_step("place", "text", **PLACE))
    for piece in ("恩施州", "宣恩县", "\n\u200e", "𠮷䶮", "长" * 500):
        kiosk.tap(Wish.WRITE, piece)
    assert kiosk.question.typed == WRITTEN + "长" * 4
    for _ in range(4):
        kiosk.tap(Wish.KEY, "delete")
    kiosk.tap(Wish.KEY, "5")
    assert kiosk.question.typed == WRITTEN
    kiosk.tap(Wish.GO_ON)
    assert WRITTEN in kiosk.needles[0].noted
    assert kiosk.check.rows[0].value == mask_address(WRITTEN)
    kiosk.tap(Wish.CHANGE, "place")
    assert kiosk.question.typed == WRITTEN
    kiosk.tap(Wish.SKIP)
    assert kiosk.question.typed == WRITTEN, "it may not be skipped"


def test_nothing_written_is_nothing_answered() -> None:
    kiosk = kiosk_with(items.a_step("place", "text", **PLACE))
    kiosk.tap(Wish.WRITE, "  ")
    kiosk.tap(Wish.GO_ON)
    assert kiosk.question.problem == kiosk.say("question.type_something")
    kiosk.tap(Wish.WRITE, "孝感")
    assert kiosk.question.problem == ""
    kiosk.tap(Wish.GO_ON)
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.desk.last("submit").what.answers == {"place": "孝感"}


@pytest.mark.parametrize("leave", [Wish.BACK, Wish.SKIP, Wish.END])
def test_what_was_written_and_left_is_looked_for_too(leave: Wish) -> None:
    kiosk = kiosk_with(
        items.a_step("first", "choice"), items.a_step("words", "text", maximum_length=200, optional=True)
    )
    kiosk.tap(Wish.CHOOSE, "one")
    kiosk.tap(Wish.WRITE, "我的邻居沈玉兰")
    kiosk.tap(Wish.KEY, "clear")
    kiosk.tap(Wish.WRITE, WRITTEN)
    kiosk.tap(leave)
    assert {"我的邻居沈玉兰", WRITTEN} <= kiosk.needles[0].noted


def test_words_that_the_terminal_says_itself_are_not_taken_for_a_person() -> None:
    kiosk = kiosk_with(items.a_step("words", "text", maximum_length=200, optional=True))
    for own in ("个人信息", kiosk.situation.facts.site.name):
        kiosk.tap(Wish.WRITE, own)
        kiosk.tap(Wish.KEY, "clear")
    kiosk.tap(Wish.END)
    assert not {"个人信息", kiosk.situation.facts.site.name} & kiosk.needles[0].noted


def test_a_number_in_what_was_written_is_masked_where_it_is_shown_again() -> None:
    kiosk = kiosk_with(items.a_step("words", "text", maximum_length=200, optional=True))
    kiosk.tap(Wish.WRITE, "请打15927654320")
    kiosk.tap(Wish.GO_ON)
    assert "15927654320" not in kiosk.check.rows[0].value
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.desk.last("submit").what.answers == {"words": "请打15927654320"}


def test_writing_is_heard_where_words_are_asked_for_and_nowhere_else() -> None:
    kiosk = kiosk_with(items.a_step("number", "digits"))
    kiosk.tap(Wish.WRITE, "12")
    assert kiosk.question.typed == ""
    kiosk.tap(Wish.BACK)
    kiosk.tap(Wish.WRITE, "12")
    assert kiosk.shows(Screen.GUIDE)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({}, "only be answered by writing"),
        ({"optional": True, "format": "mobile", "maximum_length": 11}, "has a format"),
        ({"suggestions": ["licence"]}, "no identity says"),
        ({"suggestions": ["identity.name"], "options": ("不许",)}, "its schema refuses"),
    ],
)
def test_an_item_that_makes_people_write_is_refused(more: dict[str, object], reason: str) -> None:
    options = more.pop("options", ())
    assert isinstance(options, tuple)
    item = asked_for(**more)
    step = item.steps[0]
    if options:
        document = {"place": {"type": "string", "enum": ["许"]}}
        item = items.a_form(
            "form", {**items.a_step("place", "text", **more), "options": offered("不许")}, properties=document
        )
    assert step.widget.value == "text"
    with pytest.raises(ValueError, match=reason):
        check_item(item)


def test_only_what_is_written_has_suggestions() -> None:
    with pytest.raises(ValueError, match="only what is written"):
        check_item(items.a_form("form", items.a_step("n", "digits", suggestions=["identity.name"])))
