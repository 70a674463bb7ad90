"""Whose documents may be printed: a session prints for one person, and never after its end."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final

_ENDED_REMEMBERED: Final = 1000


class Sessions:
    """Which session belongs to which subject, and which have ended. Thread-safe. ``repr`` shows nobody."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._subjects: dict[str, str] = {}
        self._ended: OrderedDict[str, None] = OrderedDict()

    def admits(self, session: str, subject: str) -> bool:
        """Whether a document of that session for that subject may be printed; the first one binds the two."""
        with self._lock:
            return session not in self._ended and self._subjects.setdefault(session, subject) == subject

    def end(self, session: str) -> None:
        """The session is over, for good; its subject is forgotten."""
        with self._lock:
            self._subjects.pop(session, None)
            self._ended[session] = None
            while len(self._ended) > _ENDED_REMEMBERED:
                self._ended.popitem(last=False)

    def has_ended(self, session: str | None) -> bool:
        """Whether that session is over; no session at all is."""
        with self._lock:
            return session is None or session in self._ended
