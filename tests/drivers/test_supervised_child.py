"""A child process as a line: real children that talk, die and hang."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable, Iterator

import pytest

from drivers.supervised_child import ChildLine, Deaths
from drivers.supervision import OwnedDevice
from drivers.transports.transport import DeviceLostError, Transport
from drivers.vocabulary import DeviceState, DeviceStatus
from foundation.backoff import Backoff
from foundation.clock import SystemClock
from foundation.errors import Errors
from tests.drivers.hand_clock import HandClock
from tests.drivers.listening import PATIENCE_S, Ears, polls

CLOCK = SystemClock()
ECHO = "import sys\nfor line in sys.stdin.buffer: sys.stdout.buffer.write(line); sys.stdout.buffer.flush()"
HANG = "import signal, sys\nsys.stdout.write('up'); sys.stdout.flush()\nwhile True: signal.pause()"
Start = Callable[[str], ChildLine]


def child_of(program: str) -> ChildLine:
    return ChildLine([sys.executable, "-I", "-S", "-c", program], CLOCK)


@pytest.fixture
def start() -> Iterator[Start]:
    lines: list[ChildLine] = []

    def started(program: str) -> ChildLine:
        lines.append(child_of(program))
        lines[-1].open()
        return lines[-1]

    yield started
    for line in lines:
        line.close()


def soon() -> float:
    return CLOCK.monotonic_s() + PATIENCE_S


def read(line: ChildLine, size: int) -> bytes:
    data = b""
    while len(data) < size and (more := line.read_some(soon())):
        data += more
    return data


def test_a_child_is_talked_with(start: Start) -> None:
    line = start(ECHO)
    line.write_all(b"hello\n", soon())
    assert read(line, 6) == b"hello\n"
    assert not line.degraded


def test_nothing_to_read_is_no_bytes_at_the_deadline(start: Start) -> None:
    assert start(ECHO).read_some(CLOCK.monotonic_s() + 0.01) == b""


def test_a_child_that_ends_is_a_device_that_is_lost(start: Start) -> None:
    line = start("print('bye', flush=True)")
    assert read(line, 4) == b"bye\n"
    with pytest.raises(DeviceLostError, match="has ended"):
        line.read_some(soon())


def test_a_child_that_takes_nothing_loses_the_line_at_the_deadline(start: Start) -> None:
    line = start(HANG)
    assert read(line, 2) == b"up"
    with pytest.raises(DeviceLostError, match="took no bytes in time"):
        line.write_all(bytes(1_000_000), CLOCK.monotonic_s() + 0.2)


def test_what_a_child_has_started_ends_with_it(start: Start) -> None:
    line = start(
        "import os, signal, sys\n"
        "pid = os.fork()\n"
        "if pid: sys.stdout.write(f'{pid}\\n'); sys.stdout.flush()\n"
        "while True: signal.pause()"
    )
    grandchild = os.pidfd_open(int(read(line, 2)))
    line.close()
    try:
        assert select.select([grandchild], [], [], PATIENCE_S)[0], "the grandchild lives"
    finally:
        os.close(grandchild)


def test_a_program_that_is_not_there_is_no_device() -> None:
    with pytest.raises(DeviceLostError) as loss:
        ChildLine(["/nowhere/at-all"], CLOCK).open()
    assert loss.value.state is DeviceState.NO_DEVICE


@pytest.mark.parametrize("use", [lambda line: line.read_some(0.0), lambda line: line.write_all(b"x", 0.0)])
def test_a_line_that_is_not_open_is_lost(use: Callable[[Transport], object]) -> None:
    with pytest.raises(DeviceLostError, match="is not running"):
        use(child_of(ECHO))


def test_three_deaths_in_five_minutes_degrade_and_five_minutes_mend() -> None:
    clock = HandClock()
    deaths = Deaths(clock)
    for _ in range(2):
        deaths.count()
        clock.now_s += 100.0
    assert not deaths.degraded
    deaths.count()
    degraded = [deaths.degraded]
    for pause_s in (99.0, 1.0):
        clock.now_s += pause_s
        degraded.append(deaths.degraded)
    assert degraded == [True, True, False]


def test_a_child_that_is_closed_at_its_work_has_not_died(start: Start) -> None:
    line = start(HANG)
    for _ in range(3):
        assert read(line, 2) == b"up"
        line.open()  # which ends the one before it
    line.close()
    assert not line.degraded


def test_a_child_that_was_condemned_or_takes_nothing_or_ended_unnoticed_has_died(start: Start) -> None:
    line = start(HANG)
    line.condemn()
    line.open()
    with pytest.raises(DeviceLostError, match="took no bytes in time"):
        line.write_all(bytes(1_000_000), CLOCK.monotonic_s() + 0.2)
    line.open()
    assert not line.degraded
    child = line._child
    assert child is not None
    child.kill()
    child.wait(PATIENCE_S)
    line.close()
    assert line.degraded


class Parrot(OwnedDevice[DeviceStatus]):
    """A device in a child process: it says again what it is told."""

    def __init__(self, line: ChildLine, ears: Ears) -> None:
        super().__init__(
            line,
            CLOCK,
            ears,
            unknown=DeviceStatus(device="parrot", state=DeviceState.UNKNOWN, error=None, simulated=True),
            lost_error=Errors.SCANNER_LOST,
            poll_interval_s=0.01,
            backoff=Backoff(0.01, 0.02),
        )

    def greet(self) -> None:
        self.ask(b"ping\n")
        self.healthy()
        self.publish(DeviceStatus(device="parrot", state=DeviceState.ONLINE, error=None, simulated=True))

    def idle(self) -> None:
        self.ask(b"ping\n")

    def ask(self, line: bytes) -> bytes:
        self.transport.write_all(line, soon())
        answer = b""
        while not answer.endswith(b"\n"):
            data = self.transport.read_some(self.clock.monotonic_s() + 5.0)
            if not data:
                raise DeviceLostError("the parrot is silent")
            answer += data
        return answer


def test_a_device_in_a_child_comes_back_by_itself_and_is_broken_when_it_keeps_dying() -> None:
    mortal = (
        "import sys\n"
        "for line in sys.stdin.buffer:\n"
        "    if line == b'die\\n': raise SystemExit\n"
        "    sys.stdout.buffer.write(line); sys.stdout.buffer.flush()"
    )
    ears = Ears()
    line = child_of(mortal)
    parrot = Parrot(line, ears)
    parrot.start()
    try:
        for _ in range(3):
            ears.next_state(DeviceState.ONLINE)
            polls(parrot, 1)
            parrot.submit(lambda: parrot.ask(b"die\n"), soon())
            ears.next_state(DeviceState.OFFLINE)
        lost = ears.next_state(DeviceState.HARDWARE_ERROR)
        assert lost.error is Errors.SCANNER_LOST
        assert line.degraded
    finally:
        assert parrot.stop()
