"""A TCP connection to a device in the network, behind the same few verbs as a serial port."""

from __future__ import annotations

import select
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from drivers.transports.address import TcpAddress
from drivers.transports.transport import DeviceLostError, drain, reason
from foundation.clock import Clock

_CHUNK_BYTES = 4096
_CONNECT_TIMEOUT_S = 3.0


class TcpSocket:
    """A :class:`Transport` over a TCP connection. The end of the stream is a loss, like any other.

    Connecting takes 3 s at the most for a numeric address; a name may take as long as its resolver.
    """

    def __init__(self, address: TcpAddress, clock: Clock) -> None:
        self._address = address
        self._clock = clock
        self._socket: socket.socket | None = None

    def open(self) -> None:
        self.close()
        with self._loss_is_one_error("connect"):
            connection = socket.create_connection(
                (self._address.host, self._address.port), timeout=_CONNECT_TIMEOUT_S
            )
            connection.setblocking(False)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._socket = connection

    def close(self) -> None:
        connection, self._socket = self._socket, None
        if connection is not None:
            connection.close()

    def read_some(self, deadline_s: float) -> bytes:
        connection = self._open_socket()
        with self._loss_is_one_error("read"):
            ready, _, _ = select.select([connection], [], [], self._remaining_s(deadline_s))
            if not ready:
                return b""
            data = connection.recv(_CHUNK_BYTES)
        if not data:
            raise DeviceLostError(f"{self._address} closed the connection")
        return data

    def write_all(self, data: bytes, deadline_s: float) -> None:
        connection = self._open_socket()
        rest = memoryview(data)
        while rest:
            with self._loss_is_one_error("write"):
                _, ready, _ = select.select([], [connection], [], self._remaining_s(deadline_s))
                if not ready:
                    raise DeviceLostError(f"{self._address} took no bytes in time")
                rest = rest[connection.send(rest) :]

    def drain_input(self) -> int:
        return drain(self.read_some)

    def _open_socket(self) -> socket.socket:
        if self._socket is None:
            raise DeviceLostError(f"{self._address} is not connected")
        return self._socket

    def _remaining_s(self, deadline_s: float) -> float:
        return max(0.0, deadline_s - self._clock.monotonic_s())

    @contextmanager
    def _loss_is_one_error(self, action: str) -> Iterator[None]:
        try:
            yield
        except OSError as loss:
            raise DeviceLostError(f"{self._address}: {action} failed ({reason(loss)})") from None
