"""What the senders of events and of files have in common: when to look, to rest, to step back."""

from __future__ import annotations

import random
import threading
from abc import abstractmethod
from collections.abc import Callable

from foundation.backoff import Backoff
from foundation.clock import Clock
from foundation.errors import Errors
from foundation.lifecycle import ResilientService, TemporaryFaultError
from kiosk_app.province.connection import ConnectionState
from kiosk_app.province.outcomes import NOT_LET_IN, Refused, Unreachable
from kiosk_app.terminal.views import Connection
from offline_store.errors import StoreError
from offline_store.outbox import Outbox

LONGEST_REST_S = 30.0
LEAST_REST_S = 1.0
LONGEST_STEP_BACK_S = 300.0
WAITED_FOR = 0
"""The priority of what a person waits for at the screen: it goes whoever's turn it is."""
NOBODY_THERE = (Errors.PROVINCE_UNREACHABLE, Errors.PLATFORM_OUT_OF_TIME, *NOT_LET_IN)

SetAside = Callable[[str, str, str], None]
"""Told ``(subject, stream, code)`` of an event that the platform refused."""


class QueueSender(ResilientService):
    """The one sender of one kind of rows, in a thread of its own.

    It takes turns for as long as there is something to send, and rests when there is not. A stop ends a rest
    or a back-off at once.
    """

    def __init__(self, name: str, outbox: Outbox, clock: Clock, sending_backoff: Backoff) -> None:
        super().__init__(name, clock, Backoff(1.0, 30.0))
        self.outbox = outbox
        self._sending_backoff = sending_backoff
        self._committed = threading.Event()
        self._hurry = threading.Event()

    def wake(self) -> None:
        """Something was committed: look now, unless a back-off is under way. Returns at once."""
        self._committed.set()

    def connection_changed(self, state: ConnectionState) -> None:
        """A listener for the connection monitor: a platform that is back ends the back-off."""
        if state.connection is Connection.CONNECTED:
            self._hurry.set()
            self._committed.set()

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Ends the thread; what was not confirmed stays in the outbox."""
        self.stopping.set()
        self._hurry.set()
        self._committed.set()
        return super().stop(timeout_s)

    def set_up(self) -> None:
        """Nothing to acquire: everything is handed in open."""

    def run(self) -> None:
        try:
            while True:
                self._committed.clear()
                self._hurry.clear()
                if self.stopping.is_set():
                    return
                self.take_turn()
        except StoreError as fault:
            raise TemporaryFaultError(str(fault)) from fault

    def tear_down(self) -> None:
        """Nothing to release."""

    @abstractmethod
    def take_turn(self) -> None:
        """Looks once what is to be sent, and sends it, rests or waits."""

    def rest(self) -> None:
        """Until something is committed, or may be tried again."""
        next_try_in_s = self.outbox.next_try_in_s()
        longest_s = LONGEST_REST_S if next_try_in_s is None else min(LONGEST_REST_S, next_try_in_s)
        self.clock.wait(self._committed, max(LEAST_REST_S, longest_s))

    def wait_for_turn(self, closed_for_s: float) -> None:
        """Until it is this terminal's turn, or something more is committed."""
        self.clock.wait(self._committed, closed_for_s)

    def got_through(self) -> None:
        """Something was delivered: the next fault begins with the shortest back-off."""
        self.healthy()
        self._sending_backoff.succeeded()

    def back_off(self, outcome: Refused | Unreachable | None = None) -> None:
        """Waits before anything more is sent, for as long as the platform asked for if it did."""
        delay_s = self._sending_backoff.failed()
        retry_after_s = outcome.retry_after_s if isinstance(outcome, Unreachable) else None
        if retry_after_s is None:
            self.clock.wait(self._hurry, delay_s)
        else:  # its own wish: a connection that looks good again does not shorten it
            self.clock.wait(self.stopping, max(retry_after_s, delay_s))


def step_back_delay_s(attempts: int) -> float:
    """How long a row waits that was sent so often: doubling, up to five minutes, with jitter after that."""
    return min(LONGEST_STEP_BACK_S, 2.0 ** min(attempts, 30)) * random.uniform(0.75, 1.25)  # noqa: S311
