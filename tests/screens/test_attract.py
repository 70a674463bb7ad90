"""The resting screen: a code that a telephone reads, and an emergency that nobody overlooks."""

from __future__ import annotations

from pathlib import Path

import zxingcpp
from PIL import Image

from tests.screens.looking import Showing


def test_the_code_of_the_app_is_read_from_the_screen(showing: Showing, tmp_path: Path) -> None:
    showing.show("attract_news")
    file = tmp_path / "screen.png"
    showing.screens.grab(file)
    picture = Image.open(file)
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == ["https://app.example/get?c=demo-01"]


def test_an_emergency_is_said_and_ordinary_news_waits(showing: Showing) -> None:
    showing.show("attract_news")
    assert any("居住证签注全省都能办" in name for name in showing.names())
    showing.show("attract_emergency")
    assert any("防汛一级响应" in name for name in showing.names())
    assert not any("居住证签注全省都能办" in name for name in showing.names())
