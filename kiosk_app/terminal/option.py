"""One of several answers that can be chosen on a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """``value`` comes back when it is chosen; ``hint`` says more about it, or is empty."""

    value: str
    label: str
    hint: str = ""
    chosen: bool = False
    of_person: bool = False
    """Its words are hers alone (a case, an address of hers); others are offered to everybody."""
