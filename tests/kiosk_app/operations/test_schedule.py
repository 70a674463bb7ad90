"""Periodic work goes on whatever is done to the wall clock, and says when it was done last."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from foundation.clock import SystemClock
from foundation.lifecycle import TemporaryFaultError
from kiosk_app.operations.certificate_watch import CertificateWatch
from kiosk_app.operations.schedule import Job, JobRun, Schedule
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.reporting.alarms import AlarmKeeper
from kiosk_app.reporting.events import EventMaker
from tests.fakes.clock import ManualClock
from tests.fixtures.certificates import TestAuthority
from tests.fixtures.enrolments import TERMINAL_ID
from tests.fixtures.stores import a_store
from tests.fixtures.wall_clocks import ShiftedWallClock

WITHIN_S = 10.0


@contextmanager
def scheduled(*jobs: Job) -> Iterator[Schedule]:
    schedule = Schedule(SystemClock(), jobs)
    schedule.start()
    try:
        yield schedule
    finally:
        assert schedule.stop()


def a_job(name: str, work: Callable[[], None], every_s: float = 0.05) -> Job:
    return Job(name, every_s, work, first_within_s=0.0)


def test_a_job_is_done_again_and_again_and_says_when_last() -> None:
    done = threading.Semaphore(0)
    with scheduled(a_job("count", done.release)) as schedule:
        assert schedule.runs()[0].name == "count"
        for _ in range(5):
            assert done.acquire(timeout=WITHIN_S)
        (run,) = schedule.runs()
        assert run.ok
        assert run.age_s is not None
        assert 0 <= run.age_s < WITHIN_S


def test_what_was_never_done_is_unknown() -> None:
    with scheduled(Job("later", 3600, lambda: None, first_within_s=3600)) as schedule:
        assert schedule.runs() == [JobRun("later", None, ok=True)]


def test_nothing_is_done_before_its_time_and_who_ends_it_then_does_not_wait() -> None:
    clock, done = ManualClock(), threading.Event()
    schedule = Schedule(clock, [a_job("later", done.set)], begins_after_s=30.0)
    schedule.start()
    clock.advance(29.0)
    assert not done.is_set()
    assert schedule.stop()
    assert not done.is_set()


def test_a_job_that_hangs_keeps_no_other_and_a_job_that_fails_is_tried_again() -> None:
    release, done, tries = threading.Event(), threading.Semaphore(0), threading.Semaphore(0)

    def hang() -> None:
        release.wait()

    def fail() -> None:
        tries.release()
        raise TemporaryFaultError("the disk is busy")

    def break_down() -> None:
        tries.release()
        raise RuntimeError

    jobs = (
        a_job("hangs", hang),
        a_job("fails", fail),
        a_job("has a bug", break_down),
        a_job("well", done.release),
    )
    with scheduled(*jobs) as schedule:
        try:
            for _ in range(6):
                assert done.acquire(timeout=WITHIN_S)
                assert tries.acquire(timeout=WITHIN_S)
            ok = {run.name: run.ok for run in schedule.runs() if run.age_s is not None}
            assert ok == {"fails": False, "has a bug": False, "well": True}
        finally:
            release.set()


@pytest.mark.parametrize("step", [-timedelta(hours=2), timedelta(hours=2)])
def test_a_step_of_the_wall_clock_neither_stops_nor_repeats_a_job(tmp_path: Path, step: timedelta) -> None:
    """In a process of its own, whose CLOCK_REALTIME is really stepped."""
    wall_clock = ShiftedWallClock(tmp_path, timedelta(0))
    with subprocess.Popen(
        [sys.executable, "-m", "tests.fixtures.scheduled_program"],
        env=wall_clock.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        ran = [process.stdout.readline() for _ in range(3)]
        wall_clock.step_to(step)
        stepped_s = time.monotonic()
        ran += [process.stdout.readline() for _ in range(12)]
        took_s = time.monotonic() - stepped_s
        process.communicate(timeout=WITHIN_S)
    assert ran == ["ran\n"] * 15
    assert 1.0 < took_s < WITHIN_S, "every fifth of a second, with one look at the clock in between"


def test_a_certificate_that_ends_soon_is_an_alarm_until_it_is_renewed(tmp_path: Path) -> None:
    clock = ManualClock(datetime.now(UTC))
    authority = TestAuthority()
    file = tmp_path / "terminal.crt"
    with a_store(tmp_path, clock) as store:
        maker = EventMaker(TERMINAL_ID, clock, PlatformClock(clock))
        alarms = AlarmKeeper(maker, store.outbox, clock, tmp_path / "alarms.json")
        watch = CertificateWatch(file, clock, alarms)
        with pytest.raises(TemporaryFaultError):
            watch.look()
        authority.issue(TERMINAL_ID).write(tmp_path, "terminal")
        watch.look()
        assert alarms._conditions["CERT-001", "province"].present
        authority.issue(TERMINAL_ID, valid_from_days=20).write(tmp_path, "terminal")
        watch.look()
        assert not alarms._conditions["CERT-001", "province"].present


def test_the_library_is_not_loaded_before_the_first_screen() -> None:
    """It costs an eighth of a second."""
    program = "import sys, kiosk_app.composition.terminal; sys.exit('apscheduler' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
