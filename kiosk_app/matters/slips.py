"""The slip of a case (提交凭条): from the item's blocks and what was handed in to what a printer is given.

It says what is known and no more, never carries an identity number, and shows the name masked. It is called
提交凭条, never 回执 or 受理通知书: "received" and "accepted" are legal acts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from contract.items import SlipBlock, SlipBlockKind
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
from foundation.clock import in_china, parse_rfc3339
from foundation.masking import mask_name
from kiosk_app.matters.days import said_day
from kiosk_app.terminal.desk import SlipOrder
from words import Words


@dataclass(frozen=True, slots=True)
class SlipPlace:
    """Where and when a slip is printed. ``printed_at`` is a time of the wire."""

    terminal_name: str
    place_name: str
    printed_at: str
    demonstration: bool


class SlipMaker:
    """Makes the slips of one terminal. ``is_demonstration`` is asked for each slip."""

    def __init__(
        self,
        words: Mapping[str, Words],
        terminal_name: str,
        place_name: str,
        now: Callable[[], str],
        is_demonstration: Callable[[], bool],
    ) -> None:
        self._words = words
        self._terminal_name = terminal_name
        self._place_name = place_name
        self._now = now
        self._is_demonstration = is_demonstration

    def make(self, order: SlipOrder) -> Slip:
        """The slip for ``order``, as of now."""
        place = SlipPlace(self._terminal_name, self._place_name, self._now(), self._is_demonstration())
        return slip_of(order, place, self._words[order.language])


def slip_of(order: SlipOrder, place: SlipPlace, words: Words) -> Slip:
    """The slip for ``order`` in its language; the job id is the case's own id, so it prints once."""
    writer = _Writer(order, place, words)
    blocks = [written for block in order.item.slip for written in writer.write(block)]
    if order.handed.state is CaseState.SAVED_HERE:
        until = said_day(order.handed.deadline, words)
        saved = words.say("slip.saved_only_until", deadline=until) if until else words.say("slip.saved_only")
        blocks.append(SmallPrint(saved))
    if place.demonstration:
        blocks.append(SmallPrint(words.say("slip.demonstration")))
    return Slip(job_id=order.handed.case_id, blocks=tuple(blocks), large_print=order.large)


class _Writer:
    """Writes the blocks of one slip."""

    def __init__(self, order: SlipOrder, place: SlipPlace, words: Words) -> None:
        self._order = order
        self._place = place
        self._words = words

    def write(self, block: SlipBlock) -> list[Block]:
        """What a block of the item becomes; a block with nothing to say becomes nothing."""
        kind, label = block.kind, self._label(block)
        if kind is SlipBlockKind.HEADING:
            return [Heading(label or self._order.item.title.read(self._words.language))]
        if kind is SlipBlockKind.PARAGRAPH:
            return [Paragraph(label)] if label else []
        if kind is SlipBlockKind.SMALL_PRINT:
            return [SmallPrint(label)] if label else []
        if kind is SlipBlockKind.PAIR:
            return self._pair(label, block.value)
        if kind is SlipBlockKind.RECEIPT_NUMBER:
            number = self._order.handed.receipt_number
            return [LargeNumber(label or self._words.say("slip.receipt_number"), number)]
        if kind is SlipBlockKind.CODE:
            return [QrCode(self._code(), label or self._words.say("slip.code_caption"))]
        if kind is SlipBlockKind.FACTS:
            return self._facts()
        if kind is SlipBlockKind.NEXT_STEPS:
            return self._next_steps(label)
        return [Rule()]

    def _label(self, block: SlipBlock) -> str:
        return block.label.read(self._words.language) if block.label is not None else ""

    def _pair(self, label: str, name: str) -> list[Block]:
        value = self._value(name)
        if not value:
            return []
        if name == "$case_number":  # 43 characters that nobody copies by hand: the receipt number is for that
            return [SmallPrint(f"{label} {value}")]
        return [Pair(label, value)]

    def _facts(self) -> list[Block]:
        result = self._order.handed.query
        facts = result.facts if result is not None else []
        return [Pair(fact.label.read(self._words.language), fact.value) for fact in facts]

    def _next_steps(self, label: str) -> list[Block]:
        steps = [Paragraph(step.read(self._words.language)) for step in self._order.item.next_steps]
        return [Heading(label or self._words.say("slip.next_steps")), *steps] if steps else []

    def _code(self) -> str:
        """What a window or another terminal scans to find the case; finding it needs the person too."""
        return f"dianxiaoer:case:{self._order.handed.case_id}:{self._order.handed.receipt_number}"

    def _value(self, name: str) -> str:
        """What a reserved word of a block stands for, or the answer to a field; otherwise nothing."""
        order, place, words = self._order, self._place, self._words
        if name == "$state":
            return order.handed.state.en if words.language == "en" else order.handed.state.zh
        if name == "$case_number":
            return order.handed.case_number or words.say("slip.case_number_later")
        return {
            "$terminal": place.terminal_name,
            "$place": place.place_name,
            "$time": in_china(parse_rfc3339(place.printed_at)).strftime("%Y-%m-%d %H:%M"),
            "$name": mask_name(order.name),
            "$hear_by": said_day(order.handed.hear_by, words),
            "$title": order.item.title.read(words.language),
        }.get(name, order.shown.get(name, ""))
