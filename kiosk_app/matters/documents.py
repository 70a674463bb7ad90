"""The A4 document of a case: from the item's blocks and what was handed in to a PDF.

It is set by a child process (``document_setter``) that is given everything through its standard input and
ends with the document: nothing touches the disk, and what the setter's memory held of the person is gone
with it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import segno

from contract.items import SlipBlock, SlipBlockKind
from kiosk_app.matters.paper_words import PaperWords, Printery, PrintPlace
from kiosk_app.terminal.desk import PrintOrder
from words import Words

SETTING_LIMIT_S: Final = 20.0
"""A page takes a tenth of a second; a document that takes so long is given up."""
_SETTER: Final = Path(__file__).with_name("document_setter.py")


class NotSetError(Exception):
    """The document could not be set. The message holds nothing of what was to stand in it."""


@dataclass(frozen=True, slots=True)
class SetDocument:
    """A PDF (PDF/A-2b, ISO 19005-2), and how many A4 pages it has."""

    pdf: bytes = field(repr=False)
    pages: int


class DocumentMaker:
    """Makes the documents of one terminal."""

    def __init__(self, printery: Printery) -> None:
        self._printery = printery
        self._lock = threading.Lock()
        self._setter: subprocess.Popen[bytes] | None = None

    def make(self, order: PrintOrder) -> SetDocument:
        """The document for ``order``, as of now. Blocks up to ``SETTING_LIMIT_S``; raises ``NotSetError``.

        One at a time, and never in the GUI thread.
        """
        words = self._printery.words(order.language)
        return self.set(document_content(order, self._printery.place(), words))

    def set(self, content: dict[str, Any]) -> SetDocument:
        """Has what :func:`document_content` gave set; as ``make``."""
        with subprocess.Popen(
            [sys.executable, "-I", str(_SETTER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what it says may quote the content
            env={},
        ) as setter:
            with self._lock:
                self._setter = setter
            try:
                said, _ = setter.communicate(
                    json.dumps(content, ensure_ascii=False).encode("utf-8"), timeout=SETTING_LIMIT_S
                )
            except subprocess.TimeoutExpired:
                raise NotSetError(f"not within {SETTING_LIMIT_S:.0f} s") from None
            finally:
                self.interrupt()
        pages, _, pdf = said.partition(b"\n")
        if setter.returncode != 0 or not pages.isdigit() or not pdf.startswith(b"%PDF-"):
            raise NotSetError(f"the setter ended with {setter.returncode}")
        return SetDocument(pdf, int(pages))

    def interrupt(self) -> None:
        """Gives up what is being set, if anything is. Thread-safe, returns at once."""
        with self._lock:
            setter, self._setter = self._setter, None
        if setter is not None:
            setter.kill()


def document_content(order: PrintOrder, place: PrintPlace, words: Words) -> dict[str, Any]:
    """What stands in the document, as data for ``a4_page.typ``: never a line of its language."""
    paper = PaperWords(order, place, words)
    people = [{"kind": "rows", "rows": rows}] if (rows := paper.people()) else []
    return {
        "language": words.language,
        "large": order.large,
        "title": paper.title(),
        "footer": words.say("document.footer", receipt=order.handed.receipt_number),
        "page": words.say("document.page", page="{page}", pages="{pages}"),
        "demonstration": words.say("slip.demonstration") if place.demonstration else "",
        "blocks": [
            *(written for block in order.item.document if (written := _written(block, order, paper, words))),
            *people,
        ],
    }


def _written(block: SlipBlock, order: PrintOrder, paper: PaperWords, words: Words) -> dict[str, Any] | None:
    """What a block of the item becomes; None when it has nothing to say."""
    kind, label = block.kind, paper.label(block)
    if kind is SlipBlockKind.HEADING:
        return {"kind": "heading", "text": label or paper.title()}
    if kind in (SlipBlockKind.PARAGRAPH, SlipBlockKind.SMALL_PRINT):
        return {"kind": kind.value, "text": label} if label else None
    if kind is SlipBlockKind.RULE:
        return {"kind": "rule"}
    if kind is SlipBlockKind.NEXT_STEPS:
        heading, steps = label or words.say("slip.next_steps"), paper.next_steps()
        return {"kind": "steps", "text": heading, "rows": steps} if steps else None
    if kind is SlipBlockKind.CODE:
        return _code(order.handed.code, label or words.say("document.code_caption"))
    rows = [(name, _printable(value)) for name, value in _rows(block, label, order, paper, words)]
    return {"kind": "rows", "rows": rows} if rows else None


def _rows(
    block: SlipBlock, label: str, order: PrintOrder, paper: PaperWords, words: Words
) -> list[tuple[str, str]]:
    """Names and values."""
    if block.kind is SlipBlockKind.FACTS:
        return paper.facts()
    if block.kind is SlipBlockKind.ANSWERS:
        return paper.answers()
    if block.kind is SlipBlockKind.RECEIPT_NUMBER:
        return [(label or words.say("slip.receipt_number"), order.handed.receipt_number)]
    value = paper.value(block.value)
    return [(label, value)] if value else []


def _printable(value: str) -> str:
    """Without characters that are no text (Unicode's category C), which no font has."""
    return "".join(" " if unicodedata.category(each).startswith("C") else each for each in value)


def _code(code: str, caption: str) -> dict[str, Any] | None:
    if not code:
        return None
    picture = segno.make_qr(code, error="m", mode="byte", boost_error=False).svg_inline(border=4)
    return {"kind": "code", "picture": picture, "text": caption}
