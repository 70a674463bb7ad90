"""One owner for each device: open, use, lose, back off, re-open.

Nobody but the owner's thread touches the line. Whoever wants something of the device submits an operation and
gets a Future; whoever wants to know how it is reads the status or listens.
"""

from __future__ import annotations

import threading
from abc import abstractmethod
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from drivers.transports.transport import DeviceLostError, Transport
from drivers.vocabulary import DeviceLost, DeviceState, DeviceStatus, StatusChanged
from foundation.backoff import Backoff
from foundation.clock import Clock
from foundation.errors import ErrorCode
from foundation.lifecycle import ResilientService

StatusT = TypeVar("StatusT", bound=DeviceStatus)
OutcomeT = TypeVar("OutcomeT")
Listener = Callable[[object], None]
_LOSSES_OF_A_BAD_CABLE = 3
_LOSSES_WITHIN_S = 60.0
_SETTLING_S = 5.0


@dataclass(slots=True)
class _Submitted:
    """An operation on its way. ``Any``: the queue holds operations of all outcomes."""

    operation: Callable[[], Any]
    deadline_s: float
    future: Future[Any]

    def lose(self, error: ErrorCode, *, begun: bool) -> None:
        if begun or self.future.set_running_or_notify_cancel():
            self.future.set_result(DeviceLost(error, begun=begun))


