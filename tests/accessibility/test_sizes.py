"""The sizes of everything, measured in millimetres on the glass: 21.5 and 27 inches, upright and wide."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

from kiosk_app.terminal.views import Aids, Zoom
from screens.application import REFERENCE_HEIGHT_MM, REFERENCE_WIDTH_MM, ScreenApplication
from screens.gallery import show_example
from screens.inspection import controls, faults, is_text, items, pixels_per_mm, scene_rect, text_of
from screens.samples import Samples

UPRIGHT, WIDE = QSize(1080, 1920), QSize(1920, 1080)
GLASSES = {
    "21.5 upright": (UPRIGHT, REFERENCE_WIDTH_MM),
    "21.5 wide": (WIDE, REFERENCE_HEIGHT_MM),
    "27 upright": (UPRIGHT, 336.2),
    "27 wide": (WIDE, 597.7),
}
FULL_HEIGHT = 0.875
"""Of the font's size: the height of 国 in Noto Sans CJK SC."""
CAPITAL = 0.84
"""Of 国: the height of a capital H."""
STANDARD = {
    "您现在怎么住？": 9,
    "租房": 5.8,
    "按现在的情况选，不用带材料。": 5.8,
    "21:07": 4.5,
}
ELDER = dict.fromkeys(STANDARD, 9.0) | {"您现在怎么住？": 12.0}
LARGEST = dict.fromkeys(STANDARD, 2.5 * 5.8) | {"21:07": 2.5 * 4.5}
MODES = {
    "standard": (Aids(), STANDARD),
    "elder": (Aids(elder=True), ELDER),
    "2.5 times": (Aids(zoom=Zoom.LARGEST), LARGEST),
    "elder, 2.5 times": (Aids(elder=True, zoom=Zoom.LARGEST), LARGEST),
}


@pytest.mark.parametrize("glass", GLASSES)
def test_every_size_is_that_of_the_table(qapp: QGuiApplication, glass: str) -> None:
    size, width_mm = GLASSES[glass]
    screens = ScreenApplication(
        lambda _: None, physical_width_mm=width_mm, window_size=size, fullscreen=False, motion=False
    )
    scale = pixels_per_mm(screens.window)
    for serial, (mode, (aids, least_mm)) in enumerate(MODES.items()):
        show_example(screens, Samples(), "question_choice", serial, aids)
        texts = {text_of(item): item for item in items(screens.window.contentItem()) if is_text(item)}
        for words, least in least_mm.items():
            height_mm = texts[words].property("font").pixelSize() * FULL_HEIGHT / scale
            assert height_mm >= least - 0.01, f"{words} is {height_mm:.2f} mm high, {mode}"
        capital_mm = texts["租房"].property("font").pixelSize() * FULL_HEIGHT * CAPITAL / scale
        assert capital_mm >= (7.33 if aids.elder else 4.8)
        line = texts["按现在的情况选，不用带材料。"]
        line_mm = (
            line.property("contentHeight") / line.property("lineCount") / line.property("font").pixelSize()
        )
        assert line_mm >= (1.59 if aids.elder else 1.44)
        assert faults(screens.window, aids) == []
        edges = [scene_rect(control.item) for control in controls(screens.window)]
        margin_mm = 8 if aids.zoom.value >= 2 else 14
        assert min(edge.left() for edge in edges) / scale >= margin_mm - 0.3
        assert (size.width() - max(edge.right() for edge in edges)) / scale >= margin_mm - 0.3
        assert texts["您现在怎么住？"].width() / scale <= (256 if aids.zoom.value >= 2 else 220) + 0.3
    assert screens.warnings == []
    screens.close()
