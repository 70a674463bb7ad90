"""Who works at the terminal, and what is done there, is traceable; and the province sees 维护 meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from kiosk_app.reporting.audit import word_for
from kiosk_app.reporting.audit_observer import Trail
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.situation import Situation
from kiosk_app.terminal.staff_visit import ErrandDone, GrantChecked, StaffRecognised


class StaffWatch:
    """An observer of the terminal's loop. ``tell`` is told whether somebody of the staff is at work."""

    def __init__(self, trail: Trail, tell: Callable[[bool], None]) -> None:
        self._trail = trail
        self._tell = tell
        self._at_work = False

    def __call__(self, message: Message, now: Situation) -> None:
        """Looks at what one message has come to."""
        visit = now.session.staff if now.session is not None else None
        at_work = visit is not None and visit.role is not None
        if at_work is not self._at_work:
            self._at_work = at_work
            self._tell(at_work)
        if isinstance(message, GrantChecked):
            if message.error is not None:
                self._record("visit.grant", message.error.code, message.session_id)
        elif isinstance(message, StaffRecognised):
            if message.role is None or visit is None:
                outcome = message.error.code if message.error is not None else "left"
                self._record("visit.code", outcome, message.session_id)
            else:
                who = f"staff/{message.staff_number}"
                self._record(f"visit.{message.role.value}", who, message.session_id)
        elif isinstance(message, ErrandDone):
            outcome = message.error.code if message.error is not None else "done"
            self._record(f"visit.{message.errand.value}", outcome, message.session_id)

    def _record(self, kind: str, outcome: str, session_id: str) -> None:
        self._trail.record(kind, word_for(outcome), f"session/{session_id}")
