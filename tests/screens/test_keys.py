"""Nothing is out of reach of the keys: forward, back, press."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from kiosk_app.terminal.aids import Aids
from screens.samples import Samples
from tests.screens.looking import Showing

MOST_STEPS = 60


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Up], ids=lambda key: key.name)
def test_every_control_is_reached(showing: Showing, key: Qt.Key) -> None:
    for name in Samples().names():
        if name.startswith("attract"):
            continue
        showing.show(name)
        wanted = {control.name for control in showing.controls()}
        reached = set()
        for _ in range(MOST_STEPS):
            showing.key(key)
            focused = showing.window.activeFocusItem()
            if focused.isEnabled() and focused.property("spokenName"):
                reached.add(focused.property("spokenName"))
        assert reached == wanted, name


def test_enter_presses_what_has_the_focus_and_a_ring_shows_it(showing: Showing) -> None:
    showing.show("question_choice")
    showing.key(Qt.Key.Key_Tab)
    focused = next(control for control in showing.controls() if control.item.hasActiveFocus())
    assert focused.name.startswith("租房")
    assert focused.item.property("visualFocus") is True
    showing.key(Qt.Key.Key_Return)
    assert showing.wanted() == [("choose", "rent")]


def test_a_touch_shows_no_ring(showing: Showing) -> None:
    showing.show("question_several")
    showing.tap("打电话")
    assert not any(control.item.property("visualFocus") for control in showing.controls())


def test_digits_are_typed_by_the_keys_too(showing: Showing) -> None:
    showing.show("question_identity")
    showing.key(Qt.Key.Key_7, "7")
    showing.key(Qt.Key.Key_X, "x")
    showing.key(Qt.Key.Key_Backspace)
    showing.key(Qt.Key.Key_A, "a")
    assert showing.wanted() == [("key", "7"), ("key", "X"), ("key", "delete")]


def test_a_letter_is_no_answer_where_only_digits_are(showing: Showing) -> None:
    showing.show("question_phone")
    showing.key(Qt.Key.Key_X, "x")
    assert showing.wanted() == []


def test_escape_goes_back(showing: Showing) -> None:
    showing.show("guide")
    showing.key(Qt.Key.Key_Escape)
    assert showing.wanted() == [("back", "")]


def test_a_new_view_of_the_same_screen_leaves_the_focus_where_it_is(showing: Showing) -> None:
    showing.show("home")
    showing.key(Qt.Key.Key_Tab)
    showing.key(Qt.Key.Key_Tab)
    before = [control.name for control in showing.controls() if control.item.hasActiveFocus()]
    showing.show("home")
    after = [control.name for control in showing.controls() if control.item.hasActiveFocus()]
    assert before == after
    assert len(before) == 1


def test_the_ring_stays_inside_the_gap_in_every_size(showing: Showing) -> None:
    for aids in (Aids(), Aids(elder=True)):
        showing.show("question_phone", aids=aids)
        showing.key(Qt.Key.Key_Tab)
        focused = next(control for control in showing.controls() if control.item.hasActiveFocus())
        ring = next(
            child
            for child in focused.item.childItems()[0].childItems()
            if child.width() > focused.rect.width()
        )
        assert ring.isVisible()
        assert ring.width() - focused.rect.width() <= 2 * 16