class _Damper:
    """Whether the return of a device has to last before it is told: when it was lost often lately."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lost_s: deque[float] = deque(maxlen=_LOSSES_OF_A_BAD_CABLE)
        self._back_s = 0.0

    def lost(self) -> None:
        self._lost_s.append(self._clock.monotonic_s())

    def back(self) -> None:
        self._back_s = self._clock.monotonic_s()

    def holds(self) -> bool:
        often = len(self._lost_s) == self._lost_s.maxlen
        lately = often and self._lost_s[-1] - self._lost_s[0] <= _LOSSES_WITHIN_S
        return lately and self._clock.monotonic_s() - self._back_s < _SETTLING_S


class OwnedDevice(ResilientService, Generic[StatusT]):
    """A device and the one thread that owns it.

    A driver says in :meth:`greet` how the device proves that it is there and in :meth:`idle` what to do
    between operations; both, and the operations, run in the owner's thread and may raise ``DeviceLostError``,
    upon which the line is closed, every pending operation gets its answer, and the line is opened again after
    a back-off.

    ``unknown`` is the status in which nothing is known: the first one, and the ground of every loss.
    ``lost_error`` is what a loss is called. The listener gets events in the owner's thread and must return at
    once.

    What is told is damped. A loss is told at once, always. But a device that was lost three times within a
    minute hangs on a bad cable: it is *online* again, for those who look and those who listen, only after it
    has stayed for five seconds, so that nobody is led to begin what will not end.
    """

    def __init__(
        self,
        transport: Transport,
        clock: Clock,
        listener: Listener,
        *,
        unknown: StatusT,
        lost_error: ErrorCode,
        poll_interval_s: float,
        backoff: Backoff | None = None,
    ) -> None:
        super().__init__(unknown.device, clock, backoff or Backoff(0.25, 2.0))
        self.transport = transport
        self._listener = listener
        self._unknown = unknown
        self._lost_error = lost_error
        self._poll_interval_s = poll_interval_s
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._submitted: deque[_Submitted] = deque()
        self._accepting = False
        self._status: StatusT = unknown
        self._damper = _Damper(clock)
        self._away = self._told_lost = False
        self._held: StatusT | None = None

    @abstractmethod
    def greet(self) -> None:
        """Asks the freshly opened device something that only it can answer, and publishes what it is like."""

    @abstractmethod
    def idle(self) -> None:
        """Called every poll interval while the device is there: look, listen, ask how it is."""

    def lost(self) -> None:
        """Told in the owner's thread when the device was lost, once for each loss: to be counted."""

    def status(self) -> StatusT:
        """The latest status. Thread-safe, never waits for the device."""
        with self._lock:
            return self._status

    def submit(self, operation: Callable[[], OutcomeT], deadline_s: float) -> Future[OutcomeT | DeviceLost]:
        """Runs ``operation`` in the owner's thread; thread-safe, returns at once.

        The Future always resolves: to what the operation returned, or to ``DeviceLost`` when the device is
        not there, goes away, is being stopped, or did not come to it before ``deadline_s`` (a moment on the
        device's clock; it limits the start, an operation limits itself). An exception that is a bug comes
        out of ``Future.result``.
        """
        submitted = _Submitted(operation, deadline_s, Future())
        with self._lock:
            accepted = self._accepting
            if accepted:
                self._submitted.append(submitted)
        if accepted:
            self._wake.set()
        else:
            submitted.lose(self._lost_error, begun=False)
        return submitted.future

    def emit(self, event: object) -> None:
        """Hands an event to the listener. For the owner's thread."""
        self._listener(event)

    def publish(self, status: StatusT) -> None:
        """Makes ``status`` the current one and tells the listener if it changed. For the owner's thread.

        That the device is back may be held for a while; see the class.
        """
        if self._away:
            self._away = False
            self._damper.back()
        if self._told_lost and status.state is DeviceState.ONLINE and self._damper.holds():
            self._held = status
        else:
            self._make_current(status)

    def _make_current(self, status: StatusT, *, lost: bool = False) -> None:
        self._held = None
        self._told_lost = lost
        with self._lock:
            if status == self._status:
                return
            self._status = status
            if status.state is DeviceState.ONLINE:  # whoever is told may use it at once
                self._accepting = not self.stopping.is_set()
        self._listener(StatusChanged(status))

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Ends the thread; pending operations are answered; the status is *unknown* again, untold."""
        self.stopping.set()
        self._wake.set()
        ended = super().stop(timeout_s)
        self._refuse_and_lose_all()
        with self._lock:
            self._status = self._unknown
        return ended

    def set_up(self) -> None:
        try:
            self.transport.open()
            if self.status() == self._unknown:  # one that was lost stays lost until it has answered
                self._make_current(replace(self._unknown, state=DeviceState.STARTING))
            self.greet()
        except DeviceLostError as loss:
            self._lost(loss.state)
            raise
        with self._lock:
            self._accepting = not self.stopping.is_set()

    def run(self) -> None:
        next_poll_s = self.clock.monotonic_s()
        try:
            while not self.stopping.is_set():
                self._wake.clear()
                self._carry_out_submitted()
                if self._held is not None and not self._damper.holds():
                    self._make_current(self._held)
                now_s = self.clock.monotonic_s()
                if now_s >= next_poll_s:
                    self.idle()
                    next_poll_s = self.clock.monotonic_s() + self._poll_interval_s
                elif not self.stopping.is_set():
                    self.clock.wait(self._wake, next_poll_s - now_s)
        except DeviceLostError as loss:
            self._lost(loss.state)
            raise

    def tear_down(self) -> None:
        self._refuse_and_lose_all()
        self.transport.close()
        if not self.stopping.is_set() and not self._away:
            self._lost(DeviceState.OFFLINE)  # a bug ended the run: the device is not in use, and that is said

    def _lost(self, state: DeviceState) -> None:
        if self.stopping.is_set():
            return
        if not self._away:
            self._away = True
            self._damper.lost()
            self.lost()
        self._make_current(replace(self._unknown, state=state, error=self._lost_error), lost=True)

    def _carry_out_submitted(self) -> None:
        while not self.stopping.is_set():
            with self._lock:
                if not self._submitted:
                    return
                submitted = self._submitted.popleft()
            if self.clock.monotonic_s() >= submitted.deadline_s:
                submitted.lose(self._lost_error, begun=False)
            elif submitted.future.set_running_or_notify_cancel():
                self._carry_out(submitted)

    def _carry_out(self, submitted: _Submitted) -> None:
        try:
            outcome = submitted.operation()
        except DeviceLostError:
            submitted.lose(self._lost_error, begun=True)
            raise
        except Exception as bug:
            submitted.future.set_exception(bug)
            raise
        submitted.future.set_result(outcome)

    def _refuse_and_lose_all(self) -> None:
        with self._lock:
            self._accepting = False
            pending = list(self._submitted)
            self._submitted.clear()
        for submitted in pending:
            submitted.lose(self._lost_error, begun=False)
