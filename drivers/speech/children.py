"""Child processes for what may hang: a deadline, an end at any moment, nothing of what they say on a disk.

What a child is given travels in an anonymous file in memory (memfd_create(2)), never in its arguments, which
every other process of the machine can read.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import Enum

from foundation.clock import Clock

_READ_BYTES = 65_536
_DIES_WITHIN_S = 2.0


class HowEnded(Enum):
    """How a child's life ended."""

    EXITED = "exited"
    MISSING = "missing"
    """It was never born: there is no such program, or it may not be run."""
    INTERRUPTED = "interrupted"
    OUT_OF_TIME = "out_of_time"
    TOO_MUCH = "too_much"
    """It never stopped talking."""


@dataclass(frozen=True, slots=True, repr=False)
class ChildEnd:
    """How a child ended; ``code`` (negative: the signal) and ``output`` count for one that exited."""

    how: HowEnded
    code: int = 0
    output: bytes = b""


class Interrupt:
    """A flag that a wait for a child sees at once. Thread-safe; after ``close`` setting it does nothing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._descriptor: int | None = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)

    def set(self) -> None:
        with self._lock:
            if self._descriptor is not None:
                os.eventfd_write(self._descriptor, 1)

    def clear(self) -> None:
        with self._lock:
            if self._descriptor is not None and _is_readable(self._descriptor):
                os.eventfd_read(self._descriptor)

    def is_set(self) -> bool:
        with self._lock:
            return self._descriptor is not None and _is_readable(self._descriptor)

    def close(self) -> None:
        with self._lock:
            if self._descriptor is not None:
                os.close(self._descriptor)
                self._descriptor = None

    def fileno(self) -> int:
        """The descriptor that becomes readable. Raises ``ValueError`` after ``close``."""
        if self._descriptor is None:
            raise ValueError("the interrupt is closed")
        return self._descriptor


def _is_readable(descriptor: int) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))


@contextmanager
def in_memory(data: bytes) -> Iterator[int]:
    """An anonymous file in memory with ``data`` in it, read from its beginning; yields its descriptor."""
    descriptor = os.memfd_create("sound", os.MFD_CLOEXEC)
    try:
        with os.fdopen(os.dup(descriptor), "wb") as file:
            file.write(data)
        os.lseek(descriptor, 0, os.SEEK_SET)
        yield descriptor
    finally:
        os.close(descriptor)


def run_child(
    command: Sequence[str],
    given: int,
    interrupt: Interrupt,
    clock: Clock,
    deadline_s: float,
    *,
    most_bytes: int = 0,
) -> ChildEnd:
    """Runs a program until it ends, is interrupted, is late, or has said more than ``most_bytes``.

    ``given`` is a descriptor that it finds as its standard input and under ``/dev/fd/`` with the same number.
    It runs in a process group of its own, of which nothing is left when this returns.
    """
    if interrupt.is_set():
        return ChildEnd(HowEnded.INTERRUPTED)
    try:
        process = subprocess.Popen(
            command,
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=(given,),
            start_new_session=True,
        )
    except OSError:
        return ChildEnd(HowEnded.MISSING)
    with ExitStack() as stack:
        stack.callback(_end, process)
        ended = os.pidfd_open(process.pid)
        stack.callback(os.close, ended)
        how, output = _watch(process, ended, interrupt, clock, deadline_s, most_bytes)
    if how is HowEnded.EXITED:
        return ChildEnd(how, process.returncode, output)
    return ChildEnd(how)


def _watch(
    process: subprocess.Popen[bytes],
    ended: int,
    interrupt: Interrupt,
    clock: Clock,
    deadline_s: float,
    most_bytes: int,
) -> tuple[HowEnded, bytes]:
    assert process.stdout is not None  # noqa: S101 -- it was asked for
    pipe = process.stdout.fileno()
    said = bytearray()
    poll = select.poll()
    for descriptor in (interrupt.fileno(), ended, pipe):
        poll.register(descriptor, select.POLLIN)
    while True:
        remaining_s = deadline_s - clock.monotonic_s()
        ready = {descriptor for descriptor, _ in poll.poll(max(0.0, remaining_s) * 1000)}
        if interrupt.fileno() in ready:
            return HowEnded.INTERRUPTED, b""
        if remaining_s <= 0:
            return HowEnded.OUT_OF_TIME, b""
        if pipe in ready:
            data = os.read(pipe, _READ_BYTES)
            if not data:
                poll.unregister(pipe)
            said += data
            if len(said) > most_bytes:
                return HowEnded.TOO_MUCH, b""
        elif ended in ready:
            return HowEnded.EXITED, bytes(said)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the child's whole group, also what it left behind, and takes note of its end."""
    if process.returncode is None:  # not waited for yet, so the number is still its own
        with _nobody_there():
            os.killpg(process.pid, signal.SIGKILL)
        with _nobody_there():
            process.wait(_DIES_WITHIN_S)
    if process.stdout is not None:
        process.stdout.close()


@contextmanager
def _nobody_there() -> Iterator[None]:
    """A group that has gone by itself, or that even SIGKILL does not end (a driver holds it), is let be."""
    try:
        yield
    except (ProcessLookupError, PermissionError, subprocess.TimeoutExpired):
        return
