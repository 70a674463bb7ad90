"""What happens on the terminal and must be traceable: sessions, sign-ins, cases, slips, other items.

That it happened and how it went; nothing of the person.
"""

from __future__ import annotations

from typing import Protocol

from foundation.errors import ErrorCode
from kiosk_app.reporting.audit import word_for
from kiosk_app.terminal.answers import (
    CaseAnswered,
    CaseCommitted,
    DraftFound,
    SignInAnswered,
    SlipPrinted,
    WipeFinished,
)
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.messages import BatchChanged
from kiosk_app.terminal.situation import Situation


class Trail(Protocol):
    """Where entries go."""

    def record(self, kind: str, outcome: str, subject: str = "", *, closes: bool = False) -> None:
        """Takes an entry; returns at once."""


class AuditObserver:
    """An observer of the terminal's loop (``kiosk_app.terminal.loop.Observer``) that records what it sees."""

    def __init__(self, trail: Trail) -> None:
        self._trail = trail
        self._session_id = ""
        self._assurance = ""

    def __call__(self, message: Message, situation: Situation) -> None:
        """Looks at what one message has come to."""
        self._look_at_session(situation)
        if isinstance(message, SignInAnswered) and message.error is not None:
            self._trail.record(
                f"sign-in.{message.way.value}", _outcome(message.error), f"session/{message.session_id}"
            )
        elif isinstance(message, CaseCommitted):
            subject = f"case/{message.case_id}" if message.case_id else f"session/{message.session_id}"
            kind = "case.handed-over" if message.for_window else "case.saved"
            self._trail.record(kind, _outcome(message.error), subject)
        elif isinstance(message, CaseAnswered):
            outcome = word_for(message.refused_code) if message.refused_code else "taken"
            self._trail.record("case.answered", outcome, f"case/{message.case_id}")
        elif isinstance(message, DraftFound):
            if message.draft is not None:
                self._trail.record("draft.opened", "done", f"session/{message.session_id}")
        elif isinstance(message, SlipPrinted):
            outcome = "done" if message.done else _outcome(message.error) if message.known else "unknown"
            self._trail.record("printed.slip", outcome, f"session/{message.session_id}")
        elif isinstance(message, BatchChanged):
            self._trail.record("items.changed", "done", word_for(message.batch.batch_id))
        elif isinstance(message, WipeFinished):
            outcome = "clean" if message.clean else "not-clean"
            self._trail.record("session.wiped", outcome, f"session/{message.session_id}", closes=True)

    def _look_at_session(self, now: Situation) -> None:
        session_id = now.session.session_id if now.session is not None else ""
        if session_id != self._session_id:
            if self._session_id:
                way_out = now.farewell.way_out.value if now.farewell is not None else "unknown"
                self._trail.record("session.ended", way_out, f"session/{self._session_id}")
            self._session_id, self._assurance = session_id, ""
            if session_id:
                self._trail.record("session.opened", "done", f"session/{session_id}")
        signed_in = now.session.signed_in if now.session is not None else None
        if signed_in is not None and signed_in.assurance.value != self._assurance:
            self._assurance = signed_in.assurance.value
            self._trail.record(f"sign-in.{signed_in.way.value}", self._assurance, f"session/{session_id}")


def record_refusal(trail: Trail, subject: str, stream: str, code: str) -> None:
    """An event that the province refused and that no screen waits for; a case's refusal is seen there."""
    trail.record(f"{word_for(stream)}.refused", word_for(code), word_for(subject))


def _outcome(error: ErrorCode | None) -> str:
    return "done" if error is None else error.code.lower()
