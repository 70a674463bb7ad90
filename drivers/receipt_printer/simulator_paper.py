"""The paper of the simulated printer: what the head burns into it, where it is cut, and how that looks."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PIL import Image, ImageChops, ImageOps

from drivers.receipt_printer.device import DOTS_PER_MM, Capabilities
from drivers.receipt_printer.glyphs import Typeface

HEAD_TO_CUTTER_DOTS: Final = 11 * DOTS_PER_MM
"""The paper between head and cutter: the blank beginning of every slip."""
_WHITE: Final = 255
_GROWTH_DOTS: Final = 2048


@dataclass(frozen=True, slots=True)
class SlipPicture:
    """A slip as it fell into the tray: one pixel a dot, 8 dots a millimetre, black on white.

    ``text`` is what the printer was told to print, line by line; pictures and codes stand in brackets. The
    ``repr`` shows neither.
    """

    image: Image.Image = field(repr=False)
    text: str = field(repr=False)

    def save(self, path: Path) -> None:
        """Writes the picture as PNG with its true size (203 dots an inch)."""
        self.image.save(path, dpi=(DOTS_PER_MM * 25.4, DOTS_PER_MM * 25.4))


class Paper:
    """The roll, from the cutter to the head and on. ``fed_dots`` is how far it has gone in all."""

    def __init__(self, capabilities: Capabilities) -> None:
        self.dots_per_line = capabilities.dots_per_line
        self._width = capabilities.paper_width_mm * DOTS_PER_MM
        self._margin = (self._width - self.dots_per_line) // 2
        self._strip = self._blank(_GROWTH_DOTS)
        self._y = HEAD_TO_CUTTER_DOTS  # the place of the head, from the last cut
        self._lines: list[str] = []
        self.fed_dots = 0

    def feed(self, dots: int) -> None:
        """Moves the paper on."""
        self.fed_dots += dots
        self._y += dots
        if self._y > self._strip.height:
            longer = self._blank(self._y + _GROWTH_DOTS)
            longer.paste(self._strip, (0, 0))
            self._strip = longer

    def burn(self, picture: Image.Image, x: int) -> None:
        """Prints a picture of mode ``1`` (ink 1) at ``x`` and moves the paper by its height.

        Dots beyond the head's width are lost.
        """
        top = self._y
        self.feed(picture.height)
        visible = picture.crop((0, 0, max(0, min(picture.width, self.dots_per_line - x)), picture.height))
        self._strip.paste(0, (self._margin + x, top), visible)

    def note(self, line: str) -> None:
        """Remembers what was printed, as text."""
        self._lines.append(line)

    def cut(self) -> SlipPicture:
        """Cuts at the cutter; what lies between cutter and head begins the next slip."""
        at = self._y - HEAD_TO_CUTTER_DOTS
        slip = SlipPicture(self._strip.crop((0, 0, self._width, at)), "\n".join(self._lines))
        rest = self._strip.crop((0, at, self._width, self._y))
        self._strip = self._blank(_GROWTH_DOTS)
        self._strip.paste(rest, (0, 0))
        self._y = HEAD_TO_CUTTER_DOTS
        self._lines = []
        return slip

    def uncut(self) -> SlipPicture | None:
        """What hangs from the printer: printed and not cut; None when nothing was printed."""
        if not self._has_ink():
            return None
        return SlipPicture(self._strip.crop((0, 0, self._width, self._y)), "\n".join(self._lines))

    def _has_ink(self) -> bool:
        return self._strip.getextrema() != (_WHITE, _WHITE)

    def _blank(self, height: int) -> Image.Image:
        return Image.new("L", (self._width, height), _WHITE)


class CharacterRom:
    """The printer's own font: one picture for each character and cell, enlarged by repeating dots."""

    def __init__(self) -> None:
        self._typeface = Typeface()
        self._cells: dict[tuple[str, int, int, bool, int, int], Image.Image] = {}

    def cell(
        self, character: str, width: int, height: int, *, bold: bool, wide: int, high: int
    ) -> Image.Image:
        """A cell of ``width`` × ``height`` dots, struck twice for bold, then enlarged."""
        key = (character, width, height, bold, wide, high)
        if key not in self._cells:
            picture = self._typeface.draw(character, width, height)
            if bold:
                picture = ImageChops.logical_or(
                    picture, ImageChops.offset(_right_column_blank(picture), 1, 0)
                )
            self._cells[key] = picture.resize((width * wide, height * high), Image.Resampling.NEAREST)
        return self._cells[key]


def _right_column_blank(picture: Image.Image) -> Image.Image:
    """So that a shift to the right does not come in again on the left."""
    return ImageOps.expand(picture.crop((0, 0, picture.width - 1, picture.height)), (0, 0, 1, 0), 0)
