"""The room of the scripted desk that keeps what was begun."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kiosk_app.matters.drafting import Draft
from kiosk_app.terminal.answers import DraftFound, DraftKept

if TYPE_CHECKING:
    from tests.fakes.calls import Call

KEPT_UNTIL = "2026-11-28"


@dataclass(frozen=True)
class ScriptedDrafts:
    """Tells the desk what it was asked, by ``asked``."""

    asked: Callable[[str, str, Any], None]

    def find(self, session_id: str, person: str, item_code: str) -> None:
        self.asked("find_draft", session_id, (person, item_code))

    def keep(self, session_id: str, person: str, item_code: str, draft: Draft, days: int) -> None:
        self.asked("keep_draft", session_id, (person, item_code, draft, days))

    def forget(self, person: str, item_code: str) -> None:
        self.asked("forget_draft", "", (person, item_code))


def no_draft(call: Call) -> DraftFound:
    """This person has begun nothing here."""
    return DraftFound(call.session_id, None)


def draft_kept(call: Call) -> DraftKept:
    """What was answered is on the disk."""
    return DraftKept(call.session_id, call.what[1], KEPT_UNTIL)
