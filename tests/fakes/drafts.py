"""The room of the scripted desk that keeps what was begun."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kiosk_app.matters.drafting import Draft


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
