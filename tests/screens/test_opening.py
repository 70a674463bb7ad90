"""The first picture is ours, and nothing is loaded before it that does not draw it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QImage

from screens.opening import REFERENCE_SIZE, Opening
from tests.screens.test_theme import palette

WITHIN_S = 20.0
LOADED = """
import sys
from kiosk_app.composition.opening import show_opening
show_opening(windowed=True)
ours = ("contract", "drivers", "foundation", "kiosk_app", "offline_store", "screens", "words")
print(*sorted(name for name in sys.modules if name.partition(".")[0] in ours))
"""
"""What ``python -m kiosk_app run`` does first."""


@pytest.fixture(params=[REFERENCE_SIZE, REFERENCE_SIZE.transposed()], ids=["portrait", "landscape"])
def opening(request: pytest.FixtureRequest, qapp: QGuiApplication) -> Iterator[Opening]:
    size: QSize = request.param
    opening = Opening(fullscreen=False, window_size=size)
    yield opening
    opening.close()


def colours(picture: QImage) -> set[str]:
    """Every colour of the picture that is found at every fourth pixel."""
    return {
        picture.pixelColor(x, y).name().upper()
        for x in range(0, picture.width(), 4)
        for y in range(0, picture.height(), 4)
    }


def test_the_picture_is_paper_counter_and_ink_of_the_theme(opening: Opening) -> None:
    assert opening.wait_until_drawn(WITHIN_S)
    picture, theme = opening.window.grabWindow(), palette("day")
    width, height = picture.width(), picture.height()
    assert picture.pixelColor(width // 3, height // 8).name().upper() == theme["paper"]
    assert picture.pixelColor(width - 9, height - 9).name().upper() == theme["counter"]
    assert {theme["ink"], theme["inkSoft"], theme["river"], theme["line"]} <= colours(picture)


def test_a_screen_that_is_off_keeps_nobody_waiting(qapp: QGuiApplication) -> None:
    opening = Opening(fullscreen=False)
    opening.window.hide()
    assert not opening.wait_until_drawn(0.01)
    opening.close()


def test_nothing_is_loaded_before_the_picture_that_does_not_draw_it() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
    done = subprocess.run(
        [sys.executable, "-c", LOADED], env=environment, check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == [
        "kiosk_app",
        "kiosk_app.composition",
        "kiosk_app.composition.opening",
        "screens",
        "screens.opening",
    ]
