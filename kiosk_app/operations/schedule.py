"""Work that is done every so often and may be done a little late: nothing durable, and no heartbeat.

APScheduler wakes it. That runs on the wall clock, where a step back of two hours would stop every job for two
hours; whoever watches the clock therefore tells of steps, and everything is planned anew from what the
monotonic clock says is left.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from foundation.backoff import Backoff
from foundation.clock import Clock
from foundation.lifecycle import ResilientService, TemporaryFaultError

log = logging.getLogger("dianxiaoer.schedule")

FIRST_WITHIN_S = 60.0


@dataclass(frozen=True, slots=True)
class Job:
    """``work`` is called in a thread of this job's own. A fault of the surroundings it raises as
    ``TemporaryFaultError``; it is tried again at its next turn.

    The first turn comes within ``first_within_s`` of the start, at random, so that neither the start nor a
    province full of terminals that got their power back is crowded.
    """

    name: str
    every_s: float
    work: Callable[[], None]
    first_within_s: float = FIRST_WITHIN_S


@dataclass(frozen=True, slots=True)
class JobRun:
    """How long ago a job ended last, and whether it went well; None when it has not ended once."""

    name: str
    age_s: float | None
    ok: bool


class Schedule(ResilientService):
    """Wakes its jobs. Each has one thread: one that hangs keeps itself from running again, and no other.

    Turns that were missed are made up for by one. Nothing is done, and the library not loaded, before
    ``begins_after_s``: a program that starts has better to do.
    """

    def __init__(self, clock: Clock, jobs: Sequence[Job], begins_after_s: float = 0.0) -> None:
        super().__init__("schedule", clock, Backoff(1.0, 60.0))
        self._begins_after_s = begins_after_s
        self._jobs = {job.name: job for job in jobs}
        self._lock = threading.Lock()
        self._due_s: dict[str, float] = {}
        self._ended: dict[str, tuple[float, bool]] = {}
        self._wake = threading.Event()
        self._scheduler: Any = None

    def clock_stepped(self, _step_s: float) -> None:
        """A listener for the clock watch: plans anew. Returns at once."""
        self._wake.set()

    def runs(self) -> list[JobRun]:
        """How each job stands."""
        now_s = self.clock.monotonic_s()
        with self._lock:
            ended = dict(self._ended)
        runs = {name: JobRun(name, None, ok=True) for name in self._jobs}
        runs |= {name: JobRun(name, now_s - ended_s, ok) for name, (ended_s, ok) in ended.items()}
        return list(runs.values())

    def stop(self, timeout_s: float = 5.0) -> bool:
        """Ends the thread; a turn under way ends first."""
        self.stopping.set()
        self._wake.set()
        return super().stop(timeout_s)

    def set_up(self) -> None:
        """Loads the library and plans the first turns."""
        if self.clock.wait(self.stopping, self._begins_after_s):
            return
        from apscheduler.executors.pool import ThreadPoolExecutor  # noqa: PLC0415 - 0.1 s, off the start path
        from apscheduler.schedulers.background import BackgroundScheduler  # noqa: PLC0415

        self._scheduler = BackgroundScheduler(
            executors={name: ThreadPoolExecutor(1) for name in self._jobs},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone=UTC,
        )
        now_s = self.clock.monotonic_s()
        for job in self._jobs.values():
            first_in_s = random.uniform(0, job.first_within_s)  # noqa: S311
            self._due_s[job.name] = now_s + first_in_s
            self._scheduler.add_job(
                self._turn,
                "interval",
                args=(job,),
                id=job.name,
                executor=job.name,
                seconds=job.every_s,
                next_run_time=_wall_time(first_in_s),
            )
        self._scheduler.start()

    def run(self) -> None:
        self.healthy()
        while not self.stopping.is_set():
            self._wake.wait()
            self._wake.clear()
            if not self.stopping.is_set():
                self._plan_anew()

    def tear_down(self) -> None:
        if self._scheduler is not None and self._scheduler.running:
            self._scheduler.shutdown()
        self._scheduler = None

    def _plan_anew(self) -> None:
        self._scheduler.pause()  # or the first that is moved would wake it for the others
        now_s = self.clock.monotonic_s()
        for name in self._jobs:
            with self._lock:
                left_s = max(0.0, self._due_s[name] - now_s)
            self._scheduler.modify_job(name, next_run_time=_wall_time(left_s))
        self._scheduler.resume()

    def _turn(self, job: Job) -> None:
        with self._lock:
            self._due_s[job.name] = self.clock.monotonic_s() + job.every_s
        ok = False
        try:
            job.work()
            ok = True
        except TemporaryFaultError as fault:
            log.warning("%s: %s", job.name, fault)
        except Exception as bug:  # noqa: BLE001 - one bug must not end a job for ever
            log.warning("%s: unexpected %s", job.name, type(bug).__name__)
        with self._lock:
            self._ended[job.name] = self.clock.monotonic_s(), ok


def _wall_time(in_s: float) -> datetime:
    """``in_s`` from now on the very clock that APScheduler asks."""
    return datetime.now(UTC) + timedelta(seconds=in_s)
