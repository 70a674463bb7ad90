from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from drivers.transports.address import TcpAddress
from drivers.transports.choice import transport_for
from drivers.transports.tcp_socket import TcpSocket
from drivers.transports.transport import DeviceLostError
from foundation.clock import SystemClock

CLOCK = SystemClock()


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


@pytest.fixture
def connection(listener: socket.socket) -> Iterator[TcpSocket]:
    connection = TcpSocket(TcpAddress("127.0.0.1", listener.getsockname()[1]), CLOCK)
    yield connection
    connection.close()


def soon(seconds: float = 5.0) -> float:
    return CLOCK.monotonic_s() + seconds


def test_bytes_go_both_ways(listener: socket.socket, connection: TcpSocket) -> None:
    connection.open()
    peer, _ = listener.accept()
    with peer:
        connection.write_all(b"\x10\x04\x01", soon())
        assert peer.recv(16) == b"\x10\x04\x01"
        peer.sendall(b"\x12")
        assert connection.read_some(soon()) == b"\x12"
        assert connection.read_some(soon(0.02)) == b""


def test_draining_takes_all_that_has_arrived(listener: socket.socket, connection: TcpSocket) -> None:
    connection.open()
    peer, _ = listener.accept()
    with peer:
        peer.sendall(bytes(10_000))
        drained = len(connection.read_some(soon()))
        while drained < 10_000:  # the rest of it may still be on its way through the kernel
            drained += connection.drain_input()
        assert drained == 10_000
        assert connection.drain_input() == 0


def test_a_peer_that_reads_nothing_is_a_loss_at_the_deadline(
    listener: socket.socket, connection: TcpSocket
) -> None:
    connection.open()
    peer, _ = listener.accept()
    with peer, pytest.raises(DeviceLostError, match="took no bytes in time"):
        connection.write_all(bytes(64 << 20), soon(0.2))


def test_a_peer_that_goes_away_is_a_loss(listener: socket.socket, connection: TcpSocket) -> None:
    connection.open()
    listener.accept()[0].close()
    with pytest.raises(DeviceLostError, match="closed the connection"):
        connection.read_some(soon())


def test_nobody_listening_is_a_loss(listener: socket.socket, connection: TcpSocket) -> None:
    listener.close()
    with pytest.raises(DeviceLostError, match="ECONNREFUSED"):
        connection.open()
    with pytest.raises(DeviceLostError, match="is not connected"):
        connection.write_all(b"x", soon())


def test_the_address_chooses_the_transport() -> None:
    assert isinstance(transport_for(TcpAddress("127.0.0.1", 1), CLOCK), TcpSocket)
