"""The gallery draws every example."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QImage

from screens import gallery, inspection
from screens.samples import Samples


def test_every_example_becomes_a_picture(qapp: QGuiApplication, tmp_path: Path) -> None:
    assert gallery.main(["--out", str(tmp_path), "--mode", "dark", "--form", "portrait"]) == 0
    pictures = sorted((tmp_path / "portrait" / "dark").glob("*.png"))
    assert [picture.stem[3:] for picture in pictures] == Samples().names()
    assert QImage(str(pictures[0])).size().toTuple() == (1080, 1920)


def test_only_what_is_asked_for(qapp: QGuiApplication, tmp_path: Path) -> None:
    wanted = ["--form", "landscape", "--mode", "english", "--screen", "home", "--screen", "help"]
    assert gallery.main(["--out", str(tmp_path), *wanted]) == 0
    pictures = sorted(tmp_path.rglob("*.png"))
    assert [picture.name[3:] for picture in pictures] == ["home.png", "help.png"]
    assert QImage(str(pictures[0])).size().toTuple() == (1920, 1080)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "2 pictures, 0 with something wrong" in page
    assert 'src="landscape/english/' in page
    assert 'data-form="landscape" data-mode="english"' in page
    assert "<option>home</option>" in page


def test_a_fault_is_said_on_the_page_and_in_the_end(
    qapp: QGuiApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """For a finger as broad as this no button is large enough, and the command fails."""
    monkeypatch.setattr(inspection, "TARGET_MM", 400.0)
    wanted = ["--form", "portrait", "--mode", "standard", "--screen", "home"]
    assert gallery.main(["--out", str(tmp_path), *wanted]) == 1
    assert "is only" in capsys.readouterr().out
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "1 pictures, 1 with something wrong" in page
    assert "is only" in page
