"""The line to an input device: what it says about itself, and what comes after."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from drivers.keypad.key_source import KeySource
from drivers.keypad.protocol import (
    EV_KEY,
    EV_SW,
    EV_SYN,
    PRESSED,
    SW_HEADPHONE_INSERT,
    SYN_REPORT,
    InputEvent,
    event_bytes,
)
from drivers.transports.address import EvdevAddress
from drivers.transports.transport import DeviceLostError
from drivers.vocabulary import DeviceState
from foundation.clock import SystemClock

CLOCK = SystemClock()
REPORT = InputEvent(EV_SYN, SYN_REPORT, 0)
HELD = InputEvent(EV_KEY, 28, PRESSED)
PLUGGED = InputEvent(EV_SW, SW_HEADPHONE_INSERT, 1)


@contextmanager
def line(folder: Path) -> Iterator[tuple[KeySource, socket.socket]]:
    """An open source, and the other end of it."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "keys"))
        listener.listen()
        source = KeySource(EvdevAddress(str(folder / "keys")), CLOCK)
        source.open()
        device, _ = listener.accept()
        with device:
            yield source, device
        source.close()


def in_a_second() -> float:
    return CLOCK.monotonic_s() + 1.0


def test_what_comes_with_the_state_in_one_piece_is_left_for_the_next_reading(tmp_path: Path) -> None:
    with line(tmp_path) as (source, device):
        device.sendall(event_bytes(HELD) + event_bytes(REPORT) + event_bytes(PLUGGED))
        assert source.state(in_a_second()) == [HELD]
        assert source.read_some(in_a_second()) == event_bytes(PLUGGED)


def test_nothing_in_time_is_nothing_and_the_far_end_closing_is_a_loss(tmp_path: Path) -> None:
    with line(tmp_path) as (source, device):
        assert source.read_some(CLOCK.monotonic_s()) == b""
        device.sendall(b"rest")
        assert source.drain_input() == 4
        device.close()
        with pytest.raises(DeviceLostError) as loss:
            source.read_some(in_a_second())
        assert loss.value.state is DeviceState.OFFLINE


def test_it_takes_no_commands_and_what_is_closed_is_lost(tmp_path: Path) -> None:
    with line(tmp_path) as (source, _):
        source.write_all(b"", in_a_second())
        with pytest.raises(DeviceLostError, match="takes no commands"):
            source.write_all(b"x", in_a_second())
        source.close()
        source.close()
        with pytest.raises(DeviceLostError, match="not open"):
            source.read_some(in_a_second())


@pytest.mark.parametrize(
    ("name", "state"), [("nothing", DeviceState.NO_DEVICE), ("text", DeviceState.OFFLINE)]
)
def test_what_is_not_there_is_no_device_and_what_is_none_is_offline(
    tmp_path: Path, name: str, state: DeviceState
) -> None:
    (tmp_path / "text").write_text("no input device", encoding="ascii")
    with pytest.raises(DeviceLostError) as loss:
        KeySource(EvdevAddress(str(tmp_path / name)), CLOCK).open()
    assert loss.value.state is state
