"""When a screen has gone, nothing of it is left; when all is forgotten, nothing is left at all."""

from __future__ import annotations

from dataclasses import replace

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem

from kiosk_app.terminal.aids import Aids
from kiosk_app.terminal.views import Screen
from screens.inspection import is_text, text_of
from screens.samples import Samples
from screens.terminal import MODELS
from tests.screens.looking import Showing

TYPED = "1380713"


def page(showing: Showing, kind: str) -> QQuickItem | None:
    return next(
        (each for each in every_item(showing) if each.metaObject().className().startswith(f"{kind}_QML")),
        None,
    )


def every_item(showing: Showing) -> list[QQuickItem]:
    """All items of the window, also those that cannot be seen."""
    found, left = [], [showing.window.contentItem()]
    while left:
        item = left.pop()
        found.append(item)
        left.extend(item.childItems())
    return found


def everything_held(showing: Showing) -> str:
    """Every text of every item and every property of every model."""
    words = [text_of(item) for item in every_item(showing) if is_text(item)]
    terminal = showing.screens._terminal
    models: list[QObject] = [*terminal._bodies.values(), terminal._top, terminal._aids, terminal._warning]
    for model in models:
        words += [str(model.property(name)) for name in ("typed", "headline", "signedInAs")]
        words += [str(rows._rows) for rows in model._rows.values()]  # type: ignore[attr-defined]
    return "\n".join(words)


def test_a_page_that_has_gone_is_destroyed_with_what_it_showed(showing: Showing) -> None:
    showing.show("question_phone")
    gone = page(showing, "Question")
    assert gone is not None
    assert TYPED in everything_held(showing)
    showing.show("check")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert page(showing, "Question") is None
    assert TYPED not in everything_held(showing)


def test_it_is_destroyed_after_the_slide_too(moving: Showing, qtbot: object) -> None:
    from pytestqt.qtbot import QtBot

    assert isinstance(qtbot, QtBot)
    bridge = moving.screens.bridge
    bridge.publish(Samples().view("question_phone", 1))
    qtbot.waitUntil(lambda: page(moving, "Question") is not None)
    bridge.publish(Samples().view("check", 2))
    qtbot.waitUntil(lambda: page(moving, "Check") is not None)
    assert not moving.window.property("settled"), "it slides"
    assert page(moving, "Question") is not None
    qtbot.waitUntil(lambda: bool(moving.window.property("settled")))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert page(moving, "Question") is None
    assert TYPED not in everything_held(moving)


def test_pages_that_come_and_go_quickly_end_with_the_last(moving: Showing, qtbot: object) -> None:
    from pytestqt.qtbot import QtBot

    assert isinstance(qtbot, QtBot)
    for serial, name in enumerate(("home", "guide", "home", "guide", "notice"), start=1):
        moving.screens.bridge.publish(replace(Samples().view(name, serial), forward=serial % 2 == 0))
        QCoreApplication.processEvents()
    qtbot.waitUntil(lambda: bool(moving.window.property("settled")))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    shown = [kind for kind in ("Home", "Guide", "Notice") if page(moving, kind) is not None]
    assert shown == ["Notice"]


def test_in_the_larger_view_nothing_slides(moving: Showing) -> None:
    elder = Aids(elder=True)
    moving.screens.bridge.publish(Samples().view("home", 1, elder))
    QCoreApplication.processEvents()
    moving.screens.bridge.publish(Samples().view("guide", 2, elder))
    QCoreApplication.processEvents()
    assert moving.window.property("settled") is True


def test_forgetting_empties_the_screen_that_is_shown(showing: Showing) -> None:
    for name in Samples().names():
        showing.show(name)
    showing.show("question_phone")
    assert "*建国" in everything_held(showing)
    showing.screens.forget()
    left = everything_held(showing)
    assert TYPED not in left
    assert "建国" not in left
    assert "138" not in left


def test_a_view_can_be_shown_after_forgetting(showing: Showing) -> None:
    showing.show("question_phone")
    showing.screens.forget()
    showing.show("farewell")
    assert "您的信息已从本机清除" in showing.names()
    assert set(MODELS) == set(Screen)


def test_the_models_outlive_the_engine(showing: Showing) -> None:
    showing.show("check")
    terminal = showing.screens._terminal
    showing.screens.close()
    assert shiboken6.isValid(terminal)
    showing.screens.close()


def test_the_clipboard_is_empty_when_all_is_forgotten(showing: Showing) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText(TYPED)
    showing.screens.forget()
    assert clipboard.text() == ""
