"""What the two pages of 帮办 show: in which relation somebody helps, and what the person agrees to."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk_app.terminal.option import Option


@dataclass(frozen=True, slots=True)
class HelpingView:
    """The relations in which this matter may be done for somebody else."""

    matter: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class AgreementView:
    """To whom the person gives the matter, and what for; names masked.

    ``working``: the province is being asked. ``can_agree`` is false when trying again is of no use.
    """

    matter: str
    helper: str
    person: str
    lines: tuple[str, ...]
    version: str
    working: bool
    problem: str
    can_agree: bool
