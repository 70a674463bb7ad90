"""The clock of the tests must itself be right: everything about time is proved with it."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from foundation.clock import Clock
from tests.fakes.clock import START, ManualClock


def waiting_thread(
    clock: Clock, event: threading.Event, timeout_s: float
) -> tuple[threading.Thread, list[bool]]:
    answers: list[bool] = []
    thread = threading.Thread(target=lambda: answers.append(clock.wait(event, timeout_s)))
    thread.start()
    return thread, answers


def test_nothing_passes_by_itself_and_everything_by_hand() -> None:
    clock = ManualClock()
    assert (clock.utc_now(), clock.monotonic_s()) == (START, 1_000.0)
    clock.advance(2.5)
    assert (clock.utc_now(), clock.monotonic_s()) == (START + timedelta(seconds=2.5), 1_002.5)


def test_a_wait_ends_when_time_has_been_advanced_far_enough_and_not_before() -> None:
    clock, event = ManualClock(), threading.Event()
    thread, answers = waiting_thread(clock, event, 10)
    assert clock.somebody_waits()
    clock.advance(9.9)
    assert clock.somebody_waits()
    assert answers == []
    clock.advance(0.1)
    thread.join(5)
    assert answers == [False]
    assert clock.waits_s == (10,)


def test_a_wait_ends_at_once_when_the_event_is_set() -> None:
    clock, event = ManualClock(), threading.Event()
    thread, answers = waiting_thread(clock, event, 10)
    assert clock.somebody_waits()
    event.set()
    thread.join(5)
    assert answers == [True]
    assert clock.wait(event, 10) is True
    assert clock.monotonic_s() == 1_000.0


def test_many_threads_may_wait_on_one_event_and_one_clock() -> None:
    clock, event = ManualClock(), threading.Event()
    threads = [waiting_thread(clock, event, seconds) for seconds in (1, 2, 3, 4)]
    assert clock.somebody_waits(4)
    clock.advance(2)
    for thread, answers in threads[:2]:
        thread.join(5)
        assert answers == [False]
    event.set()
    for thread, answers in threads[2:]:
        thread.join(5)
        assert answers == [True]


def test_the_wall_clock_can_step_back_while_the_monotonic_clock_never_does() -> None:
    clock = ManualClock()
    clock.step_wall_clock(-7200)
    assert (clock.utc_now(), clock.monotonic_s()) == (START - timedelta(hours=2), 1_000.0)
    with pytest.raises(ValueError, match="never goes back"):
        clock.advance(-1)


def test_nobody_waiting_is_told() -> None:
    assert ManualClock().somebody_waits(timeout_s=0) is False
