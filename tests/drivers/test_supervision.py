"""One owner for each device, told with a line that fails when the test says so."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from drivers import supervision
from drivers.supervision import Listener, OwnedDevice
from drivers.transports.transport import DeviceLostError
from drivers.vocabulary import DeviceLost, DeviceState, DeviceStatus, StatusChanged
from foundation.backoff import Backoff
from foundation.clock import SystemClock
from foundation.errors import Errors
from tests.drivers.listening import PATIENCE_S, Ears, polls

CLOCK = SystemClock()
UNKNOWN = DeviceStatus(device="lamp", state=DeviceState.UNKNOWN, error=None, simulated=False)


class Line:
    """A transport of which only opening and closing matter."""

    def __init__(self) -> None:
        self.absent = False
        self.opened = 0
        self.closed = threading.Event()

    def open(self) -> None:
        if self.absent:
            raise DeviceLostError("nothing is there", DeviceState.NO_DEVICE)
        self.opened += 1
        self.closed.clear()

    def close(self) -> None:
        self.closed.set()

    def read_some(self, deadline_s: float) -> bytes:
        return b""

    def write_all(self, data: bytes, deadline_s: float) -> None:
        return

    def drain_input(self) -> int:
        return 0


class Lamp(OwnedDevice[DeviceStatus]):
    """A device that does nothing, or what a test puts into ``on_idle``."""

    def __init__(self, line: Line, ears: Listener) -> None:
        super().__init__(
            line,
            CLOCK,
            ears,
            unknown=UNKNOWN,
            lost_error=Errors.PRINTER_LOST,
            poll_interval_s=0.01,
            backoff=Backoff(0.01, 0.02),
        )
        self.on_idle: Callable[[], None] = lambda: None

    def greet(self) -> None:
        self.healthy()
        self.publish(DeviceStatus(device="lamp", state=DeviceState.ONLINE, error=None, simulated=False))

    def idle(self) -> None:
        self.on_idle()


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def lamp(line: Line, ears: Ears) -> Iterator[Lamp]:
    lamp = Lamp(line, ears)
    yield lamp
    assert lamp.stop()


def later() -> float:
    return CLOCK.monotonic_s() + PATIENCE_S


def meet(inside: threading.Event, go_on: threading.Event) -> None:
    inside.set()
    assert go_on.wait(PATIENCE_S)


def lose() -> None:
    raise DeviceLostError("the cable was pulled")


def test_whoever_is_told_that_it_is_online_may_use_it_at_once(line: Line) -> None:
    ears = Ears()
    outcomes: list[object] = []

    def use_when_online(event: object) -> None:
        if isinstance(event, StatusChanged) and event.status.state is DeviceState.ONLINE:
            device.submit(lambda: 7, CLOCK.monotonic_s() + PATIENCE_S).add_done_callback(
                lambda future: outcomes.append(future.result())
            )
        ears(event)

    device = Lamp(line, use_when_online)
    device.start()
    ears.next_state(DeviceState.ONLINE)
    polls(device, 1)
    assert device.stop()

    assert outcomes == [7]


def test_the_status_is_unknown_until_the_device_has_answered(lamp: Lamp, ears: Ears) -> None:
    assert lamp.status() == UNKNOWN
    lamp.start()
    states = [ears.next(StatusChanged).status.state for _ in range(2)]
    assert states == [DeviceState.STARTING, DeviceState.ONLINE]
    assert lamp.status().state is DeviceState.ONLINE


def test_operations_run_in_the_owners_thread_one_after_the_other(lamp: Lamp, ears: Ears) -> None:
    lamp.start()
    ears.next_state(DeviceState.ONLINE)
    names = [lamp.submit(lambda: threading.current_thread().name, later()) for _ in range(20)]
    assert {name.result(PATIENCE_S) for name in names} == {"lamp"}


def test_an_unchanged_status_is_not_told_again(lamp: Lamp, ears: Ears) -> None:
    lamp.start()
    ears.next_state(DeviceState.ONLINE)
    lamp.submit(lambda: lamp.publish(lamp.status()), later()).result(PATIENCE_S)
    assert len(ears.all(StatusChanged)) == 2


def test_an_operation_that_loses_the_device_says_that_it_had_begun(
    lamp: Lamp, ears: Ears, line: Line
) -> None:
    lamp.start()
    ears.next_state(DeviceState.ONLINE)
    assert lamp.submit(lose, later()).result(PATIENCE_S) == DeviceLost(Errors.PRINTER_LOST, begun=True)
    assert ears.next_state(DeviceState.OFFLINE).error is Errors.PRINTER_LOST
    assert ears.next_state(DeviceState.ONLINE).error is None
    assert line.opened == 2


def test_what_waited_behind_a_loss_is_answered_at_once_and_had_not_begun(lamp: Lamp, ears: Ears) -> None:
    lamp.start()
    ears.next_state(DeviceState.ONLINE)
    inside, go_on = threading.Event(), threading.Event()

    def hold_then_lose() -> None:
        meet(inside, go_on)
        lose()

    first = lamp.submit(hold_then_lose, later())
    assert inside.wait(PATIENCE_S)
    waiting = [lamp.submit(lambda: "never", later()) for _ in range(3)]
    go_on.set()
    assert first.result(PATIENCE_S) == DeviceLost(Errors.PRINTER_LOST, begun=True)
    assert {future.result(PATIENCE_S) for future in waiting} == {DeviceLost(Errors.PRINTER_LOST, begun=False)}


def test_an_operation_for_a_device_that_is_not_there_is_answered_at_once(
    lamp: Lamp, ears: Ears, line: Line
) -> None:
    line.absent = True
    lost = DeviceLost(Errors.PRINTER_LOST, begun=False)
    assert lamp.submit(lambda: "never", later()).result(0) == lost
    lamp.start()
    ears.next_state(DeviceState.NO_DEVICE)
    assert lamp.submit(lambda: "never", later()).result(0) == lost
    line.absent = False
    ears.next_state(DeviceState.ONLINE)
    assert lamp.submit(lambda: "done", later()).result(PATIENCE_S) == "done"


def test_an_operation_whose_time_is_over_is_not_begun(lamp: Lamp, ears: Ears) -> None:
    lamp.start()
    ears.next_state(DeviceState.ONLINE)
    too_late = lamp.submit(lambda: "never", CLOCK.monotonic_s() - 1)
    assert too_late.result(PATIENCE_S) == DeviceLost(Errors.PRINTER_LOST, begun=False)


def test_an_operation_that_was_cancelled_is_not_run(lamp: Lamp, ears: Ears) -> None:
    lamp.start()
    ears.next_state(DeviceState.ONLINE)
    inside, go_on = threading.Event(), threading.Event()
    ran: list[str] = []
    lamp.submit(lambda: meet(inside, go_on), later())
    assert inside.wait(PATIENCE_S)
    cancelled = lamp.submit(lambda: ran.append("cancelled"), later())
    assert cancelled.cancel()
    go_on.set()
    polls(lamp, 1)
    assert ran == []


def test_a_bug_comes_out_of_the_future_and_the_device_comes_back(lamp: Lamp, ears: Ears) -> None:
    lamp.start()
    ears.next_state(DeviceState.ONLINE)
    with pytest.raises(ZeroDivisionError):
        lamp.submit(lambda: 1 // 0, later()).result(PATIENCE_S)
    ears.next_state(DeviceState.OFFLINE)
    ears.next_state(DeviceState.ONLINE)


def test_a_long_loss_is_told_once_and_logged_once(
    lamp: Lamp, ears: Ears, line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    lamp.start()
    ears.next_state(DeviceState.ONLINE)
    tries = threading.Semaphore(0)
    line.absent = True
    line_open = line.open

    def counted_open() -> None:
        tries.release()
        line_open()

    line.open = counted_open  # type: ignore[method-assign]
    lamp.submit(lose, later()).result(PATIENCE_S)
    for _ in range(5):
        assert tries.acquire(timeout=PATIENCE_S)
    line.absent = False
    ears.next_state(DeviceState.ONLINE)
    states = [change.status.state for change in ears.all(StatusChanged)]
    assert states[2:] == [DeviceState.OFFLINE, DeviceState.NO_DEVICE, DeviceState.ONLINE]
    messages = [record.getMessage() for record in caplog.records]
    assert messages == ["lamp is down: the cable was pulled", "lamp is back"]


def test_stopping_answers_what_waits_and_closes_the_line(lamp: Lamp, ears: Ears, line: Line) -> None:
    lamp.start()
    ears.next_state(DeviceState.ONLINE)
    inside, go_on = threading.Event(), threading.Event()
    lamp.submit(lambda: meet(inside, go_on), later())
    assert inside.wait(PATIENCE_S)
    waiting = lamp.submit(lambda: "never", later())
    stopper = threading.Thread(target=lamp.stop)
    stopper.start()
    assert lamp.stopping.wait(PATIENCE_S)
    go_on.set()
    stopper.join()
    assert waiting.result(0) == DeviceLost(Errors.PRINTER_LOST, begun=False)
    assert line.closed.is_set()
    assert lamp.status() == UNKNOWN
    assert lamp.submit(lambda: "never", later()).result(0) == DeviceLost(Errors.PRINTER_LOST, begun=False)


def test_a_device_starts_and_stops_fifty_times_and_leaves_nothing(ears: Ears) -> None:
    for _ in range(50):
        lamp = Lamp(Line(), ears)
        lamp.start()
        assert lamp.stop()


def lose_and_wait_until_it_is_up_again(lamp: Lamp, line: Line) -> None:
    opened = line.opened
    lamp.submit(lose, later()).exception(PATIENCE_S)
    while line.opened == opened or lamp.submit(lambda: 7, later()).result(PATIENCE_S) != 7:
        assert lamp.clock.monotonic_s() < later()


def test_a_device_on_a_bad_cable_is_told_to_be_back_only_when_it_stays(
    lamp: Lamp, line: Line, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervision, "_SETTLING_S", 3600.0)
    lamp.start()
    ears.next_state(DeviceState.ONLINE)
    for _ in range(2):
        lose_and_wait_until_it_is_up_again(lamp, line)
        ears.next_state(DeviceState.OFFLINE)
        ears.next_state(DeviceState.ONLINE)
    lose_and_wait_until_it_is_up_again(lamp, line)
    ears.next_state(DeviceState.OFFLINE)
    polls(lamp, 3)
    assert lamp.status().state is DeviceState.OFFLINE
    monkeypatch.setattr(supervision, "_SETTLING_S", 0.0)
    ears.next_state(DeviceState.ONLINE)
    assert len(ears.all(StatusChanged)) == 8  # starting, online, and three times gone and back


def test_a_device_that_comes_back_broken_is_told_to_be_broken_at_once(
    lamp: Lamp, line: Line, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervision, "_SETTLING_S", 3600.0)
    lamp.start()
    ears.next_state(DeviceState.ONLINE)
    for _ in range(3):
        lose_and_wait_until_it_is_up_again(lamp, line)
    broken = replace(UNKNOWN, state=DeviceState.HARDWARE_ERROR, error=Errors.PRINTER_BROKEN)
    lamp.submit(lambda: lamp.publish(broken), later()).result(PATIENCE_S)
    ears.next_state(DeviceState.HARDWARE_ERROR)


def test_losses_that_lie_far_apart_are_no_bad_cable() -> None:
    class Hours:
        now_s = 0.0

        def monotonic_s(self) -> float:
            self.now_s += 31.0
            return self.now_s

    damper = supervision._Damper(Hours())  # type: ignore[arg-type]
    for _ in range(3):
        damper.lost()
        damper.back()
    assert not damper.holds()


def test_each_loss_is_counted_once_however_long_it_lasts(line: Line, ears: Ears) -> None:
    losses: list[bool] = []

    class CountingLamp(Lamp):
        def lost(self) -> None:
            losses.append(True)

    lamp = CountingLamp(line, ears)
    lamp.start()
    ears.next_state(DeviceState.ONLINE)
    line.absent = True
    lamp.submit(lose, later()).exception(PATIENCE_S)
    ears.next_state(DeviceState.NO_DEVICE)
    line.absent = False
    ears.next_state(DeviceState.ONLINE)
    assert lamp.stop()
    assert losses == [True]
