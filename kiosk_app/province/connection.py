"""Whether the province can be reached, since when, and who is told when that changes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contract.answers import PlatformTime
from foundation.backoff import Backoff
from foundation.clock import Clock
from foundation.errors import ErrorCode
from foundation.lifecycle import ResilientService
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.outcomes import NOT_LET_IN, Outcome, Refused, Unreachable
from kiosk_app.terminal.views import Connection

log = logging.getLogger("dianxiaoer.province")

FAILURES_TO_OFFLINE = 2
ANSWERS_TO_CONNECTED = 2
TIME_AT_LEAST_EVERY_S = 900.0
RECHECK_AFTER_S = 0.5
"""How long a lost call is left to have been an accident, such as a platform that restarts."""


@dataclass(frozen=True, slots=True)
class ConnectionState:
    """``since`` is when the first call of this state began to say so; ``error`` is why it is offline."""

    connection: Connection
    since: datetime
    error: ErrorCode | None = None


class ConnectionMonitor:
    """Makes one word of the outcomes of calls. Thread-safe.

    Unknown becomes what the first outcome says. After that one lost call does not make a terminal offline
    and one lucky call does not bring it back: two in a row do. An outcome that speaks against the present
    state wakes ``on_doubt`` (the probe), so that the second one comes soon. Being refused as a terminal
    counts as offline: nothing can be done with the province; every other refusal proves that it is there.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._state = ConnectionState(Connection.UNKNOWN, clock.utc_now())
        self._against = 0
        self._doubted_since = self._state.since
        self._listeners: tuple[Callable[[ConnectionState], None], ...] = ()
        self._last_outcome_s = clock.monotonic_s()
        self.on_doubt: Callable[[], None] = lambda: None

    def state(self) -> ConnectionState:
        """The present word."""
        with self._lock:
            return self._state

    def listen(self, listener: Callable[[ConnectionState], None]) -> None:
        """Has ``listener`` told of every change, in the thread of the call that brought it."""
        with self._lock:
            self._listeners = (*self._listeners, listener)

    def quiet_s(self) -> float:
        """How long no call has said anything."""
        with self._lock:
            return self._clock.monotonic_s() - self._last_outcome_s

    def doubt(self) -> None:
        """A call came to something that may be the trouble of one service alone: has the probe ask, unless
        it is known already that there is no connection."""
        if self.state().connection is not Connection.OFFLINE:
            self.on_doubt()

    def observe(self, outcome: Outcome[Any]) -> None:
        """Takes the outcome of any call to the province."""
        error = _why_offline(outcome)
        said = Connection.CONNECTED if error is None else Connection.OFFLINE
        with self._lock:
            self._last_outcome_s = self._clock.monotonic_s()
            before = self._state
            if said is before.connection:
                self._against = 0
                self._state = ConnectionState(said, before.since, error)
                return
            if self._against == 0:
                self._doubted_since = self._clock.utc_now()
            self._against += 1
            changed = self._against >= self._needed(before.connection)
            if changed:
                self._against = 0
                self._state = ConnectionState(said, self._doubted_since, error)
            state, listeners = self._state, self._listeners
        if changed:
            log.info("province: %s%s", said.value, f" ({error})" if error else "")
            for listener in listeners:
                listener(state)
        else:
            self.on_doubt()

    def _needed(self, present: Connection) -> int:
        if present is Connection.UNKNOWN:
            return 1
        return FAILURES_TO_OFFLINE if present is Connection.CONNECTED else ANSWERS_TO_CONNECTED


def _why_offline(outcome: Outcome[Any]) -> ErrorCode | None:
    if isinstance(outcome, Unreachable):
        return outcome.error
    if isinstance(outcome, Refused) and outcome.error in NOT_LET_IN:
        return outcome.error
    return None


class ConnectionProbe(ResilientService):
    """Asks the platform for its time: at the start, when in doubt, when nobody else asked, and while offline.

    However busy the line is, it asks every quarter of an hour: nothing else tells the time.

    While offline it asks at growing intervals up to 15 s, so that a platform that comes back is met by its
    terminals spread over time. Each answer also keeps the platform clock right; ``on_time`` is told of it
    afterwards, in the probe's thread.
    """

    def __init__(
        self,
        client: ProvinceClient,
        monitor: ConnectionMonitor,
        clock: Clock,
        *,
        quiet_limit_s: float = 30.0,
        offline_backoff: Backoff | None = None,
        on_time: Callable[[PlatformTime], None] = lambda _: None,
    ) -> None:
        super().__init__("connection probe", clock, Backoff(1.0, 30.0))
        self._client = client
        self._monitor = monitor
        self._quiet_limit_s = quiet_limit_s
        self._offline_backoff = offline_backoff or Backoff(1.0, 15.0, jitter=1.0)
        self._on_time = on_time
        self._wake = threading.Event()
        monitor.on_doubt = self._wake.set

    def set_up(self) -> None:
        """Nothing to acquire: the client opens its own connections."""

    def run(self) -> None:
        while not self.stopping.is_set():
            self._wake.clear()
            outcome = self._client.time()
            if isinstance(outcome, Unreachable | Refused):
                wait_s = self._offline_backoff.failed()
            else:
                self._on_time(outcome.value)
                self.healthy()
                self._offline_backoff.succeeded()
                wait_s = self._quiet_limit_s
            self._wait_until_needed(wait_s)

    def tear_down(self) -> None:
        """Nothing to release."""

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Ends the probe; the client is closed first by whoever wants this to be prompt in every case."""
        self.stopping.set()
        self._wake.set()
        return super().stop(timeout_s)

    def _wait_until_needed(self, wait_s: float) -> None:
        """Until somebody doubts, or the wait is over; while connected, other calls put it off for a while."""
        latest_s = self.clock.monotonic_s() + TIME_AT_LEAST_EVERY_S
        while True:
            if self.clock.wait(self._wake, wait_s):
                if self._monitor.state().connection is Connection.CONNECTED:
                    self.clock.wait(self.stopping, RECHECK_AFTER_S)
                return
            quiet_s = self._monitor.quiet_s()
            is_due = quiet_s >= self._quiet_limit_s or self.clock.monotonic_s() >= latest_s
            if is_due or self._monitor.state().connection is not Connection.CONNECTED:
                return
            wait_s = self._quiet_limit_s - quiet_s
