"""How long to wait before trying again."""

from __future__ import annotations

import random
from collections.abc import Callable


class Backoff:
    """Doubling delays with a cap, and jitter added after the cap.

    Jitter comes last on purpose: with the cap applied last, a fleet that has been down for long retries in
    step, all at the cap. ``jitter`` is the share of the delay that is random, so a delay lies in
    ``[d * (1 - jitter), d * (1 + jitter)]``; 1 is full jitter, for what a whole fleet does at the same time:
    any moment is as good as any other. Not thread-safe: each owner has its own.
    """

    def __init__(
        self,
        initial_s: float,
        cap_s: float,
        *,
        jitter: float = 0.25,
        draw: Callable[[], float] = random.random,
    ) -> None:
        if not 0 < initial_s <= cap_s or not 0 <= jitter <= 1:
            raise ValueError("a back-off needs 0 < initial_s <= cap_s and 0 <= jitter <= 1")
        self._initial_s = initial_s
        self._cap_s = cap_s
        self._jitter = jitter
        self._draw = draw
        self._failures = 0

    @property
    def failures(self) -> int:
        """How many failures there were in a row."""
        return self._failures

    def failed(self) -> float:
        """Counts one more failure and returns the seconds to wait before the next attempt."""
        delay_s = min(self._cap_s, self._initial_s * 2.0 ** min(self._failures, 60))
        self._failures += 1
        return delay_s * (1 + self._jitter * (2 * self._draw() - 1))

    def succeeded(self) -> None:
        """Starts over."""
        self._failures = 0
