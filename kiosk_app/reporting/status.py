"""Reporting how the terminal is: at once when that changes, and at every heartbeat."""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from contract.payloads import BackEndReport, DriftReport, JobReport, MachineReport, QueueReport, Status
from contract.places import MatterReport
from contract.sets import Stream, TerminalState
from drivers.vocabulary import DeviceStatus
from foundation.backoff import Backoff
from foundation.clock import Clock
from foundation.lifecycle import ResilientService, TemporaryFaultError
from kiosk_app.reporting.assessment import Assessment, assess
from kiosk_app.reporting.events import TELEMETRY_PRIORITY, EventMaker
from kiosk_app.reporting.waiting_cases import waiting_cases
from offline_store.errors import StoreError
from offline_store.outbox import Outbox
from offline_store.promises import NOTHING_PROMISED, OpenPromises

SETTLING_S = 2.0
"""How long the devices have after the start to say how they are, before the first report."""
LEAST_BETWEEN_S, MOST_BETWEEN_S = 1.0, 30.0
"""Between two changes that are told: doubled with each, until there was none for a whole heartbeat. So a
device that flaps fills neither the store nor the line, and its last word is told all the same."""
_BYTES_IN_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Watched:
    """What was found out about the terminal's surroundings; None is what nobody knows."""

    machine: MachineReport = field(default_factory=MachineReport)
    back_ends: tuple[BackEndReport, ...] = ()
    jobs: tuple[JobReport, ...] = ()
    clock_offset_s: float | None = None
    drift: DriftReport | None = None


@dataclass(frozen=True, slots=True)
class RunningFacts:
    """What else stands in a status event. ``counters`` are those of wear and faults, by name; ``promises`` is
    what was handed in and is not delivered."""

    application_version: str
    item_batch: str
    counters: dict[str, int] = field(default_factory=dict)
    promises: OpenPromises = NOTHING_PROMISED
    watched: Watched = Watched()


class StatusReporter(ResilientService):
    """Puts status events into the outbox, in a thread of its own.

    A change is told at once, changes right after it together a little later; without one there is a report
    after nine to ten tenths of ``heartbeat_s``, so that a fleet does not report in step. All intervals are of
    the monotonic clock. ``facts`` is called in this thread.
    """

    def __init__(
        self,
        maker: EventMaker,
        outbox: Outbox,
        clock: Clock,
        facts: Callable[[], RunningFacts],
        *,
        heartbeat_s: float,
        state_folder: Path,
        statuses: Sequence[DeviceStatus] = (),
    ) -> None:
        super().__init__("status reporter", clock, Backoff(1.0, 30.0))
        self._maker = maker
        self._outbox = outbox
        self._facts = facts
        self._heartbeat_s = heartbeat_s
        self._state_folder = state_folder
        self._started_s = clock.monotonic_s()
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._statuses = tuple(statuses)
        self._mode: TerminalState | None = None
        self._out_of_service = False
        self._matters: tuple[MatterReport, ...] = ()
        self._in_maintenance = False
        self._reported: Assessment | None = None
        self._is_asked = threading.Event()
        self._pace = Backoff(LEAST_BETWEEN_S, MOST_BETWEEN_S, jitter=0.0)

    def devices_changed(self, statuses: Sequence[DeviceStatus]) -> None:
        """The statuses of all fitted devices, of which one has changed. Returns at once."""
        with self._lock:
            self._statuses = tuple(statuses)
        self._wake.set()

    def tell_soon(self) -> None:
        """Something else changed that the province should hear now, such as a refused case."""
        self._is_asked.set()
        self._wake.set()

    def set_mode(self, mode: TerminalState | None) -> None:
        """Maintenance or a planned stop goes before what the devices say; None ends it."""
        with self._lock:
            self._mode = mode
        self._wake.set()

    def set_out_of_service(self, out_of_service: bool) -> None:  # told as an observer tells
        """Whether the terminal serves nobody, whatever its devices say: a fault, before any mode."""
        with self._lock:
            self._out_of_service = out_of_service
        self._wake.set()

    def set_matters(self, matters: tuple[MatterReport, ...]) -> None:
        """What the terminal can do for each matter, from now on."""
        with self._lock:
            self._matters = matters
        self._wake.set()

    def set_in_maintenance(self, in_maintenance: bool) -> None:
        """Whether somebody is mending the terminal (维护): said before what is wrong with it."""
        with self._lock:
            self._in_maintenance = in_maintenance
        self._wake.set()

    def assessment(self) -> Assessment:
        """How the terminal is now."""
        with self._lock:
            mode = TerminalState.FAULT if self._out_of_service else self._mode
            mode = TerminalState.MAINTENANCE if self._in_maintenance else mode
            return assess(self._statuses, mode, self._matters)

    def report(self) -> None:
        """Puts a status event into the outbox now, in the caller's thread. Raises ``StoreError``."""
        self._is_asked.clear()
        assessment = self.assessment()
        self._outbox.append(
            [self._maker.make(Stream.STATUS, self._status(assessment), priority=TELEMETRY_PRIORITY)]
        )
        self._reported = assessment

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Ends the thread."""
        self.stopping.set()
        self._wake.set()
        return super().stop(timeout_s)

    def set_up(self) -> None:
        """Nothing to acquire."""

    def run(self) -> None:
        if self._reported is None:
            self.clock.wait(self.stopping, SETTLING_S)
        while not self.stopping.is_set():
            next_heartbeat_s = self.clock.monotonic_s() + self._interval_s()
            if self.assessment() == self._reported:
                self._pace.succeeded()
            try:
                self.report()
            except StoreError as fault:
                raise TemporaryFaultError(str(fault)) from fault
            self.healthy()
            self.clock.wait(self.stopping, self._pace.failed())
            self._wait_for_change(next_heartbeat_s)

    def tear_down(self) -> None:
        """Nothing to release."""

    def _interval_s(self) -> float:
        return self._heartbeat_s * random.uniform(0.9, 1.0)  # noqa: S311

    def _wait_for_change(self, until_s: float) -> None:
        while not self.stopping.is_set():
            self._wake.clear()
            left_s = until_s - self.clock.monotonic_s()
            if left_s <= 0 or self._is_asked.is_set() or self.assessment() != self._reported:
                return
            self.clock.wait(self._wake, left_s)

    def _status(self, assessment: Assessment) -> Status:
        board, facts = self._outbox.board(), self._facts()
        return Status(
            terminal_id=self._maker.terminal_id,
            state=assessment.state,
            worst_device=assessment.worst_device,
            capabilities_lost=list(assessment.capabilities_lost),
            devices=list(assessment.devices),
            queue=QueueReport(
                depth=board.depth,
                oldest_s=int(board.oldest_age_s or 0),
                set_aside=len(board.set_aside),
                cases_waiting=facts.promises.count,
                earliest_deadline=facts.promises.earliest,
                cases=waiting_cases(facts.promises),
            ),
            application_version=facts.application_version,
            item_batch=facts.item_batch,
            uptime_s=int(self.clock.monotonic_s() - self._started_s),
            disk_free_mb=shutil.disk_usage(self._state_folder).free // _BYTES_IN_MB,
            counters=facts.counters,
            demonstration=assessment.demonstration,
            machine=facts.watched.machine,
            back_ends=list(facts.watched.back_ends),
            jobs=list(facts.watched.jobs),
            clock_offset_s=facts.watched.clock_offset_s,
            drift=facts.watched.drift,
            matters=list(assessment.matters),
        )
