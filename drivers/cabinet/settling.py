"""Contacts bounce and people shift their weight: what a sensor says becomes a fact when it has lasted.

What must not be missed is a fact at once.
"""

from __future__ import annotations

from enum import Enum
from typing import Generic, TypeVar

FactT = TypeVar("FactT", bound=Enum)


class Settling(Generic[FactT]):
    """One sensor. ``fact`` is what is held to be true, ``unknown`` before anything was said.

    The first word after *unknown*, and every word of ``at_once``, is a fact immediately; any other word when
    it was said without a break for ``after_s``.
    """

    def __init__(self, unknown: FactT, *, at_once: frozenset[FactT], after_s: float) -> None:
        self.fact = unknown
        self._unknown = unknown
        self._at_once = at_once
        self._after_s = after_s
        self._said = unknown
        self._since_s = 0.0

    def forget(self) -> None:
        """Nothing is known any more."""
        self.fact = self._said = self._unknown

    def hear(self, said: FactT, now_s: float) -> FactT:
        """Takes what the sensor says at ``now_s``; returns the fact."""
        if said is not self._said:
            self._said, self._since_s = said, now_s
        settled = now_s - self._since_s >= self._after_s
        if settled or said in self._at_once or self.fact is self._unknown:
            self.fact = said
        return self.fact
