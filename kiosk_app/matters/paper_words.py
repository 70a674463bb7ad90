"""What stands on paper, slip and A4 page alike: from the item's blocks and what was handed in to words.

It says what is known and no more, never carries an identity number, and shows the name masked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from contract.items import SlipBlock
from foundation.clock import in_china, parse_rfc3339
from foundation.masking import mask_name
from kiosk_app.matters.days import said_day
from kiosk_app.terminal.desk import PrintOrder
from kiosk_app.terminal.helping_pages import relation_words
from kiosk_app.terminal.organisations import people_of
from words import Words


@dataclass(frozen=True, slots=True)
class PrintPlace:
    """Where and when something is printed. ``printed_at`` is a time of the wire."""

    terminal_name: str
    place_name: str
    printed_at: str
    demonstration: bool


class Printery:
    """Where a terminal prints, in its languages. ``is_demonstration`` is asked each time."""

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

    def place(self) -> PrintPlace:
        """Here and now."""
        return PrintPlace(self._terminal_name, self._place_name, self._now(), self._is_demonstration())

    def words(self, language: str) -> Words:
        """The sentences in ``language``."""
        return self._words[language]


class PaperWords:
    """The words of one order, in its language."""

    def __init__(self, order: PrintOrder, place: PrintPlace, words: Words) -> None:
        self._order = order
        self._place = place
        self._words = words

    def title(self) -> str:
        """What the matter is called."""
        return self._order.item.title.read(self._words.language)

    def label(self, block: SlipBlock) -> str:
        """The text of a block; empty when it has none of its own."""
        return block.label.read(self._words.language) if block.label is not None else ""

    def facts(self) -> list[tuple[str, str]]:
        """The lines of a query's result."""
        result = self._order.handed.query
        facts = result.facts if result is not None else []
        return [(fact.label.read(self._words.language), fact.said(self._words.language)) for fact in facts]

    def answers(self) -> list[tuple[str, str]]:
        """The answers as they were checked, in the order of the questions."""
        item, shown = self._order.item, self._order.shown
        return [
            (item.fields[step.field].label.read(self._words.language), shown[step.field])
            for step in item.steps
            if step.field in shown
        ]

    def people(self) -> list[tuple[str, str]]:
        """Both, masked, when one did it for the other or for an organisation; nothing otherwise."""
        order, say = self._order, self._words.say
        if order.acting is not None:
            return people_of(order.acting.organisation.name, order.name, order.acting, self._words)
        if not order.helper:
            return []
        relation = relation_words(order.relation, self._words)
        return [
            (say("slip.person"), mask_name(order.name)),
            (say("slip.helper"), say("helping.who", name=mask_name(order.helper), relation=relation)),
        ]

    def next_steps(self) -> list[str]:
        """What happens next, a sentence each."""
        return [step.read(self._words.language) for step in self._order.item.next_steps]

    def value(self, name: str) -> str:
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
            "$title": self.title(),
        }.get(name, order.shown.get(name, ""))
