"""Sizes are those of the glass in millimetres; colours have their contrast (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication

from screens.inspection import is_text, items, text_of
from screens.opening import FOLDER, FONT_FAMILIES, REFERENCE_WIDTH_MM
from tests.screens.looking import Showing

PIXELS_PER_MM = 1080 / REFERENCE_WIDTH_MM
SCHEMES = ("day", "night", "black")


def palette(scheme: str) -> dict[str, str]:
    source = (FOLDER / "theme" / "Theme.qml").read_text(encoding="utf-8")
    block = re.search(rf"Colours {scheme}: Colours \{{(.*?)\}}", source, re.DOTALL)
    assert block is not None
    return dict(re.findall(r"(\w+): \"(#[0-9A-F]{6})\"", block.group(1)))


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_can_be_read_on_every_ground(scheme: str) -> None:
    colours = palette(scheme)
    grounds = ("paper", "counter", "card", "tint")
    for words, ground in product(("ink", "inkSoft", "river", "lacquer", "jade", "amber"), grounds):
        assert contrast(colours[words], colours[ground]) >= 4.5, f"{words} on {ground}"
    assert contrast(colours["onRiver"], colours["river"]) >= 4.5
    assert contrast(colours["paper"], colours["amber"]) >= 4.5, "演示"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_edges_and_the_ring_of_the_focus_can_be_seen(scheme: str) -> None:
    colours = palette(scheme)
    for edge, ground in product(("edge", "focus"), ("paper", "counter", "card")):
        assert contrast(colours[edge], colours[ground]) >= 3, f"{edge} on {ground}"


def test_high_contrast_keeps_what_is_promised() -> None:
    colours = palette("black")
    assert contrast(colours["ink"], colours["paper"]) == pytest.approx(21)
    assert contrast(colours["river"], colours["paper"]) > 16
    assert contrast(colours["focus"], colours["paper"]) > 14.9


def test_no_colour_and_no_size_stands_outside_the_theme() -> None:
    strange = [
        f"{file.name}: {found}"
        for file in sorted(Path(FOLDER).rglob("*.qml"))
        if file.name not in ("Theme.qml", "Colours.qml")
        for found in re.findall(r"\"#[0-9A-Fa-f]{6,8}\"|pixelSize: \d", file.read_text(encoding="utf-8"))
    ]
    assert strange == []


def test_the_character_guo_fills_seven_eighths_of_the_size(qapp: QGuiApplication) -> None:
    font = QFont(list(FONT_FAMILIES))
    font.setPixelSize(1000)
    metrics = QFontMetricsF(font)
    assert metrics.tightBoundingRect("国").height() == pytest.approx(875, rel=0.01)
    assert metrics.tightBoundingRect("H").height() / 875 == pytest.approx(0.84, rel=0.01)
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


@pytest.mark.parametrize("character", "䶮𠮷𬱖·")
def test_rare_characters_of_names_are_there(qapp: QGuiApplication, character: str) -> None:
    families = [QFont(family) for family in FONT_FAMILIES]
    assert any(QFontMetricsF(font).inFontUcs4(ord(character)) for font in families)


@pytest.mark.parametrize(("elder", "least_mm"), [(False, 5.8), (True, 9.0)])
def test_what_one_must_read_is_large_enough(showing: Showing, *, elder: bool, least_mm: float) -> None:
    from kiosk_app.terminal.aids import Aids

    showing.show("question_choice", aids=Aids(elder=elder))
    sizes = {
        text_of(item): item.property("font").pixelSize() * 0.875 / PIXELS_PER_MM
        for item in items(showing.window.contentItem())
        if is_text(item)
    }
    for words in (
        "您现在怎么住？",
        "按现在的情况选，不用带材料。",
        "租房",
        "返回",
        "第 2 步，共 5 步",
        "长者版",
    ):
        assert sizes[words] >= least_mm - 0.1, words


def test_measures_follow_from_the_width_of_the_glass(qapp: QGuiApplication) -> None:
    from screens.application import ScreenApplication
    from screens.gallery import settle
    from screens.samples import Samples

    heights = {}
    for width_mm in (REFERENCE_WIDTH_MM, 400.0):
        screens = ScreenApplication(
            lambda _: None, physical_width_mm=width_mm, fullscreen=False, motion=False
        )
        screens.bridge.publish(Samples().view("question_choice"))
        settle(screens)
        heights[width_mm] = next(
            item.property("font").pixelSize()
            for item in items(screens.window.contentItem())
            if is_text(item) and text_of(item) == "租房"
        )
        assert screens.warnings == []
        screens.close()
    assert heights[400.0] / heights[REFERENCE_WIDTH_MM] == pytest.approx(REFERENCE_WIDTH_MM / 400.0, rel=0.05)
