"""A screen in sentences, in the order in which it is read: what stands there, and what can be pressed.

Pure functions over what assistive technology finds on the screen; nothing is written down twice. Whoever
hears them has no picture: every control has its place among the others, and what is new is said by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from words import Words


class Kind(Enum):
    """What a line of a screen is."""

    HEADING = auto()
    TEXT = auto()
    ALERT = auto()
    """What is to be known first."""
    FIELD = auto()
    """What has been typed, or what to type."""
    BUTTON = auto()
    TICK = auto()
    """A control that is on or off, ticked or not."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. What it says may be something that a person typed: it stays out of the repr."""

    kind: Kind
    says: str = field(repr=False)
    ticked: bool = False

    @property
    def is_control(self) -> bool:
        """Whether it can be pressed."""
        return self.kind in (Kind.BUTTON, Kind.TICK)

    @property
    def is_key(self) -> bool:
        """Whether it is a key of a pad: a single character."""
        return self.kind is Kind.BUTTON and len(self.says) == 1


Page = tuple[Line, ...]
"""The lines of a page, in their order."""


def whole(page: Page, words: Words) -> list[str]:
    """All of a page in order; keys of a pad in one sentence."""
    return list(_told(page, range(len(page)), words))


def news(before: Page, page: Page, words: Words) -> list[str]:
    """What a page says that it did not say ``before``: what is to be known first, then the rest in order."""
    known = {(line.kind, line.says) for line in before if line.kind is not Kind.FIELD}
    fields_before = [line.says for line in before if line.kind is Kind.FIELD]
    new = [
        number
        for number, line in enumerate(page)
        if line.kind is not Kind.FIELD and (line.kind, line.says) not in known
    ]
    first = [number for number in new if page[number].kind is Kind.ALERT]
    typed = [line.says for line in page if line.kind is Kind.FIELD]
    return [
        *_typed(fields_before, typed, words),
        *_told(page, first, words),
        *_told(page, [number for number in new if number not in first], words),
        *_ticked(before, page, words),
    ]


def control(page: Page, focus: Line, words: Words) -> str:
    """The control that has the focus: its name, whether it is on, and its place among those of its page.

    A page that has no such control leaves the place out: the control stands beside it.
    """
    controls = [line.says for line in page if line.is_control]
    said = _with_tick(focus, words)
    if focus.says not in controls:
        return words.say("reading.control_beside", control=said)
    place = controls.index(focus.says) + 1
    return words.say("reading.control", control=said, place=place, controls=len(controls))


def _told(page: Page, numbers: Iterable[int], words: Words) -> Iterator[str]:
    controls = [number for number, line in enumerate(page) if line.is_control]
    keys: list[str] = []
    for number in numbers:
        line = page[number]
        if line.is_key:
            keys.append(line.says)
            continue
        if keys:
            yield words.say("reading.keys", keys=_separated(keys, words))
            keys.clear()
        if line.is_control:
            place, of = controls.index(number) + 1, len(controls)
            said = _with_tick(line, words)
            yield words.say("reading.choice", control=said, place=place, controls=of)
        elif line.kind is Kind.FIELD:
            yield _field(line.says, words)
        else:
            yield line.says
    if keys:
        yield words.say("reading.keys", keys=_separated(keys, words))


def _with_tick(line: Line, words: Words) -> str:
    if line.kind is not Kind.TICK:
        return line.says
    return words.say("reading.ticked" if line.ticked else "reading.unticked", control=line.says)


def _typed(before: Sequence[str], now: Sequence[str], words: Words) -> Iterator[str]:
    """What a key did to a field: the character that came, else how the field stands now."""
    for number, text in enumerate(now):
        was = before[number] if number < len(before) else None
        if was == text:
            continue
        figures, figures_before = text.replace(" ", ""), (was or "").replace(" ", "")
        if was is not None and len(figures) == len(figures_before) + 1 and figures.startswith(figures_before):
            yield words.say("reading.came", character=figures[-1])
        else:
            yield _field(text, words)


def _field(text: str, words: Words) -> str:
    """A number character by character, with a breath between its groups."""
    if not text.isascii():
        return words.say("reading.field", typed=text)
    return words.say("reading.field", typed=", ".join(" ".join(group) for group in text.split()))


def _ticked(before: Page, page: Page, words: Words) -> Iterator[str]:
    ticked_before = {line.says: line.ticked for line in before if line.kind is Kind.TICK}
    for line in page:
        if line.kind is Kind.TICK and ticked_before.get(line.says, line.ticked) is not line.ticked:
            yield _with_tick(line, words)


def _separated(keys: Sequence[str], words: Words) -> str:
    return words.say("punctuation.between_answers").join(keys)
