from __future__ import annotations

import os
import tty
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from drivers.transports.address import SerialAddress
from drivers.transports.serial_port import SerialPort
from drivers.transports.transport import DeviceLostError
from drivers.vocabulary import DeviceState
from foundation.clock import SystemClock

CLOCK = SystemClock()


@dataclass
class Line:
    """Both ends of a pseudo-terminal."""

    master: int
    slave: int
    port: SerialPort

    def hang_up(self) -> None:
        os.close(self.master)
        os.close(self.slave)
        self.master = self.slave = -1


@pytest.fixture
def line() -> Iterator[Line]:
    master, slave = os.openpty()
    tty.setraw(slave)
    line = Line(master, slave, SerialPort(SerialAddress(os.ttyname(slave)), CLOCK))
    yield line
    line.port.close()
    if line.master >= 0:
        line.hang_up()


def soon(seconds: float = 5.0) -> float:
    return CLOCK.monotonic_s() + seconds


def test_bytes_go_both_ways_unchanged(line: Line) -> None:
    line.port.open()
    every_byte = bytes(range(256))
    line.port.write_all(every_byte, soon())
    assert os.read(line.master, 4096) == every_byte
    os.write(line.master, every_byte)
    arrived = b""
    while len(arrived) < 256:
        arrived += line.port.read_some(soon())
    assert arrived == every_byte


def test_reading_ends_at_the_deadline(line: Line) -> None:
    line.port.open()
    before_s = CLOCK.monotonic_s()
    assert line.port.read_some(soon(0.05)) == b""
    assert 0.04 < CLOCK.monotonic_s() - before_s < 2.0


def test_a_deadline_in_the_past_still_hands_over_what_is_there(line: Line) -> None:
    line.port.open()
    os.write(line.master, b"x")
    assert line.port.read_some(soon()) == b"x"
    assert line.port.read_some(CLOCK.monotonic_s() - 1) == b""


def test_what_arrived_before_can_be_thrown_away(line: Line) -> None:
    line.port.open()
    os.write(line.master, b"old")
    drained = 0
    while drained < 3:  # a pseudo-terminal hands over in its own time
        drained += line.port.drain_input()
    assert drained == 3
    assert line.port.read_some(soon(0.01)) == b""


def test_a_line_that_takes_nothing_is_a_loss_and_not_a_wait_without_end(line: Line) -> None:
    line.port.open()
    with pytest.raises(DeviceLostError, match="took no bytes in time"):
        line.port.write_all(bytes(1 << 20), soon(0.1))  # nobody reads, and the kernel's buffer is smaller


def test_an_unplugged_port_is_lost_whatever_is_done_with_it(line: Line) -> None:
    line.port.open()
    line.hang_up()
    with pytest.raises(DeviceLostError):
        line.port.read_some(soon())
    with pytest.raises(DeviceLostError):
        line.port.write_all(b"x", soon())
    with pytest.raises(DeviceLostError):
        line.port.drain_input()
    line.port.close()


def test_nothing_at_the_address_is_no_device() -> None:
    port = SerialPort(SerialAddress("/dev/serial/by-id/never-plugged-in"), CLOCK)
    with pytest.raises(DeviceLostError) as loss:
        port.open()
    assert loss.value.state is DeviceState.NO_DEVICE


def test_what_is_no_serial_port_is_lost_too() -> None:
    with pytest.raises(DeviceLostError, match="open failed"):
        SerialPort(SerialAddress("/dev/null"), CLOCK).open()


def test_a_port_has_one_owner(line: Line) -> None:
    line.port.open()
    second = SerialPort(SerialAddress(os.ttyname(line.slave)), CLOCK)
    with pytest.raises(DeviceLostError, match="EAGAIN"):
        second.open()
    line.port.close()
    second.open()
    second.close()


def test_a_port_that_is_not_open_is_lost(line: Line) -> None:
    with pytest.raises(DeviceLostError, match="is not open"):
        line.port.read_some(soon())
    line.port.close()
    line.port.close()
