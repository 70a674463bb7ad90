"""What of a form that was begun can be gone on with another day.

Answers that the person gave herself. What a source said (identity, licence) is asked of it again, and a paper
that was taken went with its session.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contract.items import Item, StepWidget
from kiosk_app.matters.answering import Value

_KEPT = (StepWidget.CHOICE, StepWidget.SEVERAL, StepWidget.DIGITS, StepWidget.DATE)


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """``reached`` steps of this version of an item were passed, with these answers. Its repr is empty."""

    version: int
    reached: int
    answers: dict[str, Value]

    def fits(self, item: Item) -> bool:
        """Whether the item still asks what was answered."""
        return self.version == item.version

    def passed(self, item: Item) -> frozenset[str]:
        """The fields that need not be asked again: answered, or left empty where that is allowed."""
        return frozenset(step.field for step in item.steps[: self.reached] if step.widget in _KEPT)


def draft_of(item: Item, answers: Mapping[str, Value], reached: int) -> Draft | None:
    """What is kept of these answers; None when nothing of them is worth keeping."""
    kept = {
        step.field: answers[step.field]
        for step in item.steps
        if step.widget in _KEPT and step.field in answers
    }
    return Draft(item.version, reached, kept) if kept else None
