"""The line to the camera: a child process that holds it, two pipes, and memory that both share.

A camera can hang in the kernel for as long as it likes, so nothing of it is in our process; what is in the
child ends with the child. The shared memory has no name in any file system (memfd_create(2)): nothing of a
person is left when both were killed, and it is overwritten before it is given back.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import select
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import numpy as np

from drivers.camera.address import CameraAddress, is_present
from drivers.camera.device import Frame
from drivers.camera.protocol import MEMORY_BYTES, FrameReady
from drivers.transports.transport import DeviceLostError, drain, reason
from drivers.vocabulary import DeviceState
from foundation.clock import Clock

_CHUNK_BYTES = 4096
_END_TIMEOUT_S = 2.0
_SURROUNDINGS = {
    "PYTHONPATH": str(
        Path(__file__).parents[2]
    ),  # the program that this one belongs to, whatever is installed
    "OPENBLAS_NUM_THREADS": "1",  # it computes nothing
    "OPENCV_FOR_THREADS_NUM": "1",
}


class ChildEndedError(DeviceLostError):
    """The program that holds the camera ended without having said why: it was killed, or it crashed."""


class CaptureChild:
    """A :class:`~drivers.transports.transport.Transport` to one child process at a time.

    The first order starts it and ``close`` kills it: whatever it was doing, the camera is free when ``close``
    returns. An open line without an order has no child, and so no camera.
    """

    def __init__(self, address: CameraAddress, clock: Clock) -> None:
        self._address = address
        self._clock = clock
        self._child: subprocess.Popen[bytes] | None = None
        self._unburied: list[subprocess.Popen[bytes]] = []
        self._memory: mmap.mmap | None = None
        self._orders = self._notices = -1

    @property
    def process_id(self) -> int | None:
        """The child's, while there is one."""
        return self._child.pid if self._child is not None else None

    def open(self) -> None:
        self.close()

    def close(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            try:
                child.wait(_END_TIMEOUT_S)
            except subprocess.TimeoutExpired:  # in the kernel's hands; it ends when that lets it go
                self._unburied.append(child)
        memory, self._memory = self._memory, None
        if memory is not None:
            memory[:] = bytes(len(memory))
            memory.close()
        for descriptor in (self._orders, self._notices):
            if descriptor >= 0:
                os.close(descriptor)
        self._orders = self._notices = -1

    def read_some(self, deadline_s: float) -> bytes:
        if self._child is None:
            raise DeviceLostError("the camera's program is not running")
        remaining_s = max(0.0, deadline_s - self._clock.monotonic_s())
        ready, _, _ = select.select([self._notices], [], [], remaining_s)
        if not ready:
            return b""
        data = os.read(self._notices, _CHUNK_BYTES)
        if not data:
            raise ChildEndedError("the camera's program has ended")
        return data

    def write_all(self, data: bytes, deadline_s: float) -> None:
        if self._child is None:
            self._start_or_lose()
        remaining_s = max(0.0, deadline_s - self._clock.monotonic_s())
        _, ready, _ = select.select([], [self._orders], [], remaining_s)
        if not ready:
            raise DeviceLostError("the camera's program takes no orders")
        with suppress(BrokenPipeError):  # it has ended; reading tells whether it has said why
            os.write(self._orders, data)  # a few bytes: all of them, or none

    def drain_input(self) -> int:
        return drain(self.read_some)

    def picture(self, ready: FrameReady) -> Frame:
        """A copy of the picture that lies in the shared memory."""
        if self._memory is None:
            raise DeviceLostError("the camera's program is not running")
        shape = (ready.height, ready.width, 3)
        size_bytes = ready.height * ready.width * 3
        pixels = np.frombuffer(self._memory[:size_bytes], np.uint8).reshape(shape)
        return Frame(pixels, ready.captured_ns / 1e9)

    def _start_or_lose(self) -> None:
        self._unburied = [child for child in self._unburied if child.poll() is None]
        if not is_present(self._address):
            raise DeviceLostError("there is no camera at its address", DeviceState.NO_DEVICE)
        try:
            self._start()
        except OSError as failure:
            self.close()
            raise DeviceLostError(f"the camera's program cannot be started ({reason(failure)})") from failure

    def _start(self) -> None:
        descriptor = os.memfd_create("camera", os.MFD_CLOEXEC)
        notices_in = orders_out = -1
        try:
            os.ftruncate(descriptor, MEMORY_BYTES)
            self._memory = mmap.mmap(descriptor, MEMORY_BYTES)
            orders_out, self._orders = os.pipe()
            self._notices, notices_in = os.pipe()
            fcntl.fcntl(self._orders, fcntl.F_SETFL, os.O_NONBLOCK)
            self._child = subprocess.Popen(
                [
                    *(sys.executable, "-P", "-m", "drivers.camera.capture"),
                    *(str(self._address), str(descriptor), str(notices_in)),
                ],
                stdin=orders_out,
                stdout=subprocess.DEVNULL,  # what libraries have to say names the camera and helps nobody
                stderr=subprocess.DEVNULL,
                pass_fds=(descriptor, notices_in),
                env=os.environ | _SURROUNDINGS,
            )
        finally:
            for ours in (descriptor, notices_in, orders_out):
                if ours >= 0:
                    os.close(ours)
