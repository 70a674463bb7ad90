"""What the first screen needs to know is read before, and apart from, everything else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk_app.config.screen_settings import ScreenSettings, read_screen_settings

NOT_BEFORE_THE_FIRST_SCREEN = ("contract", "drivers", "offline_store", "msgspec", "sqlalchemy", "requests")


def test_the_screen_is_read_whatever_else_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "terminal.toml"
    file.write_text('[platform]\nurl = 7\n[screen]\nwidth_mm = 336\nlanguage = "en"\n', encoding="utf-8")
    assert read_screen_settings(file) == ScreenSettings(width_mm=336.0, language="en")


@pytest.mark.parametrize(
    "content",
    [b"", b"[screen]\nwidth_mm = 7\n", b"screen = 3\n", b"[screen\n", b"\xff", b'[screen]\ncolour = "red"\n'],
)
def test_a_screen_comes_up_with_the_defaults_whatever_stands_in_the_file(
    tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "terminal.toml"
    file.write_bytes(content)
    assert read_screen_settings(file) == ScreenSettings()
    assert read_screen_settings(tmp_path / "none.toml") == ScreenSettings()


def test_nothing_is_loaded_before_the_first_screen_that_is_no_screen() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, kiosk_app.composition.run; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "screens.application" in loaded
    assert not [name for name in loaded if name.partition(".")[0] in NOT_BEFORE_THE_FIRST_SCREEN]
