"""Which services of the province answer: one may be down while the others are well.

A service for which a person waits has a circuit. When nobody answered three times in a row it opens: for a
while the next person hears at once that it cannot be had, instead of waiting for it in vain, and a service in
trouble is left alone. Then one call is let through, whose outcome closes the circuit or keeps it open longer.
What has a sender of its own (events, files, commands) needs none: the sender's back-off is its circuit.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from contract.operations import CASE, CASES, LICENCE, QUERY, SIGN_IN_CARD, SIGN_IN_CHALLENGE, SIGN_IN_CODE
from foundation.backoff import Backoff
from foundation.clock import Clock, rfc3339
from foundation.errors import ErrorCode

WAITED_FOR = frozenset(
    operation.name
    for operation in (SIGN_IN_CARD, SIGN_IN_CODE, SIGN_IN_CHALLENGE, QUERY, LICENCE, CASES, CASE)
)
"""The operations that have a circuit."""
FAILURES_TO_OPEN = 3
ONE_CALL_WITHIN_S = 15.0
"""Longer than the one call takes that is let through: if it was broken off, another one may go then."""


@dataclass(frozen=True, slots=True)
class BackEnd:
    """A service, by the name of its operation. ``since`` is when it began to be so; ``error`` is why not."""

    name: str
    reachable: bool
    since: str
    error: ErrorCode | None = None


@dataclass(slots=True)
class _Circuit:
    backoff: Backoff
    failures: int = 0
    open_until_s: float = 0.0


class Reachability:
    """What the last call of each operation came to. Thread-safe. Who was never called is not known."""

    def __init__(
        self, clock: Clock, make_backoff: Callable[[], Backoff] = lambda: Backoff(2.0, 30.0, jitter=0.5)
    ) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._known: dict[str, BackEnd] = {}
        self._circuits = {name: _Circuit(make_backoff()) for name in WAITED_FOR}
        self.on_change: Callable[[Mapping[str, float]], None] = lambda _: None
        """Told, in the thread of the call, which services are left alone, each until a monotonic time.

        What may be tried again then stands open without another word. It must return at once.
        """

    def refusal(self, operation: str) -> ErrorCode | None:
        """Why there is no use in calling now, or None: then one calls, and :meth:`note` hears of it."""
        with self._lock:
            circuit, known = self._circuits.get(operation), self._known.get(operation)
            if circuit is None or known is None or circuit.failures < FAILURES_TO_OPEN:
                return None
            now_s = self._clock.monotonic_s()
            if now_s < circuit.open_until_s:
                return known.error
            circuit.open_until_s = now_s + ONE_CALL_WITHIN_S
            return None

    def note(self, operation: str, error: ErrorCode | None, retry_after_s: float | None = None) -> None:
        """A call was answered (None), also with a refusal, or why nobody answered."""
        with self._lock:
            before = self._known.get(operation)
            unchanged = before is not None and before.reachable == (error is None)
            since = before.since if before is not None and unchanged else rfc3339(self._clock.utc_now())
            self._known[operation] = BackEnd(operation, error is None, since, error)
            was = self._left_alone()
            if (circuit := self._circuits.get(operation)) is not None:
                self._turn(circuit, error is None, retry_after_s or 0.0)
            left_alone = self._left_alone()
        if left_alone != was:
            self.on_change(left_alone)

    def back_ends(self) -> list[BackEnd]:
        """All that were called, by name."""
        with self._lock:
            return [self._known[name] for name in sorted(self._known)]

    def _left_alone(self) -> dict[str, float]:
        circuits = self._circuits.items()
        return {name: each.open_until_s for name, each in circuits if each.failures >= FAILURES_TO_OPEN}

    def _turn(self, circuit: _Circuit, answered: bool, retry_after_s: float) -> None:
        if answered:
            circuit.failures = 0
            circuit.backoff.succeeded()
            return
        circuit.failures += 1
        if circuit.failures >= FAILURES_TO_OPEN:
            delay_s = max(circuit.backoff.failed(), retry_after_s)
            circuit.open_until_s = self._clock.monotonic_s() + delay_s
