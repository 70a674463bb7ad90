"""The settings that the first screen needs, before anything else is read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from kiosk_app.config.options import Mistake, number, one_of, read_section


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenSettings:
    """The screen as a thing of millimetres. The defaults are those of 21.5", upright."""

    width_mm: Annotated[
        float, number("屏幕可视区宽度（毫米）", "Width of the visible area in millimetres", 100, 2000)
    ] = 267.8
    lower_edge_mm: Annotated[
        float,
        number(
            "屏幕下沿离地高度（毫米），决定低位操作够得着的范围",
            "Height of the screen's lower edge above the floor in millimetres; decides what can be reached",
            0,
            1500,
        ),
    ] = 800.0
    language: Annotated[
        str, one_of("开始时的语言，中文 zh 或英文 en", "Language at the start, zh or en", "zh", "en")
    ] = "zh"


def read_screen_settings(file: Path) -> ScreenSettings:
    """Reads the section ``screen`` of the settings file; the defaults when anything in it is wrong.

    Never raises: ``read_settings`` reads the whole file soon after, and names every mistake in it.
    """
    mistakes: list[Mistake] = []
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8")).get("screen", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return ScreenSettings()
    read = read_section(file, ScreenSettings, table, mistakes) if isinstance(table, dict) else None
    return read or ScreenSettings()
