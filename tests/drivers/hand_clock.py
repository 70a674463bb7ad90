"""A clock that a test moves by hand."""

from __future__ import annotations

import threading
from datetime import UTC, datetime


class HandClock:
    """Stands still until ``now_s`` is set."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def monotonic_s(self) -> float:
        return self.now_s

    def utc_now(self) -> datetime:
        return datetime(2026, 11, 21, 2, 0, tzinfo=UTC)

    def wait(self, event: threading.Event, timeout_s: float) -> bool:
        return event.is_set()
