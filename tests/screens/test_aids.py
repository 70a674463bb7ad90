"""The aids change the screen as it stands: language, size, colours, reach."""

from __future__ import annotations

from PySide6.QtGui import QColor

from kiosk_app.terminal.aids import Aids, Colours, Language
from screens.inspection import is_text, items, text_of
from screens.samples import Samples
from tests.screens.looking import Showing

CHINESE, ENGLISH = Samples(Language.CHINESE), Samples(Language.ENGLISH)


def ground(showing: Showing, down: float) -> str:
    """The colour of the left edge, that far down the window."""
    picture = showing.window.grabWindow()
    return QColor(picture.pixel(4, round(picture.height() * down))).name()


def test_the_language_changes_on_the_spot_and_back(showing: Showing) -> None:
    showing.show("guide", CHINESE)
    assert "开始办理" in showing.names()
    showing.show("guide", ENGLISH)
    assert "Start" in showing.names()
    assert "开始办理" not in showing.names()
    showing.show("guide", CHINESE)
    assert "开始办理" in showing.names()


def test_in_english_no_chinese_is_left_but_the_name_of_the_inn_and_of_the_language(showing: Showing) -> None:
    for name in ENGLISH.names():
        showing.show(name, ENGLISH)
        chinese = {
            text_of(item)
            for item in items(showing.window.contentItem())
            if is_text(item) and any("\u3000" < character < "\ua000" for character in text_of(item))
        }
        if name.startswith(("question_words", "question_writing")):  # cards and writing are Chinese
            continue
        address = getattr(ENGLISH.view(name).body, "address", "")  # as signs, maps and drivers know it
        known = {"店", "小", "二", "中文", "*建国", "触摸屏幕开始　Touch to begin", address}
        assert chinese - known == set(), name


def test_colours_change_paper_and_counter(showing: Showing) -> None:
    seen = {}
    for colours in Colours:
        showing.show("home", aids=Aids(colours=colours))
        seen[colours] = (ground(showing, 0.3), ground(showing, 0.7))
    assert seen == {
        Colours.LIGHT: ("#faf7f1", "#dcecef"),
        Colours.DARK: ("#101b21", "#0a1216"),
        Colours.HIGH_CONTRAST: ("#000000", "#000000"),
    }


def test_the_larger_view_is_larger(showing: Showing) -> None:
    showing.show("guide")
    before = showing.control("开始办理").rect
    showing.show("guide", aids=Aids(elder=True))
    after = showing.control("开始办理").rect
    assert after.height() > before.height()


def test_the_switches_say_that_they_are_on(showing: Showing) -> None:
    showing.show("home", aids=Aids(elder=True, low_reach=True))
    on = {control.name for control in showing.controls() if control.item.property("on")}
    assert on == {"长者版", "低位操作"}


def test_on_the_help_screen_help_is_on(showing: Showing) -> None:
    showing.show("help")
    assert {control.name for control in showing.controls() if control.item.property("on")} == {"人工帮助"}
