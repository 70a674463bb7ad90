"""What a driver may ask of the line to its device, and the one way in which a line fails."""

from __future__ import annotations

import errno
from collections.abc import Callable
from typing import Protocol

from drivers.vocabulary import DeviceState
from foundation.lifecycle import TemporaryFaultError

_DRAINED_AT_MOST_BYTES = 64 * 1024
_NOW_S = float("-inf")  # a deadline that has passed: what is there, and no waiting


class DeviceLostError(TemporaryFaultError):
    """The device is gone, or the line to it is. It is the only exception that a transport raises.

    ``state`` is what to report: ``no_device`` when there is nothing at the address, else ``offline``. The
    message is for the log and never contains what travelled on the line.
    """

    def __init__(self, message: str, state: DeviceState = DeviceState.OFFLINE) -> None:
        super().__init__(message)
        self.state = state


class Transport(Protocol):
    """A line to one device: used by one thread, the device's owner, for its whole life, closing included.

    A deadline is a moment on the monotonic clock that the transport was made with. Every method but ``close``
    raises :class:`DeviceLostError` when the line is gone; so does any use of a line that is not open.
    """

    def open(self) -> None:
        """Opens the line and throws away what arrived before. This does not prove that a device is there."""

    def close(self) -> None:
        """Closes the line; safe at any time, any number of times; never raises."""

    def read_some(self, deadline_s: float) -> bytes:
        """Whatever has arrived, as soon as something has: 1 to 4,096 bytes; none when the deadline passed."""

    def write_all(self, data: bytes, deadline_s: float) -> None:
        """Hands all of ``data`` to the line, or raises when the deadline passes. It proves nothing more."""

    def drain_input(self) -> int:
        """Throws away what has arrived and was not read; returns how many bytes that were.

        A device that never stops talking is not waited for: at most 64 KiB are thrown away.
        """


def drain(read_some: Callable[[float], bytes]) -> int:
    """``drain_input`` for every transport, by its ``read_some``."""
    drained = 0
    while drained < _DRAINED_AT_MOST_BYTES and (data := read_some(_NOW_S)):
        drained += len(data)
    return drained


def reason(loss: BaseException) -> str:
    """Why a system call failed, in one word for the log: ``EIO``, or the type when there is no number."""
    number = loss.args[0] if loss.args else None
    return (
        errno.errorcode.get(number, type(loss).__name__) if isinstance(number, int) else type(loss).__name__
    )
