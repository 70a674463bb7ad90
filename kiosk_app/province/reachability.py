"""Which services of the province answer: one may be down while the others are well."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from foundation.clock import Clock, rfc3339
from foundation.errors import ErrorCode


@dataclass(frozen=True, slots=True)
class BackEnd:
    """A service, by the name of its operation. ``since`` is when it began to be so; ``error`` is why not."""

    name: str
    reachable: bool
    since: str
    error: ErrorCode | None = None


class Reachability:
    """What the last call of each operation came to. Thread-safe. Who was never called is not known."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._known: dict[str, BackEnd] = {}

    def note(self, operation: str, error: ErrorCode | None) -> None:
        """A call was answered (None), also with a refusal, or why nobody answered."""
        with self._lock:
            before = self._known.get(operation)
            unchanged = before is not None and before.reachable == (error is None)
            since = before.since if before is not None and unchanged else rfc3339(self._clock.utc_now())
            self._known[operation] = BackEnd(operation, error is None, since, error)

    def back_ends(self) -> list[BackEnd]:
        """All that were called, by name."""
        with self._lock:
            return [self._known[name] for name in sorted(self._known)]
