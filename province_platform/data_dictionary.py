"""The data dictionary (数据字典) as a workbook, for the owners of the data.

    python -m province_platform.data_dictionary build/data-dictionary.xlsx

The same tables as docs/contract/data-dictionary.md, made from the same structs: a sheet for each chapter, a
row for each field, which can be filtered and commented on.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from contract.data_dictionary import DataDictionary, Section
from foundation.atomic_files import write_atomically
from foundation.version import VERSION

_LINK = re.compile(r"\[([^\]]*)\]\(#[^)]*\)")
_WIDEST, _NARROWEST = 60, 8
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  the same contract always makes the same workbook


def workbook() -> bytes:
    """An Office Open XML workbook (ECMA-376), a sheet for each chapter.

    The same contract makes the same bytes.
    """
    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"title": f"店小二终端 数据字典 {VERSION}", "created": _MADE})
        styles = _Styles(book)
        for chapter, sections in groupby(DataDictionary().sections(), key=lambda section: section.chapter):
            _write(book.add_worksheet(chapter), list(sections), styles)
    return target.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m province_platform.data_dictionary", description=__doc__)
    parser.add_argument("file", type=Path, help="the workbook to write (.xlsx)")
    file: Path = parser.parse_args(arguments).file
    try:
        write_atomically(file, workbook())
    except OSError as error:
        sys.stderr.write(f"{file}: {error.strerror}\n")
        return 1
    sys.stdout.write(f"wrote {file}\n")
    return 0


class _Styles:
    """How cells look."""

    def __init__(self, book: Workbook) -> None:
        self.head: Format = book.add_format({"bold": True, "bg_color": "#DCE6E4", "border": 1})
        self.cell: Format = book.add_format({"text_wrap": True, "valign": "top", "border": 1})


def _write(sheet: Worksheet, sections: Sequence[Section], styles: _Styles) -> None:
    """One table of all sections; what a section is about stands in front of each of its rows."""
    titled = any(section.title for section in sections)
    header = (("名称", "总说明") if titled else ()) + sections[0].header
    rows = [
        tuple(map(_plain, ((section.title, section.note) if titled else ()) + row))
        for section in sections
        for row in section.rows
    ]
    for column, name in enumerate(header):
        widest = max(_width(text) for text in (name, *(row[column] for row in rows)))
        sheet.set_column(column, column, min(_WIDEST, max(_NARROWEST, widest)))
        sheet.write_string(0, column, name, styles.head)
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text, styles.cell)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(header) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)


def _plain(cell: str) -> str:
    """A cell without the marks of Markdown."""
    return _LINK.sub(r"\1", cell).replace("`", "").replace("\\|", "|")


def _width(text: str) -> int:
    """Columns on the screen: a Chinese character takes two."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text) + 2


if __name__ == "__main__":
    sys.exit(main())
