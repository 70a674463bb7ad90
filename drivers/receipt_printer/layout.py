"""A slip as lines of paper: what stands where, in which size. Pure functions on text; no bytes yet.

The order of importance is made with size, weight and space alone, because thermal paper has nothing else:
title and receipt number large, what happens next in sentences, facts as aligned pairs, the rest small.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import segno

from drivers.receipt_printer.device import (
    Block,
    Capabilities,
    Heading,
    LargeNumber,
    Pair,
    Paragraph,
    QrCode,
    Rule,
    Slip,
    SmallPrint,
)
from drivers.receipt_printer.protocol import Align
from drivers.receipt_printer.typesetting import break_balanced, break_lines, columns_of, printable

COPY_MARK: Final = "副本 COPY"
_PAIR_GAP_COLUMNS: Final = 2
_NARROWEST_VALUE_COLUMNS: Final = 14
_QR_TARGET_DOTS: Final = 224
_QR_LARGE_TARGET_DOTS: Final = 296
_QR_QUIET_ZONE_MODULES: Final = 4
_SMALL_FONT_CELL_DOTS: Final = 9


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one weight within a line."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line that fits the paper, its 12×24 cells enlarged; ``small`` is the 9×17 font, for ASCII."""

    runs: tuple[Run, ...]
    wide: int = 1
    high: int = 1
    align: Align = Align.LEFT
    small: bool = False

    @property
    def text(self) -> str:
        """All of the line."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Space:
    """Blank paper."""

    dots: int


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A thin line across."""


@dataclass(frozen=True, slots=True)
class QrLine:
    """A QR code, centred; ``module_dots`` is the width of one module."""

    payload: bytes
    module_dots: int


Line = TextLine | Space | RuleLine | QrLine


def lay_out(slip: Slip, capabilities: Capabilities) -> list[Line]:
    """The lines of a slip, each no wider than the paper; the last text is the job id."""
    sheet = _Sheet(capabilities, large_print=slip.large_print)
    lines: list[Line] = sheet.copy_mark() if slip.copy else []
    if slip.head:
        lines += [*sheet.centred(slip.head, bold=True), Space(12)]
    previous: type[Block] | None = None
    for kind, section in _sections(slip.blocks, sheet):
        if previous is not None:
            lines.append(Space(_space_between(previous, kind)))
        lines += section
        previous = kind
    return [*lines, Space(18), *sheet.job_line(slip.job_id)]


def _sections(blocks: tuple[Block, ...], sheet: _Sheet) -> Iterator[tuple[type[Block], list[Line]]]:
    """What is set as one: title with subtitle, pairs that follow each other, any other block by itself."""
    rest: Sequence[Block] = blocks
    match blocks:
        case [Heading(title), Paragraph(subtitle), *rest] if sheet.is_short(subtitle):
            yield Heading, [*sheet.title(title), Space(8), *sheet.centred(subtitle, bold=True)]
        case [Heading(title), *rest]:
            yield Heading, sheet.title(title)
    for kind, group in groupby(rest, type):
        if kind is Pair:
            yield Pair, sheet.pairs([block for block in group if isinstance(block, Pair)])
        else:
            yield from ((kind, sheet.block(block)) for block in group)


def as_text(lines: list[Line], capabilities: Capabilities) -> str:
    """The layout as plain text, for tests: centred lines centred, a rule as dashes, sizes before the text."""
    width = capabilities.columns
    shown: list[str] = []
    for line in lines:
        if isinstance(line, RuleLine):
            shown.append("-" * width)
        elif isinstance(line, QrLine):
            shown.append(
                f"[QR {len(line.payload)} bytes, modules of {line.module_dots} dots]".center(width).rstrip()
            )
        elif isinstance(line, TextLine):
            taken = columns_of(line.text) * line.wide
            indent = max(0, width - taken) // 2 if line.align is Align.CENTRE else 0
            mark = f"{line.wide}x{line.high} " if line.high > 1 else ""
            shown.append(" " * indent + mark + line.text)
    return "\n".join(shown) + "\n"


def group_figures(number: str) -> str:
    """11 figures as 3-4-4, other figures in fours from the left, so that a hand can copy them."""
    figures = re.sub(r"\s", "", number)
    if not figures.isascii() or not figures.isdigit() or len(figures) <= 4:
        return number
    first = 3 if len(figures) == 11 else 4
    rest = figures[first:]
    return " ".join([figures[:first], *(rest[index : index + 4] for index in range(0, len(rest), 4))])


_SPACE_BEFORE: Final[dict[type[Block], int]] = {
    Heading: 26,
    Paragraph: 10,
    Pair: 14,
    LargeNumber: 28,
    QrCode: 24,
    Rule: 16,
    SmallPrint: 14,
}


