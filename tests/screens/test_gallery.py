"""The gallery draws every example."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage

from screens import gallery
from screens.samples import Samples


def test_every_example_becomes_a_picture(qapp: QGuiApplication, tmp_path: Path) -> None:
    assert gallery.main(["--out", str(tmp_path), "--mode", "dark"]) == 0
    pictures = sorted((tmp_path / "dark").glob("*.png"))
    assert [picture.stem[3:] for picture in pictures] == Samples().names()
    assert QImage(str(pictures[0])).size().toTuple() == (1080, 1920)


def test_only_what_is_asked_for(qapp: QGuiApplication, tmp_path: Path) -> None:
    assert gallery.main(["--out", str(tmp_path), "--mode", "en", "--screen", "home", "--screen", "help"]) == 0
    assert [picture.name for picture in sorted(tmp_path.rglob("*.png"))] == ["02_home.png", "30_help.png"]
