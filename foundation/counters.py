"""Named counters: what happened how often, for status events and for tests."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Protocol


class CounterSink(Protocol):
    """Where a driver counts. The application hands in one whose figures survive a restart."""

    def count(self, name: str, increment: int = 1) -> None:
        """Adds to the counter ``name`` (words with dots, such as ``id_card_reader.bad_checksum``)."""


class Counters:
    """Counters in memory. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._figures: Counter[str] = Counter()

    def count(self, name: str, increment: int = 1) -> None:
        with self._lock:
            self._figures[name] += increment

    def figures(self) -> dict[str, int]:
        """A copy of all figures."""
        with self._lock:
            return dict(self._figures)
