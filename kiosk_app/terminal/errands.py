"""What was asked on behalf of something and is not yet answered."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

Subject = TypeVar("Subject")


class Errands(Generic[Subject]):
    """Sends one errand of a kind at a time, so that every answer finds what it was asked for.

    An answer names the session and no more, and a person may have gone on to another matter before it comes:
    the next errand of the same kind goes out when the one before it is answered, and not earlier. A kind is
    the class of the answer. Not thread-safe.
    """

    def __init__(self) -> None:
        self._waiting: dict[type, deque[tuple[Subject, Callable[[], None]]]] = {}

    def send(self, kind: type, subject: Subject, ask: Callable[[], None]) -> None:
        """Asks on behalf of ``subject``: now, or when the errand before it is answered."""
        waiting = self._waiting.setdefault(kind, deque())
        waiting.append((subject, ask))
        if len(waiting) == 1:
            ask()

    def answered(self, kind: type) -> Subject | None:
        """What an answer belongs to, or None when nothing was asked; the next errand goes out."""
        waiting = self._waiting.get(kind)
        if not waiting:
            return None
        subject, _ = waiting.popleft()
        if waiting:
            _, ask = waiting[0]
            ask()
        return subject

    def under_way(self, kind: type, subject: Subject) -> bool:
        """Whether an answer of this kind is still to come for ``subject``."""
        return any(one is subject for one, _ in self._waiting.get(kind, ()))

    def clear(self) -> None:
        """Drops what was asked and what was still to be asked."""
        self._waiting.clear()
