"""Whoever touches a control sees at once that it was felt, whatever its ground and its colours are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage

from kiosk_app.terminal.aids import Aids, Colours
from screens.gallery import settle
from screens.inspection import Control
from tests.screens.looking import Showing

BESIDE = QPointF(3, 3)
"""Where nothing can be pressed: a finger that is lifted there has pressed nothing."""


def unanswered(showing: Showing) -> Iterator[str]:
    """The controls that look the same under a finger."""
    for control in showing.controls():
        before = seen(showing, control)
        showing.press_at(control.rect.center())
        under_a_finger = seen(showing, control)
        showing.move_to(BESIDE)
        showing.lift_at(BESIDE)
        settle(showing.screens)
        if under_a_finger == before:
            yield control.name


def seen(showing: Showing, control: Control) -> QImage:
    return showing.window.grabWindow().copy(control.rect.toAlignedRect())


@pytest.mark.parametrize("colours", Colours)
@pytest.mark.parametrize("name", ["home", "question_choice", "rating"])
def test_every_control_answers_a_finger(showing: Showing, name: str, colours: Colours) -> None:
    showing.show(name, aids=Aids(colours=colours, low_reach=True))
    assert list(unanswered(showing)) == []
    assert showing.wanted() == []


def test_so_does_every_switch_under_more(showing: Showing) -> None:
    showing.show("home", aids=Aids(simple_list=True))
    showing.tap("更多")
    settle(showing.screens)
    assert any(control.name == "简洁列表" for control in showing.controls())
    assert list(unanswered(showing)) == []
