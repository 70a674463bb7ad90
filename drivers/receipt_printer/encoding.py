"""Lines of paper as the bytes that a printer gets.

A line goes as characters in the printer's GB 18030 mode whenever that mode has all of them, and as a picture
of the whole line when it has not: a picture cannot stand beside characters in one line.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from PIL import Image

from drivers.receipt_printer import protocol
from drivers.receipt_printer.device import Capabilities
from drivers.receipt_printer.glyphs import FONT_FOLDERS, REPLACEMENT, FontsMissingError, Typeface
from drivers.receipt_printer.layout import Line, QrLine, RuleLine, Space, TextLine
from drivers.receipt_printer.protocol import Align
from drivers.receipt_printer.typesetting import cluster_columns, clusters, columns_of

log = logging.getLogger("dianxiaoer.receipt_printer")

_CELL_WIDTH_DOTS: Final = 12
_CELL_HEIGHT_DOTS: Final = 24
_SMALL_LINE_DOTS: Final = 22
_RULE_DOTS: Final = 2
_FEED_BEFORE_CUT_DOTS: Final = 40
_FEED_BEFORE_TEARING_DOTS: Final = 160


class SlipEncoder:
    """Turns laid out slips into bytes. For one thread; the fonts are looked for when first needed."""

    def __init__(self, capabilities: Capabilities, font_folders: Iterable[Path] = FONT_FOLDERS) -> None:
        self._capabilities = capabilities
        self._font_folders = tuple(font_folders)
        self._typeface: Typeface | None = None
        self._fonts_missing = False

    def encode(self, lines: list[Line]) -> bytes:
        """The whole slip, from the first reset to the cut; nothing in it makes the printer answer."""
        modes = _Modes()
        parts = [protocol.INITIALISE, protocol.CHINESE_ON]
        for line in lines:
            match line:
                case TextLine():
                    parts.append(self._text_line(line, modes))
                case Space():
                    parts.append(protocol.feed(line.dots))
                case RuleLine():
                    parts.append(modes.change(align=protocol.align(Align.LEFT)) + self._rule())
                case QrLine():
                    parts.append(modes.change(align=protocol.align(Align.CENTRE)))
                    parts.append(protocol.qr_code(line.payload, line.module_dots))
        parts += [modes.change(align=protocol.align(Align.LEFT)), protocol.CHINESE_OFF]
        if self._capabilities.cutter:
            parts.append(protocol.cut(_FEED_BEFORE_CUT_DOTS))
        else:
            parts.append(protocol.feed(_FEED_BEFORE_TEARING_DOTS))
        return b"".join(parts)

    def _text_line(self, line: TextLine, modes: _Modes) -> bytes:
        if not all(protocol.in_character_mode(character) for character in line.text):
            typeface = self._fonts()
            if typeface is not None:
                return modes.change(align=protocol.align(Align.LEFT)) + self._picture(line, typeface)
        spacing = _SMALL_LINE_DOTS if line.small else _CELL_HEIGHT_DOTS * line.high + _leading_dots(line)
        parts = [
            modes.change(
                align=protocol.align(line.align),
                size=protocol.character_size(line.wide, line.high),
                small=protocol.small_font(line.small),
                spacing=protocol.line_spacing(spacing),
            )
        ]
        for run in line.runs:
            parts += [modes.change(bold=protocol.bold(run.bold)), protocol.text(_in_mode(run.text))]
        return b"".join([*parts, protocol.LINE_FEED])

    def _picture(self, line: TextLine, typeface: Typeface) -> bytes:
        width, height = self._capabilities.dots_per_line, _CELL_HEIGHT_DOTS * line.high
        cell_width, cell_height = _CELL_WIDTH_DOTS * line.wide, _CELL_HEIGHT_DOTS * line.wide
        picture = Image.new("1", (width, height))
        spare = width - columns_of(line.text) * cell_width
        x = spare // 2 if line.align is Align.CENTRE else 0
        for run in line.runs:
            for cluster in clusters(run.text):
                cell_dots = cluster_columns(cluster) * cell_width
                cell = typeface.draw(cluster, cell_dots, cell_height, bold=run.bold)
                picture.paste(cell.resize((cell_dots, height), Image.Resampling.NEAREST), (x, 0))
                x += cell_dots
        return protocol.raster(picture.tobytes(), width // 8) + protocol.feed(_leading_dots(line))

    def _rule(self) -> bytes:
        bytes_a_row = self._capabilities.dots_per_line // 8
        return protocol.raster(b"\xff" * bytes_a_row * _RULE_DOTS, bytes_a_row)

    def _fonts(self) -> Typeface | None:
        if self._typeface is None and not self._fonts_missing:
            try:
                self._typeface = Typeface(self._font_folders)
            except FontsMissingError as missing:
                self._fonts_missing = True
                log.warning("rare characters are printed as %s: %s", REPLACEMENT, missing)
        return self._typeface


def _leading_dots(line: TextLine) -> int:
    """Air below a line: 10 dots at normal size, a little more for larger ones."""
    return 6 + 4 * line.high


def _in_mode(text: str) -> str:
    """The text with a replacement for what the printer's mode cannot carry."""
    return "".join(character if protocol.in_character_mode(character) else REPLACEMENT for character in text)


class _Modes:
    """What the printer is set to, so that a command is sent only for a change. It starts as after a reset."""

    def __init__(self) -> None:
        self._sent = {
            "align": protocol.align(Align.LEFT),
            "bold": protocol.bold(False),
            "size": protocol.character_size(1, 1),
            "small": protocol.small_font(False),
        }

    def change(self, **commands: bytes) -> bytes:
        """Those of the commands that change something, by the name of the mode."""
        needed = {name: command for name, command in commands.items() if self._sent.get(name) != command}
        self._sent.update(needed)
        return b"".join(needed.values())
