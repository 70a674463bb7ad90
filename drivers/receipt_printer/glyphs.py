"""Drawing characters in dots: for what the printer's own font does not have, and for the simulator's font.

Noto Sans CJK covers the common characters and HanaMin the rare ones of names and places (together 99.96 % of
the ideographs of GB 18030-2022). Where both fail, 〓 stands in the place, as it has in print for a century.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

FONT_FOLDERS: Final = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
REPLACEMENT: Final = "〓"
_REGULAR: Final = ("NotoSansCJK-Regular.ttc", "Noto Sans Mono CJK SC")
_BOLD: Final = ("NotoSansCJK-Bold.ttc", "Noto Sans Mono CJK SC")
_RARE: Final = (("HanaMinA.ttf", "HanaMinA"), ("HanaMinB.ttf", "HanaMinB"))
_NO_CHARACTER: Final = "\U0010fffd"
_INK_THRESHOLD: Final = 104
"""From this grey on a dot is black. A little below the middle, so that thin strokes do not break."""


class FontsMissingError(Exception):
    """The fonts are not installed; the message names the Debian package."""


class Typeface:
    """Characters as pictures of dots, in cells of a printer. For one thread."""

    def __init__(self, folders: Iterable[Path] = FONT_FOLDERS) -> None:
        """Finds the fonts; raises :class:`FontsMissingError` when Noto Sans CJK is not there."""
        roots = tuple(folders)
        self._regular = [_required(roots, *_REGULAR)]
        self._bold = [_required(roots, *_BOLD)]
        for file_name, face in _RARE:
            if (found := _find(roots, file_name, face)) is not None:
                self._regular.append(found)
                self._bold.append(found)
        self._sized: dict[tuple[str, int, int], ImageFont.FreeTypeFont] = {}

    def draw(self, cluster: str, width_dots: int, height_dots: int, *, bold: bool = False) -> Image.Image:
        """One cell: a picture of mode ``1`` and exactly that size, ink 1 on 0.

        ``cluster`` is a character with the marks that combine with it. A cell narrower than it is high is for
        Latin letters, which get room for what hangs below the line.
        """
        narrow = width_dots * 2 <= height_dots + 2
        pixels = round(height_dots * (0.92 if narrow else 1))
        baseline = round(height_dots * (0.8 if narrow else 0.87))
        font, shown = self._font_for(cluster, pixels, bold=bold)
        cell = Image.new("L", (width_dots, height_dots), 0)
        ImageDraw.Draw(cell).text((width_dots / 2, baseline), shown, fill=255, font=font, anchor="ms")
        return cell.point(lambda grey: 255 if grey >= _INK_THRESHOLD else 0, mode="1")

    def has(self, character: str) -> bool:
        """Whether some font has the character."""
        return any(self._face_has(font, character) for font in self._regular)

    def _font_for(self, cluster: str, pixels: int, *, bold: bool) -> tuple[ImageFont.FreeTypeFont, str]:
        fonts = self._bold if bold else self._regular
        for font in fonts:
            if self._face_has(font, cluster[0]):
                return self._at(font, pixels), cluster
        return self._at(fonts[0], pixels), REPLACEMENT

    def _at(self, font: ImageFont.FreeTypeFont, pixels: int) -> ImageFont.FreeTypeFont:
        key = (str(font.path), font.index, pixels)
        if key not in self._sized:
            self._sized[key] = font.font_variant(size=pixels)
        return self._sized[key]

    @staticmethod
    def _face_has(font: ImageFont.FreeTypeFont, character: str) -> bool:
        """Whether it is drawn otherwise than a missing one; Pillow does not show a font's character table."""
        if character == " ":
            return True
        drawn, missing = font.getmask(character, mode="1"), font.getmask(_NO_CHARACTER, mode="1")
        return drawn.size != missing.size or bytes(drawn) != bytes(missing)


def _required(folders: tuple[Path, ...], file_name: str, face: str) -> ImageFont.FreeTypeFont:
    font = _find(folders, file_name, face)
    if font is None:
        raise FontsMissingError(f"{file_name} is not installed; it is in the package fonts-noto-cjk")
    return font


def _find(folders: tuple[Path, ...], file_name: str, face: str) -> ImageFont.FreeTypeFont | None:
    for folder in folders:
        for path in sorted(folder.rglob(file_name)):
            if (font := _face_of(path, face)) is not None:
                return font
    return None


def _face_of(path: Path, face: str) -> ImageFont.FreeTypeFont | None:
    """The face of that name in a font file or collection."""
    for index in range(64):
        try:
            font = ImageFont.truetype(path, 24, index=index)
        except OSError:
            return None
        if font.getname()[0] == face:
            return font
    return None
