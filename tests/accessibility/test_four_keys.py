"""Next, previous, choose and back do everything: in reading order, always visible, and never in a trap."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlProperty
from PySide6.QtQuick import QQuickItem

from kiosk_app.terminal.aids import Aids, Zoom
from kiosk_app.terminal.views import Screen
from screens.opening import REFERENCE_WIDTH_MM
from screens.samples import Samples
from tests.screens.looking import Showing

RING_MM = 1.2
MODES = [Aids(), Aids(elder=True, low_reach=True), Aids(zoom=Zoom.LARGEST)]
MOST_STEPS = 60


@pytest.fixture(scope="module")
def walking(qapp: QGuiApplication) -> Iterator[Showing]:
    showing = Showing()
    yield showing
    showing.screens.close()
    assert showing.screens.warnings == []


def focus_of(showing: Showing) -> str:
    return next((control.name for control in showing.controls() if control.item.hasActiveFocus()), "")


def once_round(showing: Showing, key: Qt.Key) -> list[str]:
    """Where a key leads, until it comes to the first again."""
    way: list[str] = []
    for _ in range(MOST_STEPS):
        showing.key(key)
        here = focus_of(showing)
        if way and here == way[0]:
            return way
        if here:
            way.append(here)
    raise AssertionError(f"{key.name} goes round and round in {way}")


@pytest.mark.parametrize("aids", MODES, ids=["standard", "low elder", "2.5 times"])
def test_the_keys_lead_in_reading_order_and_back_the_same_way(walking: Showing, aids: Aids) -> None:
    faults = []
    for name in Samples().names():
        view = walking.show(name, aids=aids)
        if view.screen is Screen.ATTRACT:
            continue
        read = [control.name for control in walking.controls()]
        there = once_round(walking, Qt.Key.Key_Down)
        back = once_round(walking, Qt.Key.Key_Up)
        if sorted(there) != sorted(read) or in_order(there, read) != read:
            faults.append(f"{name}: the keys lead {there}, the page reads {read}")
        if in_order(back[::-1], read) != read:
            faults.append(f"{name}: back leads {back}")
    assert not faults, "\n".join(faults)


def in_order(way: list[str], read: list[str]) -> list[str]:
    """A way once round, told from where reading begins."""
    begin = way.index(read[0]) if read and read[0] in way else 0
    return way[begin:] + way[:begin]


def test_the_focus_can_be_seen_wherever_a_key_has_moved_it(walking: Showing) -> None:
    for name in ("home", "question_several", "check", "rating", "farewell", "help"):
        walking.show(name)
        for _ in walking.controls():
            walking.key(Qt.Key.Key_Down)
            ring = shown_ring(walking)
            assert ring is not None, name
            width = QQmlProperty.read(ring, "border.width")
            assert width / walking.window.width() * REFERENCE_WIDTH_MM == pytest.approx(RING_MM, abs=0.15)
            assert QQmlProperty.read(ring, "border.color").name() == "#0a5466", "river"


def test_a_new_page_and_a_new_question_begin_at_their_head_in_sight_of_who_uses_keys(
    walking: Showing,
) -> None:
    walking.show("home")
    once_round(walking, Qt.Key.Key_Down)
    for name in ("question_choice", "check", "rating"):
        walking.show(name)
        assert focus_of(walking) == "", "nothing is chosen by a key that is pressed once too often"
        assert shown_ring(walking) is not None
        walking.key(Qt.Key.Key_Return)
        assert walking.wanted() == []
        walking.key(Qt.Key.Key_Down)
        assert focus_of(walking) == walking.controls()[0].name


def test_a_control_that_goes_while_it_has_the_focus_takes_nobody_along(walking: Showing) -> None:
    walking.show("result_document")
    while focus_of(walking) != "打印A4":
        walking.key(Qt.Key.Key_Down)
    walking.show("result_done")
    assert focus_of(walking) == ""
    assert len(once_round(walking, Qt.Key.Key_Down)) == len(walking.controls())


def test_the_question_whether_to_go_on_is_between_its_two_answers_and_gives_the_focus_back(
    walking: Showing,
) -> None:
    walking.show("question_phone")
    walking.key(Qt.Key.Key_Down)
    walking.show("idle_warning")
    assert once_round(walking, Qt.Key.Key_Down) == ["结束办理", "继续办理"]
    walking.show("question_phone")
    assert len(once_round(walking, Qt.Key.Key_Down)) == len(walking.controls())


def shown_ring(showing: Showing) -> QQuickItem | None:
    """The ring that is seen now."""
    rings = [item for item in every(showing.window.contentItem()) if item.property("shown") is True]
    seen = [ring for ring in rings if ring.isVisible() and ring.opacity() == 1]
    assert len(seen) <= 1
    return seen[0] if seen else None


def every(item: QQuickItem) -> Iterator[QQuickItem]:
    for child in item.childItems():
        yield child
        yield from every(child)