def _space_between(previous: type[Block], kind: type[Block]) -> int:
    if previous is Rule or (previous is Heading and kind not in {Rule, LargeNumber}):
        return 12
    return max(_SPACE_BEFORE[kind], 20 if previous in {LargeNumber, QrCode} else 0)


class _Sheet:
    """The measures of one slip on one paper."""

    def __init__(self, capabilities: Capabilities, *, large_print: bool) -> None:
        self._capabilities = capabilities
        self._body = min(2, capabilities.largest_characters) if large_print else 1
        self._large_print = large_print

    def columns(self, size: int) -> int:
        return self._capabilities.columns // size

    def is_short(self, text: str) -> bool:
        """Whether it is two lines at the most."""
        return len(break_lines(printable(text), self.columns(self._body))) <= 2

    def block(self, block: Block) -> list[Line]:
        match block:
            case Heading():
                return self._left(block.text, bold=True)
            case Paragraph() | SmallPrint():
                return self._left(block.text)
            case Pair():
                return self.pairs([block])
            case LargeNumber():
                return self._large_number(block)
            case QrCode():
                return self._qr_code(block)
            case Rule():
                return [RuleLine()]

    def title(self, text: str) -> list[Line]:
        """In the largest characters in which it is one line, or two lines of double ones."""
        largest = min(3 if self._large_print else 2, self._capabilities.largest_characters)
        for size in range(largest, self._body, -1):
            if len(break_lines(printable(text), self.columns(size))) <= (2 if size == 2 else 1):
                return self.centred(text, size, bold=True)
        return self.centred(text, bold=True)

    def centred(self, text: str, size: int = 0, *, high: int = 0, bold: bool = False) -> list[Line]:
        """Lines of about the same length; ``size`` 0 is that of the body, ``high`` 0 as high as wide."""
        wide = size or self._body
        return [
            TextLine((Run(line, bold),), wide, high or wide, Align.CENTRE)
            for line in break_balanced(printable(text), self.columns(wide))
        ]

    def copy_mark(self) -> list[Line]:
        return [RuleLine(), Space(12), *self.title(COPY_MARK), RuleLine(), Space(20)]

    def job_line(self, job_id: str) -> list[Line]:
        columns = self._capabilities.dots_per_line // _SMALL_FONT_CELL_DOTS
        return [
            TextLine((Run(line),), align=Align.CENTRE, small=True)
            for line in break_lines(f"No. {job_id}", columns)
        ]

    def pairs(self, pairs: list[Pair]) -> list[Line]:
        """Values beside their labels where both have room, else below them."""
        columns = self.columns(self._body)
        labels = [printable(pair.label) for pair in pairs]
        value_column = max(columns_of(label) for label in labels) + _PAIR_GAP_COLUMNS
        lines: list[Line] = []
        for label, pair in zip(labels, pairs, strict=True):
            value = printable(pair.value)
            if columns - value_column >= _NARROWEST_VALUE_COLUMNS and "\n" not in label:
                lines += self._beside(label, value, value_column)
            else:
                if lines:
                    lines.append(Space(10))
                lines += self._left(label) + self._left(value, bold=True)
        return lines

    def _beside(self, label: str, value: str, value_column: int) -> Iterator[Line]:
        indent = " " * value_column
        for number, line in enumerate(break_lines(value, self.columns(self._body) - value_column)):
            start = label + indent[columns_of(label) :] if number == 0 else indent
            yield TextLine((Run(start), Run(line, bold=True)), self._body, self._body)

    def _left(self, text: str, *, bold: bool = False) -> list[Line]:
        return [
            TextLine((Run(line, bold),), self._body, self._body)
            for line in break_lines(printable(text), self.columns(self._body))
        ]

    def _large_number(self, block: LargeNumber) -> list[Line]:
        number = group_figures(printable(block.text))
        lines: list[Line] = [*self.centred(block.label), Space(8)] if block.label else []
        largest = self._capabilities.largest_characters
        for size in range(largest, self._body, -1):
            if columns_of(number) <= self.columns(size):
                return lines + self.centred(number, size, bold=True)
        return lines + self.centred(number, high=min(self._body + 1, largest), bold=True)

    def _qr_code(self, block: QrCode) -> list[Line]:
        payload = block.payload.encode("utf-8", "replace")
        target = _QR_LARGE_TARGET_DOTS if self._large_print else _QR_TARGET_DOTS
        modules = len(segno.make_qr(payload, error="m", mode="byte", boost_error=False).matrix)
        most = self._capabilities.dots_per_line // (modules + 2 * _QR_QUIET_ZONE_MODULES)
        module_dots = min(most, max(4, target // modules), 8)
        quiet_zone = Space(_QR_QUIET_ZONE_MODULES * module_dots)
        caption = [quiet_zone, *self.centred(block.caption)] if block.caption else []
        return [QrLine(payload, module_dots), *caption]
