"""手语: the clip moves, is drawn off the screen's thread, and is gone with the step."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtQuick import QQuickItem
from pytestqt.qtbot import QtBot

from kiosk_app.terminal.aids import Aids
from kiosk_app.terminal.signing_view import SigningView
from screens.application import ScreenApplication
from screens.inspection import items, scene_rect
from screens.samples import Samples
from screens.signing import ClipFrames
from tests.screens.looking import Showing

FRAMES = 16


def a_clip() -> SigningView:
    return SigningView("放卡", (Path("province_platform") / "reference_clips" / "sign_in.webp").read_bytes())


def the_clip(showing: Showing) -> QQuickItem | None:
    return next((i for i in items(showing.window.contentItem()) if i.property("caption") == "放卡"), None)


def test_it_moves_beside_its_words_and_leaves_no_hole_when_it_has_gone(moving: Showing, qtbot: QtBot) -> None:
    view = Samples().view("sign_in", aids=Aids(signing=True))
    moving.screens.bridge.publish(replace(view, signing=a_clip()))
    qtbot.waitUntil(lambda: the_clip(moving) is not None)
    clip = the_clip(moving)
    assert clip is not None
    seen: list[QImage] = []

    def another() -> bool:
        place = scene_rect(clip).toAlignedRect()
        picture = moving.window.grabWindow().copy(place)
        seen.extend([picture] if picture not in seen else [])
        return len(seen) >= 5

    qtbot.waitUntil(another, timeout=10_000)
    assert "放卡" in moving.names()
    moving.screens.bridge.publish(replace(view, serial=2))
    qtbot.waitUntil(lambda: the_clip(moving) is None)
    assert clip.height() == 0


def test_a_picture_at_a_time_is_read_round_and_round_in_any_thread(qapp: QGuiApplication) -> None:
    frames = ClipFrames()
    frames.take(a_clip().pictures)
    read: list[QImage] = []

    def read_on() -> None:
        for number in range(FRAMES + 1):
            size = QSize()
            read.append(frames.requestImage(str(number), size, QSize(200, 200)))
            assert size == QSize(200, 200)

    reader = threading.Thread(target=read_on)
    reader.start()
    reader.join()
    assert read[0] != read[FRAMES // 2]
    assert read[0] == read[FRAMES], "from the beginning again"
    assert frames.lasts_ms == 80


def test_what_is_no_clip_is_no_picture_and_nothing_is_left_of_one_that_was_shown(
    qapp: QGuiApplication,
) -> None:
    frames = ClipFrames()
    for pictures in (b"", b"RIFF nonsense", a_clip().pictures[:100]):
        frames.take(pictures)
        assert frames.requestImage("1", QSize(), QSize(200, 200)).isNull()
    screens = ScreenApplication(lambda _: None, fullscreen=False, motion=False)
    screens._signing.show(a_clip())
    assert screens._signing._frames._pictures
    screens.forget()
    assert screens._signing._shown is None
    assert not screens._signing._frames._pictures
    screens.close()


def test_the_place_is_the_same_on_every_step(showing: Showing) -> None:
    places: set[tuple[float, float]] = set()
    for name in ("sign_in_signed", "help_signed", "farewell_signed"):
        view = showing.show(name)
        assert view.signing is not None
        caption = view.signing.caption
        shown = [i for i in items(showing.window.contentItem()) if i.property("caption") == caption]
        rect: QRectF = scene_rect(shown[0])
        places.add((rect.x(), rect.y()))
    assert len(places) == 1
