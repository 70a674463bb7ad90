"""A service that can fail and come back, told as stories on a clock moved by hand."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterator

import pytest

from foundation.backoff import Backoff
from foundation.lifecycle import PermanentFaultError, ResilientService, TemporaryFaultError
from tests.fakes.clock import ManualClock

LOG = "dianxiaoer.lifecycle"
WAIT_S = 5


class Lamp(ResilientService):
    """A service that does what the test tells it to, step by step, and notes what it was asked to do."""

    def __init__(self, clock: ManualClock, *, jitter: float = 0) -> None:
        super().__init__("lamp", clock, Backoff(1, 8, jitter=jitter, draw=lambda: 0.5))
        self.happened: queue.Queue[str] = queue.Queue()
        self.to_do: queue.Queue[Callable[[], None]] = queue.Queue()
        self.fail_set_up: Exception | None = None
        self.needed_person: list[str] = []

    def set_up(self) -> None:
        self.happened.put("set up")
        if self.fail_set_up is not None:
            raise self.fail_set_up

    def run(self) -> None:
        self.happened.put("run")
        while not self.stopping.is_set():
            self.to_do.get(timeout=WAIT_S)()

    def tear_down(self) -> None:
        self.happened.put("tear down")

    def on_permanent_fault(self, fault: PermanentFaultError) -> None:
        self.needed_person.append(str(fault))

    def do(self, action: Callable[[], None]) -> None:
        self.to_do.put(action)

    def fail(self, fault: Exception) -> None:
        def raise_it() -> None:
            raise fault

        self.do(raise_it)

    def expect(self, *happenings: str) -> None:
        assert [self.happened.get(timeout=WAIT_S) for _ in happenings] == [*happenings]

    def quit(self) -> bool:
        """Stops it, waking ``run`` as a real service's deadline would."""
        self.stopping.set()
        self.do(lambda: None)
        return self.stop(WAIT_S)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def lamp(clock: ManualClock) -> Iterator[Lamp]:
    lamp = Lamp(clock)
    yield lamp
    assert lamp.quit()


def test_it_sets_up_runs_and_tears_down(lamp: Lamp) -> None:
    lamp.start()
    lamp.expect("set up", "run")
    assert lamp.quit()
    lamp.expect("tear down")
    assert lamp.happened.empty()


def test_a_temporary_fault_tears_down_backs_off_and_starts_over(lamp: Lamp, clock: ManualClock) -> None:
    lamp.start()
    lamp.expect("set up", "run")
    for delay_s in (1, 2, 4):
        lamp.fail(TemporaryFaultError("the cable is out"))
        lamp.expect("tear down")
        assert clock.somebody_waits()
        assert lamp.happened.empty(), "nothing is tried before its time"
        clock.advance(delay_s)
        lamp.expect("set up", "run")
    assert list(clock.waits_s) == [1, 2, 4]
    lamp.do(lamp.healthy)
    lamp.fail(TemporaryFaultError("again"))
    lamp.expect("tear down")
    assert clock.somebody_waits()
    assert list(clock.waits_s)[-1] == 1, "an answer that proved it works starts the back-off over"


def test_tear_down_runs_after_a_set_up_that_failed_half_way(lamp: Lamp, clock: ManualClock) -> None:
    lamp.fail_set_up = TemporaryFaultError("the port is there, the device is not")
    lamp.start()
    lamp.expect("set up", "tear down")
    assert clock.somebody_waits()
    lamp.fail_set_up = None
    clock.advance(1)
    lamp.expect("set up", "run")


def test_a_permanent_fault_stops_and_asks_for_a_person_once(
    lamp: Lamp, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    lamp.start()
    lamp.expect("set up", "run")
    lamp.fail(PermanentFaultError("the module is not authorised"))
    lamp.expect("tear down")
    assert lamp.stop(WAIT_S)
    assert lamp.needed_person == ["the module is not authorised"]
    assert clock.waits_s == ()
    clock.advance(3600)
    assert lamp.happened.empty()
    assert [record.getMessage() for record in caplog.records if record.name == LOG] == [
        "lamp needs a person: the module is not authorised"
    ]


def test_a_bug_does_not_end_the_device_for_ever_and_its_words_are_not_logged(
    lamp: Lamp, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, LOG):
        lamp.start()
        lamp.expect("set up", "run")
        lamp.fail(KeyError("11010519491231002X"))
        lamp.expect("tear down")
        assert clock.somebody_waits()
        clock.advance(1)
        lamp.expect("set up", "run")
    assert [record.getMessage() for record in caplog.records] == ["lamp is down: unexpected KeyError"]
    assert "11010519491231002X" not in caplog.text


def test_the_log_says_once_that_it_went_down_and_once_that_it_came_back(
    lamp: Lamp, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, LOG):
        lamp.start()
        lamp.expect("set up", "run")
        for _ in range(5):
            lamp.fail(TemporaryFaultError("no answer"))
            lamp.expect("tear down")
            assert clock.somebody_waits()
            clock.advance(8)
            lamp.expect("set up", "run")
        lamp.do(lamp.healthy)
        lamp.do(lamp.healthy)
        back = threading.Event()
        lamp.do(back.set)
        assert back.wait(WAIT_S)
    assert [record.getMessage() for record in caplog.records] == ["lamp is down: no answer", "lamp is back"]


def test_it_stops_at_once_while_it_waits(lamp: Lamp, clock: ManualClock) -> None:
    lamp.fail_set_up = TemporaryFaultError("gone")
    lamp.start()
    assert clock.somebody_waits()
    before_s = clock.monotonic_s()
    assert lamp.stop(WAIT_S)
    assert clock.monotonic_s() == before_s, "no time had to pass"
    lamp.expect("set up", "tear down")
    assert lamp.happened.empty()


def test_stop_says_when_the_thread_did_not_end_in_time(lamp: Lamp) -> None:
    lamp.start()
    lamp.expect("set up", "run")
    assert lamp.stop(timeout_s=0) is False
    assert lamp.quit()


def test_stopping_what_was_never_started_is_nothing() -> None:
    assert Lamp(ManualClock()).stop()


def test_it_is_started_once(lamp: Lamp) -> None:
    lamp.start()
    lamp.expect("set up", "run")
    with pytest.raises(RuntimeError, match="lamp was started twice"):
        lamp.start()


def test_its_thread_has_its_name_and_never_keeps_the_program_alive(lamp: Lamp) -> None:
    lamp.start()
    lamp.expect("set up", "run")
    (thread,) = [thread for thread in threading.enumerate() if thread.name == "lamp"]
    assert thread.daemon
