"""Whose papers may be printed: one session at a time, for one person, and never after its end."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import Future
from enum import Enum
from typing import Final

from drivers.vocabulary import DeviceLost

_ENDED_REMEMBERED: Final = 1000


class PurgeOutcome(Enum):
    """Whether something of a session that has ended can still come out."""

    CLEAN = "clean"
    """The printer, and its queue if it has one, say that nothing is left that waits to be printed."""
    UNKNOWN = "unknown"
    """One of them did not say so. What is left is cleared as soon as it answers again, before all else."""


class Sessions:
    """Which session prints now and for which subject, and which have ended. Thread-safe. ``repr`` shows
    nobody.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._session: str | None = None
        self._subject = ""
        self._ended: OrderedDict[str, None] = OrderedDict()

    def admits(self, session: str, subject: str) -> bool:
        """Whether a paper of that session for that subject may be printed.

        The first paper of a session ends the session that printed before, and the first one that has a
        subject binds the session to it. One without a subject is that of who has not said who she is.
        """
        with self._lock:
            if session in self._ended:
                return False
            if session != self._session:
                self._end(self._session)
                self._session = session
            self._subject = self._subject or subject
            return subject in ("", self._subject)

    def end(self, session: str) -> None:
        """The session is over, for good; its subject is forgotten."""
        with self._lock:
            self._end(session)

    def has_ended(self, session: str | None) -> bool:
        """Whether that session is over; no session at all is."""
        with self._lock:
            return session is None or session in self._ended

    def _end(self, session: str | None) -> None:
        if session is None:
            return
        if session == self._session:
            self._session, self._subject = None, ""
        self._ended[session] = None
        if len(self._ended) > _ENDED_REMEMBERED:
            self._ended.popitem(last=False)


def outcome_of(purging: Future[bool | DeviceLost]) -> Future[PurgeOutcome]:
    """What a purge that was submitted to a printer's owner comes to: clean only when it said so."""
    outcome: Future[PurgeOutcome] = Future()
    outcome.set_running_or_notify_cancel()

    def settle(carried_out: Future[bool | DeviceLost]) -> None:
        if (bug := carried_out.exception()) is not None:
            outcome.set_exception(bug)
            return
        outcome.set_result(PurgeOutcome.CLEAN if carried_out.result() is True else PurgeOutcome.UNKNOWN)

    purging.add_done_callback(settle)
    return outcome
