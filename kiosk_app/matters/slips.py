"""The slip of a case (提交凭条): from the item's blocks and what was handed in to what a printer is given.

It is called 提交凭条, never 回执 or 受理通知书: "received" and "accepted" are legal acts.
"""

from __future__ import annotations

import secrets

from contract.items import LocalText, SlipBlock, SlipBlockKind
from contract.sets import CaseState
from drivers.receipt_printer.device import (
    Block,
    Heading,
    LargeNumber,
    Pair,
    Paragraph,
    QrCode,
    Rule,
    Slip,
    SmallPrint,
)
from kiosk_app.matters.days import said_day
from kiosk_app.matters.paper_words import PaperWords, Printery, PrintPlace
from kiosk_app.terminal.desk import PrintOrder
from words import Words


class SlipMaker:
    """Makes the slips of one terminal."""

    def __init__(self, printery: Printery) -> None:
        self._printery = printery

    def make(self, order: PrintOrder) -> Slip:
        """The slip for ``order``, as of now."""
        return slip_of(order, self._printery.place(), self._printery.words(order.language))


def slip_of(order: PrintOrder, place: PrintPlace, words: Words) -> Slip:
    """The slip for ``order`` in its language.

    The job id is the case's own id, so it prints once. What was handed in before is printed as a copy, under
    another id each time.
    """
    paper = PaperWords(order, place, words)
    writer = _Writer(order, paper, words)
    if order.handed.for_window:
        blocks = _for_window(order, writer, words)
    else:
        blocks = [written for block in order.item.slip for written in writer.write(block)]
    blocks += [Pair(label, name) for label, name in paper.people()]
    if not any(isinstance(block, QrCode) for block in blocks):  # whoever finds no paper here goes by the code
        blocks += writer.write(SlipBlock(kind=SlipBlockKind.CODE))
    if order.handed.state is CaseState.SAVED_HERE and not order.handed.for_window:
        until = said_day(order.handed.deadline, words)
        saved = words.say("slip.saved_only_until", deadline=until) if until else words.say("slip.saved_only")
        blocks.append(SmallPrint(saved))
    if place.demonstration:
        blocks.append(SmallPrint(words.say("slip.demonstration")))
    again = order.handed.again
    job_id = f"{order.handed.case_id}/{secrets.token_hex(6)}" if again else order.handed.case_id
    return Slip(job_id=job_id, blocks=tuple(blocks), large_print=order.large, copy=again, head=order.head)


def _for_window(order: PrintOrder, writer: _Writer, words: Words) -> list[Block]:
    """With this a window goes on: what it is of, for how long it is good, and that nothing was handed in."""
    until = said_day(order.handed.deadline, words)
    return [
        Heading(words.say("slip.for_window")),
        Pair(words.say("slip.matter"), order.item.title.read(words.language)),
        *writer.write(SlipBlock(kind=SlipBlockKind.RECEIPT_NUMBER)),
        Paragraph(words.say("slip.for_window_how", until=until)),
        *writer.write(SlipBlock(kind=SlipBlockKind.CODE)),
        *writer.write(SlipBlock(kind=SlipBlockKind.PAIR, label=_both("slip.name", words), value="$name")),
        *writer.write(SlipBlock(kind=SlipBlockKind.PAIR, label=_both("slip.time", words), value="$time")),
        SmallPrint(words.say("slip.for_window_not_submitted")),
    ]


def _both(word: str, words: Words) -> LocalText:
    return LocalText(words.say(word), words.say(word))


def slip_sentences(slip: Slip) -> list[str]:
    """What stands on a slip, to be heard: a label with its value; of a code what it is for."""
    return [said for block in slip.blocks if (said := _said(block))]


def _said(block: Block) -> str:
    match block:
        case Heading(text=text) | Paragraph(text=text) | SmallPrint(text=text):
            return text
        case Pair(label=label, value=value) | LargeNumber(label=label, text=value):
            return f"{label}：{value}"
        case QrCode(caption=caption):
            return caption
        case _:
            return ""


class _Writer:
    """Writes the blocks of one slip."""

    def __init__(self, order: PrintOrder, paper: PaperWords, words: Words) -> None:
        self._order = order
        self._paper = paper
        self._words = words

    def write(self, block: SlipBlock) -> list[Block]:
        """What a block of the item becomes; a block with nothing to say becomes nothing."""
        kind, label = block.kind, self._paper.label(block)
        if kind is SlipBlockKind.HEADING:
            return [Heading(label or self._paper.title())]
        if kind is SlipBlockKind.PARAGRAPH:
            return [Paragraph(label)] if label else []
        if kind is SlipBlockKind.SMALL_PRINT:
            return [SmallPrint(label)] if label else []
        if kind is SlipBlockKind.PAIR:
            return self._pair(label, block.value)
        if kind is SlipBlockKind.RECEIPT_NUMBER:
            number = self._order.handed.receipt_number
            return [LargeNumber(label or self._words.say("slip.receipt_number"), number)]
        if kind is SlipBlockKind.FACTS:
            return [Pair(name, value) for name, value in self._paper.facts()]
        if kind is SlipBlockKind.NEXT_STEPS:
            return self._next_steps(label)
        return self._code(label) if kind is SlipBlockKind.CODE else [Rule()]

    def _pair(self, label: str, name: str) -> list[Block]:
        value = self._paper.value(name)
        if not value:
            return []
        if name == "$case_number":  # 43 characters that nobody copies by hand: the receipt number is for that
            return [SmallPrint(f"{label} {value}")]
        return [Pair(label, value)]

    def _next_steps(self, label: str) -> list[Block]:
        steps = [Paragraph(step) for step in self._paper.next_steps()]
        return [Heading(label or self._words.say("slip.next_steps")), *steps] if steps else []

    def _code(self, label: str) -> list[Block]:
        """What a window or another terminal scans to find the case; finding it needs the person too."""
        code = self._order.handed.code
        if not code:
            return []
        drawn = QrCode(code, label or self._words.say("slip.code_caption"))
        page = code.startswith("https://")  # the province's, for telephones
        return [drawn, Paragraph(self._words.say("slip.code_page"))] if page else [drawn]
