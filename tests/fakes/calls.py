"""What a scripted desk was asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the machine. ``number`` counts all calls, so answers can be told apart."""

    number: int
    name: str
    session_id: str = ""
    what: Any = None

    @property
    def case_id(self) -> str:
        """The id of the case that this call makes, when it is a submission."""
        return f"00000000-0000-4000-8000-{self.number:012d}"
