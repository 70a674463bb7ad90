"""Who calls: a terminal, and a citizen in front of it."""

from __future__ import annotations

from dataclasses import dataclass

from contract.sets import Assurance


@dataclass(frozen=True, slots=True)
class Terminal:
    """A terminal that has shown its certificate."""

    terminal_id: str
    site_id: str
    certificate: str


@dataclass(frozen=True, slots=True)
class Citizen:
    """A citizen's session that is good now."""

    session_id: str
    subject_ref: str
    assurance: Assurance
