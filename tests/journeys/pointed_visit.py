"""A person whose finger is the pointer of a window system: she reads the words, and taps by place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from demo.lines import Lines, RefusedError
from demo.visit import Visit

_PRESSED = ("Button", "CheckBox", "RadioButton")

Tap = Callable[[int, int], None]
"""Taps at a place of the screen, in pixels from its upper left corner."""


class PointedVisit(Visit):
    """A visit whose taps come from outside of the program, through what it draws its window on."""

    def __init__(self, screen: Lines, devices: Path, tap_at: Tap) -> None:
        super().__init__("pointed", screen, devices)
        self._screen = screen
        self._tap_at = tap_at
        self.taps = 0

    def _press(self, label: str) -> None:
        here = [
            control
            for control in self._screen.ask(do="tree")["controls"]
            if control["role"] in _PRESSED and control["enabled"] and label in control["name"]
        ]
        wanted = [control for control in here if control["name"] == label] or here
        if len(wanted) != 1:
            raise RefusedError(f"{len(wanted)} controls say “{label}”")
        x, y, width, height = wanted[0]["rect"]
        self._tap_at(x + width // 2, y + height // 2)
        self.taps += 1
