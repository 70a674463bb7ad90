"""What can hang without a limit runs in a child process, and the child is a line like any other.

A driver talks with its child over a :class:`ChildLine`, which is a ``Transport``: opening it starts the
child, closing it ends the child whatever it is doing, and a child that has died is a device that is lost. So
an ``OwnedDevice`` over it backs off, starts it again, and reports, without knowing that there is a process.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
from collections import deque
from collections.abc import Sequence
from contextlib import suppress

from drivers.transports.transport import DeviceLostError, drain, reason
from drivers.vocabulary import DeviceState
from foundation.clock import Clock

DEATHS_THAT_DEGRADE = 3
DEATHS_WITHIN_S = 300.0
_CHUNK_BYTES = 4096
_REAPED_WITHIN_S = 2.0


class Deaths:
    """How often a child has died lately: three times in five minutes is a fault that restarting hides.

    For one thread.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._died_s: deque[float] = deque(maxlen=DEATHS_THAT_DEGRADE)

    def count(self) -> None:
        """One more child has died, or had to be killed."""
        self._died_s.append(self._clock.monotonic_s())

    @property
    def degraded(self) -> bool:
        """Whether it is no use to start another one now; five minutes after the first death it is again."""
        full = len(self._died_s) == self._died_s.maxlen
        return full and self._clock.monotonic_s() - self._died_s[0] < DEATHS_WITHIN_S


class ChildLine:
    """A ``Transport`` to a child process: what is written is its standard input, what is read its output.

    ``command`` is a program and its arguments, never a shell's line. What the child says on its standard
    error is thrown away, because nobody knows what is in it. A child that ended by itself, took nothing in
    time or was condemned counts as a death, one that is closed while it does its work does not. While it is
    degraded, opening raises ``DeviceLostError`` with ``hardware_error``.
    """

    def __init__(self, command: Sequence[str], clock: Clock) -> None:
        self._command = tuple(command)
        self._clock = clock
        self._deaths = Deaths(clock)
        self._child: subprocess.Popen[bytes] | None = None
        self._failed = False

    @property
    def degraded(self) -> bool:
        """Whether the child died three times within five minutes."""
        return self._deaths.degraded

    def open(self) -> None:
        self.close()
        if self._deaths.degraded:
            raise DeviceLostError(
                f"{self._name} died {DEATHS_THAT_DEGRADE} times in {DEATHS_WITHIN_S:.0f} s",
                DeviceState.HARDWARE_ERROR,
            )
        try:
            child = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # so that what it starts ends with it
            )
        except OSError as problem:
            raise DeviceLostError(
                f"{self._name} cannot be started ({reason(problem)})", DeviceState.NO_DEVICE
            ) from None
        self._child = child
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                os.set_blocking(stream.fileno(), False)

    def condemn(self) -> None:
        """Says that the child does not do what it should: its end will count as a death."""
        self._failed = True

    def close(self) -> None:
        """Kills the child, if there is one, whatever it is doing."""
        if self._child is not None and (self._failed or self._child.poll() is not None):
            self._deaths.count()
        self._failed = False
        child, self._child = self._child, None
        if child is None:
            return
        with suppress(ProcessLookupError):  # it may have been quicker
            os.killpg(child.pid, signal.SIGKILL)
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with suppress(OSError):  # a pipe to somebody who is dead
                    stream.close()
        try:
            child.wait(_REAPED_WITHIN_S)
        except subprocess.TimeoutExpired:
            return  # the kernel holds it in a call that does not end; it is dead to us

    def end_input(self) -> None:
        """Tells the child that nothing more will come."""
        child = self._running()
        if child.stdin is not None:
            try:
                child.stdin.close()
            except OSError:
                return  # it has gone, and the next read says so

    def read_some(self, deadline_s: float) -> bytes:
        child = self._running()
        if child.stdout is None:
            raise DeviceLostError(f"{self._name} says nothing")
        try:
            ready, _, _ = select.select([child.stdout], [], [], self._remaining_s(deadline_s))
            data = os.read(child.stdout.fileno(), _CHUNK_BYTES) if ready else b""
        except OSError as loss:
            raise DeviceLostError(f"{self._name}: read failed ({reason(loss)})") from None
        if ready and not data:
            self.condemn()  # it may still be about to end
            raise DeviceLostError(f"{self._name} has ended")
        return data

    def write_all(self, data: bytes, deadline_s: float) -> None:
        child = self._running()
        if child.stdin is None or child.stdin.closed:
            raise DeviceLostError(f"{self._name} takes no input any more")
        rest = memoryview(data)
        while rest:
            try:
                _, ready, _ = select.select([], [child.stdin], [], self._remaining_s(deadline_s))
                written = os.write(child.stdin.fileno(), rest) if ready else 0
            except BlockingIOError:
                continue  # less room in the pipe than it said; the deadline still holds
            except OSError as loss:
                self.condemn()
                raise DeviceLostError(f"{self._name}: write failed ({reason(loss)})") from None
            if not ready:
                self.condemn()
                raise DeviceLostError(f"{self._name} took no bytes in time")
            rest = rest[written:]

    def drain_input(self) -> int:
        return drain(self.read_some)

    @property
    def _name(self) -> str:
        return f"the child {os.path.basename(self._command[0])}"  # noqa: PTH119 -- a name, not a path

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None:
            raise DeviceLostError(f"{self._name} is not running")
        return self._child

    def _remaining_s(self, deadline_s: float) -> float:
        return max(0.0, deadline_s - self._clock.monotonic_s())
