"""A serial port, with the habits of pyserial that hurt kept away from the drivers.

A port that was unplugged raises from four unrelated families, keeps saying that it is open, and a write
without a limit never returns; closing it from another thread crashes the reader. So: one owner thread, one
exception, and a lock on the port against a second program; pyserial sets the port up, and the bytes are moved
here, with read(2), write(2) and a deadline.
"""

from __future__ import annotations

import errno
import os
import select
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import serial

from drivers.transports.address import SerialAddress
from drivers.transports.transport import DeviceLostError, drain, reason
from drivers.vocabulary import DeviceState
from foundation.clock import Clock

_CHUNK_BYTES = 4096
_ABSENT = frozenset({errno.ENOENT, errno.ENODEV, errno.ENXIO})


class SerialPort:
    """A :class:`Transport` over a serial port (8N1), a USB serial device or a pseudo-terminal."""

    def __init__(self, address: SerialAddress, clock: Clock) -> None:
        self._address = address
        self._clock = clock
        self._port: serial.Serial | None = None

    def open(self) -> None:
        self.close()
        if not Path(self._address.path).exists():
            raise DeviceLostError(f"nothing is at {self._address.path}", DeviceState.NO_DEVICE)
        with self._loss_is_one_error("open"):
            self._port = serial.Serial(self._address.path, self._address.baud, timeout=0, exclusive=True)

    def close(self) -> None:
        port, self._port = self._port, None
        if port is None:
            return
        try:
            port.close()
        except (OSError, termios.error, TypeError):
            return  # a port that was unplugged may refuse to be closed; the next open makes a new one

    def read_some(self, deadline_s: float) -> bytes:
        port = self._open_port()
        with self._loss_is_one_error("read"):
            ready, _, _ = select.select([port], [], [], self._remaining_s(deadline_s))
            if not ready:
                return b""
            data = os.read(port.fileno(), _CHUNK_BYTES)
            if not data:  # ready, and nothing there: so a port looks that was unplugged
                raise OSError(errno.EIO, "hung up")
            return data

    def write_all(self, data: bytes, deadline_s: float) -> None:
        port = self._open_port()
        rest = memoryview(data)
        while rest:
            with self._loss_is_one_error("write"):
                _, ready, _ = select.select([], [port], [], self._remaining_s(deadline_s))
                if not ready:
                    raise DeviceLostError(f"{self._address.path} took no bytes in time")
                rest = rest[os.write(port.fileno(), rest) :]

    def drain_input(self) -> int:
        return drain(self.read_some)

    def _open_port(self) -> serial.Serial:
        if self._port is None:
            raise DeviceLostError(f"{self._address.path} is not open")
        return self._port

    def _remaining_s(self, deadline_s: float) -> float:
        return max(0.0, deadline_s - self._clock.monotonic_s())

    @contextmanager
    def _loss_is_one_error(self, action: str) -> Iterator[None]:
        try:
            yield
        except (OSError, termios.error, TypeError) as loss:  # pyserial's SerialException is an OSError
            absent = getattr(loss, "errno", None) in _ABSENT or not Path(self._address.path).exists()
            state = DeviceState.NO_DEVICE if absent else DeviceState.OFFLINE
            raise DeviceLostError(f"{self._address.path}: {action} failed ({reason(loss)})", state) from None
