"""Drawings and icons: every one that is named is there, in our inks, and takes on the theme's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QImage

from screens.pictures import FOLDER, INKS, Pictures, in_colours

FILES = sorted([*(FOLDER / "drawings").glob("*.svg"), *(FOLDER / "icons").glob("*.svg")])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_draws_something_in_our_inks_only(qapp: QGuiApplication, file: Path) -> None:
    svg = file.read_text(encoding="utf-8")
    colours = {colour.lower() for colour in re.findall(r"#([0-9A-Fa-f]{6})\b", svg)}
    assert colours <= set(INKS)
    address = f"{file.parent.name}/{file.stem}"
    image = Pictures().requestImage(f"{address}?", QSize(), QSize(120, 80))
    empty = QImage(image.size(), image.format())
    empty.fill(0)
    assert image.size() == QSize(120, 80)
    assert image != empty


def test_what_qml_names_is_there_and_what_is_there_is_named() -> None:
    source = "\n".join(file.read_text(encoding="utf-8") for file in FOLDER.rglob("*.qml"))
    named = set(re.findall(r"\"([a-z_]+)\"|pictures/icons/([a-z_]+)\?", source))
    named = {name for either in named for name in either}
    for file in FILES:
        known = file.stem.removesuffix("_moving")
        assert known in named or file.stem.startswith("result_"), f"{file.name} is not used"
    there = {file.stem for file in FILES}
    for icon in re.findall(r"(?:iconName|Icon|onIcon|backIcon): \"([a-z_]+)\"", source):
        assert icon in there, icon
    for drawing in re.findall(r"(?:drawing|name): \"([a-z_]+)\"", source):
        assert drawing in there or drawing == "result_", drawing


def test_the_colours_of_the_theme_take_the_place_of_ours_even_when_they_swap() -> None:
    swapped = in_colours('<path stroke="#16232C" fill="#FFFFFF"/>', ["ffffff", *INKS[1:6], "16232c"])
    assert swapped == '<path stroke="#ffffff" fill="#16232c"/>'


def test_one_colour_makes_an_icon(qapp: QGuiApplication) -> None:
    image = Pictures().requestImage("icons/check?ff0000", QSize(), QSize(48, 48))
    reds = {
        image.pixelColor(x, y).name()
        for x in range(48)
        for y in range(48)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert reds == {"#ff0000"}
