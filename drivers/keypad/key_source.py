"""Where input events come from: an input device of the kernel, held alone, or a socket that speaks the same.

The kernel's device is grabbed (EVIOCGRAB): what is typed on it reaches no other program and no screen. A
source of ours is a Unix stream socket that takes one client: after the connection it sends how its keys and
its plug are, in the same structures and ended by SYN_REPORT, and then every change.
"""

from __future__ import annotations

import errno
import fcntl
import os
import select
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from drivers.keypad.protocol import (
    EV_KEY,
    EV_SW,
    EV_SYN,
    EVENT,
    EVIOCGBIT_SW,
    EVIOCGKEY,
    EVIOCGRAB,
    EVIOCGSW,
    KEY_BITS_BYTES,
    PRESSED,
    SWITCH_BITS_BYTES,
    SYN_REPORT,
    EventDecoder,
    InputEvent,
    bits_set,
)
from drivers.transports.address import EvdevAddress
from drivers.transports.transport import DeviceLostError, drain, reason
from drivers.vocabulary import DeviceState
from foundation.clock import Clock

_CHUNK_BYTES = 64 * EVENT.size
_ABSENT = frozenset({errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ECONNREFUSED})


class KeySource:
    """A :class:`drivers.transports.transport.Transport` that brings input events and can say how it is."""

    def __init__(self, address: EvdevAddress, clock: Clock) -> None:
        self._path = address.path
        self._clock = clock
        self._descriptor: int | None = None
        self._is_socket = False

    def open(self) -> None:
        self.close()
        with self._loss_is_one_error("open"):
            self._is_socket = stat.S_ISSOCK(os.stat(self._path).st_mode)  # noqa: PTH116 -- its errors are known
            self._descriptor = self._connect() if self._is_socket else self._grab()

    def close(self) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)  # which lets go of the grab

    def read_some(self, deadline_s: float) -> bytes:
        return self._read(_CHUNK_BYTES, deadline_s)

    def write_all(self, data: bytes, deadline_s: float) -> None:  # noqa: ARG002 -- nothing is ever written
        """Raises for anything but nothing: a keyboard takes no commands."""
        self._open_descriptor()
        if data:
            raise DeviceLostError(f"{self._path} passes for a keyboard, which takes no commands")

    def drain_input(self) -> int:
        return drain(self.read_some)

    def state(self, deadline_s: float) -> list[InputEvent]:
        """How it is now, as events: the keys that are down, and every switch that it has with its position.

        Raises ``DeviceLostError`` when it does not say so before the deadline: it is no input device.
        """
        descriptor = self._open_descriptor()
        if self._is_socket:
            return self._state_told(deadline_s)
        with self._loss_is_one_error("state"):
            keys = bits_set(fcntl.ioctl(descriptor, EVIOCGKEY, bytes(KEY_BITS_BYTES)))
            fitted = bits_set(fcntl.ioctl(descriptor, EVIOCGBIT_SW, bytes(SWITCH_BITS_BYTES)))
            on = set(bits_set(fcntl.ioctl(descriptor, EVIOCGSW, bytes(SWITCH_BITS_BYTES))))
            return [
                *(InputEvent(EV_KEY, code, PRESSED) for code in keys),
                *(InputEvent(EV_SW, code, int(code in on)) for code in fitted),
            ]

    def _read(self, most_bytes: int, deadline_s: float) -> bytes:
        descriptor = self._open_descriptor()
        with self._loss_is_one_error("read"):
            remaining_s = max(0.0, deadline_s - self._clock.monotonic_s())
            ready, _, _ = select.select([descriptor], [], [], remaining_s)
            if not ready:
                return b""
            data = os.read(descriptor, most_bytes)
            if not data:
                raise OSError(errno.EIO, "hung up")
            return data

    def _state_told(self, deadline_s: float) -> list[InputEvent]:
        decoder, told = EventDecoder(), list[InputEvent]()
        while self._clock.monotonic_s() < deadline_s:
            for event in decoder.feed(self._read(EVENT.size, deadline_s)):  # what follows is left for later
                if (event.kind, event.code) == (EV_SYN, SYN_REPORT):
                    return told
                told.append(event)
        raise DeviceLostError(f"{self._path} does not say how it is")

    def _grab(self) -> int:
        descriptor = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            fcntl.ioctl(descriptor, EVIOCGRAB, 1)
        except OSError:
            os.close(descriptor)
            raise
        return descriptor

    def _connect(self) -> int:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.setblocking(False)
            line.connect(self._path)
        except OSError:
            line.close()
            raise
        return line.detach()

    def _open_descriptor(self) -> int:
        if self._descriptor is None:
            raise DeviceLostError(f"{self._path} is not open")
        return self._descriptor

    @contextmanager
    def _loss_is_one_error(self, action: str) -> Iterator[None]:
        try:
            yield
        except OSError as loss:
            absent = loss.errno in _ABSENT or not Path(self._path).exists()
            state = DeviceState.NO_DEVICE if absent else DeviceState.OFFLINE
            raise DeviceLostError(f"{self._path}: {action} failed ({reason(loss)})", state) from None
