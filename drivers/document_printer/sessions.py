"""Whose documents may be printed: one session at a time, for one person, and never after its end."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final

_ENDED_REMEMBERED: Final = 1000


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
        """Whether a document of that session for that subject may be printed.

        The first document of a session binds the two, and ends the session that printed before.
        """
        with self._lock:
            if session in self._ended:
                return False
            if session != self._session:
                self._end(self._session)
                self._session, self._subject = session, subject
            return subject == self._subject

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
