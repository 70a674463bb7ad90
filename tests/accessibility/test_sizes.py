"""The sizes of what is read and touched, in millimetres on the glass: 21.5 and 27 inches, upright and wide.

The heights of characters are measured in the pixels that were drawn, not asked of the font.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtQuick import QQuickItem

from kiosk_app.terminal.aids import Aids, Zoom
from screens.application import ScreenApplication
from screens.gallery import settle, show_example
from screens.inspection import controls, faults, highest, is_text, items, pixels_per_mm, text_of
from screens.opening import REFERENCE_HEIGHT_MM, REFERENCE_WIDTH_MM
from screens.samples import Samples
from tests.screens.looking import Showing

UPRIGHT, WIDE = QSize(1080, 1920), QSize(1920, 1080)
GLASSES = {
    "21.5 upright": (UPRIGHT, REFERENCE_WIDTH_MM),
    "21.5 wide": (WIDE, REFERENCE_HEIGHT_MM),
    "27 upright": (UPRIGHT, 336.2),
    "27 wide": (WIDE, 597.7),
}


@dataclass(frozen=True)
class Sizes:
    """What one mode promises, in millimetres: heights of 国, and the room around."""

    aids: Aids
    body: float
    title: float
    caption: float
    target: float
    line: float
    margin: float = 14
    widest: float = 220


SIZES = {
    "standard": Sizes(Aids(), 5.8, 9, 4.5, 16, 1.45),
    "elder": Sizes(Aids(elder=True), 9, 12, 9, 22, 1.6),
    "2.5 times": Sizes(Aids(zoom=Zoom.LARGEST), 14.5, 14.5, 11.25, 16, 1.45, margin=8, widest=256),
    "elder, 2.5 times": Sizes(
        Aids(elder=True, zoom=Zoom.LARGEST), 14.5, 14.5, 11.25, 22, 1.6, margin=8, widest=256
    ),
}
TITLE, BODY, CAPTION = "您现在怎么住？", "按现在的情况选，不用带材料。", "网络正常"


def open_screens(glass: str) -> ScreenApplication:
    """The screens on this glass."""
    size, width_mm = GLASSES[glass]
    return ScreenApplication(
        lambda _: None, physical_width_mm=width_mm, window_size=size, fullscreen=False, motion=False
    )


def drawn_height(picture: QImage, text: QQuickItem) -> int:
    """How many rows of pixels the first line of a text fills: from the highest ink to the lowest."""
    line = text.height() / int(text.property("lineCount"))
    place = text.mapRectToScene(QRectF(0, 0, float(text.property("contentWidth")), line)).toAlignedRect()
    seen = picture.copy(place.intersected(picture.rect())).convertToFormat(QImage.Format.Format_Grayscale8)
    ground = seen.pixelColor(0, 0).lightness()
    inked = [
        y
        for y in range(seen.height())
        if any(abs(seen.pixelColor(x, y).lightness() - ground) > 60 for x in range(seen.width()))
    ]
    return inked[-1] - inked[0] + 1


@pytest.fixture
def showing(qapp: QGuiApplication) -> Iterator[Showing]:
    """The reference screens, taken down at the end."""
    showing = Showing()
    yield showing
    showing.screens.close()
    assert showing.screens.warnings == []


@pytest.mark.parametrize("glass", GLASSES)
def test_every_size_is_that_of_the_table(qapp: QGuiApplication, glass: str) -> None:
    screens = open_screens(glass)
    scale = pixels_per_mm(screens.window)
    for serial, (mode, sizes) in enumerate(SIZES.items()):
        show_example(screens, Samples(), "question_choice", serial, sizes.aids)
        picture = screens.window.grabWindow()
        texts = {text_of(item): item for item in items(screens.window.contentItem()) if is_text(item)}
        for words, least in ((TITLE, sizes.title), (BODY, sizes.body), (CAPTION, sizes.caption)):
            found = drawn_height(picture, texts[words]) / scale
            # The tallest characters of these words reach as high as 国, to the width of a line of pixels.
            assert found >= least - 1.5 / scale, f"{words} is {found:.2f} mm high, {mode}"
        body = texts[BODY]
        font_pixels = body.property("font").pixelSize()
        line = body.height() / body.property("lineCount") / font_pixels
        assert line >= sizes.line - 0.01, f"lines are {line:.2f} of the font's size, {mode}"
        pressed = [control.rect for control in controls(screens.window)]
        assert min(min(each.width(), each.height()) for each in pressed) / scale >= sizes.target - 0.3, mode
        assert min(each.left() for each in pressed) / scale >= sizes.margin - 0.3, mode
        assert (screens.window.width() - max(each.right() for each in pressed)) / scale >= sizes.margin - 0.3
        assert texts[TITLE].width() / scale <= sizes.widest + 0.3, mode
        assert min(each.top() for each in pressed) >= highest(screens.window, sizes.aids) - 1, mode
        assert faults(screens.window, sizes.aids) == []
    assert screens.warnings == []
    screens.close()


@pytest.mark.parametrize(("aids", "least_mm"), [(Aids(), 9.0), (Aids(elder=True), 12.0)])
def test_a_number_is_large_enough_to_copy_by_hand(showing: Showing, aids: Aids, least_mm: float) -> None:
    showing.show("result_offline", aids=aids)
    number = next(
        item
        for item in items(showing.window.contentItem())
        if is_text(item) and text_of(item) == "421 0300 0129"
    )
    # A figure is 0.84 as high as 国.
    height = drawn_height(showing.window.grabWindow(), number) / pixels_per_mm(showing.window) / 0.84
    assert height >= least_mm - 0.3


def test_the_focus_is_a_ring_of_more_than_a_millimetre_with_a_gap(showing: Showing) -> None:
    """From the outer edge inwards: ring, gap, and only then the edge of what has the focus."""
    showing.show("guide")
    showing.key(Qt.Key.Key_Down)
    settle(showing.screens)
    rect = next(each.rect for each in showing.controls() if each.item.property("visualFocus"))
    scale = pixels_per_mm(showing.window)
    picture = showing.window.grabWindow()
    middle = int(rect.center().y())
    river = QColor("#0A5466")
    row = [
        picture.pixelColor(x, middle) == river
        for x in range(int(rect.left() - 3 * scale), int(rect.left()) - 1)
    ]
    ring = sum(row)
    assert ring / scale >= 1.2 - 0.2
    assert not any(row[row.index(True) + ring :]), "there is a gap between the ring and what it is around"
    assert len(row) - row.index(True) - ring >= 2


@pytest.mark.parametrize("lower_edge_mm", [850.0, 1000.0])
def test_nothing_to_be_touched_stands_above_1220_mm(qapp: QGuiApplication, lower_edge_mm: float) -> None:
    screens = ScreenApplication(lambda _: None, lower_edge_mm=lower_edge_mm, fullscreen=False, motion=False)
    scale = pixels_per_mm(screens.window)
    for serial, name in enumerate(["home", "question_phone", "question_choice"]):
        show_example(screens, Samples(), name, serial)
        top = min(control.rect.top() for control in controls(screens.window))
        above_floor = lower_edge_mm + (screens.window.height() - top) / scale
        assert above_floor <= 1220 + 0.5, f"{name}: {above_floor:.0f} mm"
    screens.close()
