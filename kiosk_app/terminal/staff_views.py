"""What the screens for staff show, as plain values; see ``kiosk_app.terminal.views``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StaffSignInView:
    """First the grant is scanned, then its visit code typed: ``dots`` stands for what was typed."""

    advice: str
    is_problem: bool
    code_wanted: bool
    busy: bool
    dots: str
    figures: int
    can_go_on: bool


@dataclass(frozen=True, slots=True)
class StaffFact:
    """One line of the board: ``tone`` is done, attention or stop."""

    label: str
    value: str
    tone: str
    hint: str = ""
    """What to do about it."""


@dataclass(frozen=True, slots=True)
class StaffErrand:
    """Something that can be done now."""

    value: str
    label: str
    hint: str


@dataclass(frozen=True, slots=True)
class StaffView:
    """``said`` is what came of the last errand; empty before the first."""

    title: str
    said: str
    is_problem: bool
    busy: bool
    troubles: tuple[StaffFact, ...] = ()
    """What is wrong or will be, the worst first."""
    errands: tuple[StaffErrand, ...] = ()
    facts: tuple[StaffFact, ...] = ()
    """What is well."""
