"""The far end of a serial line: what every simulator of a serial device stands on.

The line is a real pseudo-terminal, so that a driver opens, locks, reads and loses it exactly as it would a
port.
"""

from __future__ import annotations

import os
import select
import threading
import time
import tty
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from drivers.transports.address import DEFAULT_BAUD, SerialAddress

_BITS_A_BYTE = 10  # 8 data bits, one start bit, one stop bit
_PACE_S = 0.004
_CHUNK_BYTES = 4096


class SimulatedSerialDevice(ABC):
    """A device on the master side of a pseudo-terminal, with one thread of its own.

    With a ``link`` the device keeps its address over being unplugged: the link is made when it is plugged in
    and removed when it is not, as udev does with ``/dev/serial/by-id``. With ``paced_baud`` bytes leave no
    faster than on a real line. The methods of the public interface are for other threads and return when the
    device has done what they say.
    """

    def __init__(self, *, link: Path | None = None, paced_baud: int | None = None) -> None:
        self._link = link
        self._paced_baud = paced_baud
        self._master: int | None = None
        self._slave: int | None = None
        self._orders: deque[tuple[Callable[[], None], threading.Event]] = deque()
        self._wake_read = self._wake_write = -1
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def address(self) -> SerialAddress:
        """Where a driver finds the device; without a link it is another one after each plugging in."""
        baud = self._paced_baud or DEFAULT_BAUD
        if self._link is not None:
            return SerialAddress(str(self._link), baud)
        if self._slave is None:
            raise RuntimeError("a simulator without a link has an address only while it is plugged in")
        return SerialAddress(os.ttyname(self._slave), baud)

    def start(self) -> None:
        """Plugs the device in and starts its thread."""
        self._plug_in()
        self._wake_read, self._wake_write = os.pipe()
        self._thread = threading.Thread(target=self._serve, name=type(self).__name__, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Unplugs the device and ends its thread; it is not used again."""
        if self._thread is None or self._stopping.is_set():
            return
        self._stopping.set()
        os.write(self._wake_write, b"!")
        self._thread.join()
        self.unplug_now()
        os.close(self._wake_read)
        os.close(self._wake_write)

    def unplug(self) -> None:
        """Pulls the plug: whoever has the port open loses it, and its name is gone."""
        self._do(self.unplug_now)

    def plug_in(self) -> None:
        """Puts the plug back; the device starts afresh. Nothing happens when it is in."""
        self._do(self._plug_in)

    @abstractmethod
    def received(self, data: bytes) -> None:
        """Told in the device's thread what arrived."""

    @abstractmethod
    def powered_on(self) -> None:
        """Told in the device's thread, or before it runs, that the device was plugged in: start afresh."""

    def due_in_s(self) -> float | None:
        """How long the device may be left alone before :meth:`due`; None for ever. In the device's thread."""
        return None

    def due(self) -> None:
        """Told in the device's thread when nothing has happened for so long."""

    def send(self, data: bytes) -> None:
        """Sends ``data`` from the device's thread; bytes that nobody reads are lost, as on a real line."""
        step = (
            len(data) if self._paced_baud is None else max(1, int(self._paced_baud / _BITS_A_BYTE * _PACE_S))
        )
        began_s = time.monotonic()
        for begin in range(0, len(data), step or 1):
            piece = data[begin : begin + step]
            self._write(piece)
            if (
                self._paced_baud is not None
            ):  # by the moment at which all of it is due: a late wait is caught up
                due_s = began_s + (begin + len(piece)) * _BITS_A_BYTE / self._paced_baud
                self.wait(max(0.0, due_s - time.monotonic()))

    def wait(self, duration_s: float) -> None:
        """Lets time pass in the device's thread; ends early when the simulator is stopped."""
        self._stopping.wait(duration_s)

    def _do(self, order: Callable[[], Any]) -> None:
        """Has ``order`` carried out in the device's thread and waits until it is."""
        if self._thread is None or self._stopping.is_set():
            order()
            return
        done = threading.Event()
        self._orders.append((order, done))
        os.write(self._wake_write, b"!")
        done.wait()

    def _serve(self) -> None:
        try:
            while not self._stopping.is_set():
                self._serve_once()
        finally:
            self._stopping.set()
            self._carry_out_orders()  # nobody is left waiting for an answer

    def _serve_once(self) -> None:
        watched = [self._wake_read] if self._master is None else [self._wake_read, self._master]
        ready, _, _ = select.select(watched, [], [], self.due_in_s())
        if not ready:
            self.due()
        elif self._wake_read in ready:
            os.read(self._wake_read, _CHUNK_BYTES)
            self._carry_out_orders()
        elif self._master is not None:
            self.received(os.read(self._master, _CHUNK_BYTES))

    def _carry_out_orders(self) -> None:
        while self._orders:
            order, done = self._orders.popleft()
            order()
            done.set()

    def _write(self, data: bytes) -> None:
        if self._master is None:
            return
        try:
            os.write(self._master, data)
        except BlockingIOError:
            return  # the buffer of a line to which nobody listens is full

    def _plug_in(self) -> None:
        if self._master is not None:
            return
        # The slave side stays open here too, so that a driver which comes and goes is no hang-up.
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self.powered_on()
        if self._link is not None:
            self._link.unlink(missing_ok=True)
            self._link.symlink_to(os.ttyname(self._slave))

    def unplug_now(self) -> None:
        """Pulls the plug from the device's own thread, in the middle of what it does."""
        if self._master is None or self._slave is None:
            return
        if self._link is not None:
            self._link.unlink(missing_ok=True)
        os.close(self._master)
        os.close(self._slave)
        self._master = self._slave = None
