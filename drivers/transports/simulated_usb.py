"""A USB plug for a simulator: its line, carried over bulk endpoints, on a bus that speaks USB/IP.

The simulators of this project have a pseudo-terminal or a socket. This is the part of a real device that
stands between such a line and the bus: descriptors, endpoints, and transfers that wait until there is
something to move. What comes from the line may be dealt to several endpoints, as some devices do.
"""

from __future__ import annotations

import errno
import os
import select
import socket
import struct
import threading
import tty
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from drivers.transports import usbip
from drivers.transports.address import SerialAddress, TcpAddress
from drivers.transports.usbip import Returned, Submit, Unlink, Unlinked

_CHUNK_BYTES = 4096
_PACKET_BYTES = 64
_IN = 0x80
_BULK = 2
_GET_DESCRIPTOR = 6
_CHINESE = 0x0804
_VENDOR_CLASS, PRINTER_CLASS = 0xFF, 0x07


@dataclass(frozen=True, slots=True, kw_only=True)
class UsbShape:
    """What the device says of itself. ``endpoints`` are addresses, those into the host with bit 7 set."""

    vendor_id: int
    product_id: int
    serial_number: str
    endpoints: tuple[int, ...]
    interface_class: int = _VENDOR_CLASS
    deal: Callable[[bytearray], tuple[int, bytes] | None] | None = None
    """Takes what came from the line and says which endpoint gets what next; None deals all to the first."""

    def device_descriptor(self) -> bytes:
        """USB 2.0, 9.6.1."""
        return struct.pack(
            "<BBHBBBBHHHBBBB", 18, 1, 0x0200, 0, 0, 0, 64, self.vendor_id, self.product_id, 0x0100, 1, 2, 3, 1
        )

    def configuration_descriptor(self) -> bytes:
        """USB 2.0, 9.6.3, 9.6.5 and 9.6.6."""
        endpoints = b"".join(
            struct.pack("<BBBBHB", 7, 5, address, _BULK, _PACKET_BYTES, 0) for address in self.endpoints
        )
        count = len(self.endpoints)
        interface = struct.pack("<BBBBBBBBB", 9, 4, 0, 0, count, self.interface_class, 0, 0, 0)
        head = struct.pack("<BBHBBBBB", 9, 2, 9 + len(interface) + len(endpoints), 1, 1, 0, 0x80, 50)
        return head + interface + endpoints

    def string_descriptor(self, index: int) -> bytes:
        """USB 2.0, 9.6.7."""
        if index == 0:
            return struct.pack("<BBH", 4, 3, _CHINESE)
        text = ("店小二", "Simulated device", self.serial_number)[index - 1].encode("utf-16-le")
        return bytes((len(text) + 2, 3)) + text


@dataclass(slots=True)
class _Host:
    """Who has the device: the connection, what waits for it, and what it waits for."""

    line: socket.socket
    device: int = -1
    """The simulator's line; opened when the first byte is to be moved."""
    arrived: bytearray = field(default_factory=bytearray)
    dealt: dict[int, bytearray] = field(default_factory=dict)
    wanted: dict[int, list[Submit]] = field(default_factory=dict)


class SimulatedUsbPlug:
    """The plug, and the bus that it is in, on 127.0.0.1. A ``with`` statement starts and stops it."""

    def __init__(
        self, shape: UsbShape, behind: Callable[[], SerialAddress | TcpAddress], port: int = 0
    ) -> None:
        self._shape = shape
        self._behind = behind
        self._listener = socket.create_server(("127.0.0.1", port))
        self._wake_in, self._wake_out = socket.socketpair()
        self._stopping = False
        self._plugged_in = True
        self._stalled = False
        self._changed = threading.Condition()
        self._carried_out = 0
        self._ordered = 0
        self._host: _Host | None = None
        self._thread = threading.Thread(target=self._serve, name="simulated USB", daemon=True)

    @property
    def address(self) -> str:
        """Where a driver finds it."""
        port = self._listener.getsockname()[1]
        return (
            f"usb:///{self._shape.vendor_id:04x}:{self._shape.product_id:04x}"
            f"?serial={self._shape.serial_number}&bus=127.0.0.1:{port}"
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping = True
        self._wake_out.send(b"!")
        self._thread.join()
        self._listener.close()
        self._wake_in.close()
        self._wake_out.close()

    def unplug(self) -> None:
        """Pulls the plug: whoever has the device loses it, and the bus does not list it any more."""
        self._order(plugged_in=False)

    def plug_in(self) -> None:
        """Puts it back."""
        self._order(plugged_in=True)

    def stall(self) -> None:
        """From now on every transfer is refused, as by a device whose firmware has stopped."""
        self._order(stalled=True)

    def go_on(self) -> None:
        """Transfers are taken again."""
        self._order(stalled=False)

    def _order(self, *, plugged_in: bool | None = None, stalled: bool | None = None) -> None:
        with self._changed:
            self._plugged_in = self._plugged_in if plugged_in is None else plugged_in
            self._stalled = self._stalled if stalled is None else stalled
            self._ordered += 1
            number = self._ordered
            self._wake_out.send(b"!")
            self._changed.wait_for(lambda: self._carried_out >= number or not self._thread.is_alive(), 5.0)

    def _serve(self) -> None:
        while not self._stopping:
            host = self._host
            watched: list[socket.socket | int] = [self._listener, self._wake_in]
            if host is not None:
                watched += [host.line] if host.device < 0 else [host.line, host.device]
            ready, _, _ = select.select(watched, [], [])
            if self._wake_in in ready:
                self._carry_out()
            if host is not None and host is self._host:
                self._work(host, ready)  # first: who comes next may be who has just gone
            if self._listener in ready:
                self._answer_newcomer()
        self._let_go()

    def _work(self, host: _Host, ready: list[socket.socket | int]) -> None:
        try:
            if host.line in ready:
                self._listen_to(host)
            if host.device in ready:
                host.arrived += os.read(host.device, _CHUNK_BYTES)
                self._deal(host)
        except (OSError, EOFError):
            self._let_go()

    def _carry_out(self) -> None:
        self._wake_in.recv(_CHUNK_BYTES)
        with self._changed:
            if not self._plugged_in:
                self._let_go()
            self._carried_out = self._ordered
            self._changed.notify_all()

    def _let_go(self) -> None:
        host, self._host = self._host, None
        if host is not None:
            host.line.close()
            if host.device >= 0:
                os.close(host.device)

    def _answer_newcomer(self) -> None:
        line, _ = self._listener.accept()
        line.settimeout(5.0)
        try:
            code, _ = usbip.read_operation(_exactly(line, usbip.OPERATION_BYTES))
            if code is usbip.Operation.LIST:
                line.sendall(usbip.listing([self._device()] if self._plugged_in else []))
            elif code is usbip.Operation.IMPORT and self._may_have(line):
                line.sendall(usbip.operation(usbip.Operation.IMPORTED) + usbip.device_record(self._device()))
                self._host = _Host(line)
                return
        except (OSError, EOFError):
            pass  # somebody who does not speak the protocol, or has gone
        line.close()

    def _may_have(self, line: socket.socket) -> bool:
        wanted = usbip.read_bus_id(_exactly(line, usbip.BUS_ID_BYTES))
        may = self._plugged_in and self._host is None and wanted == self._device().bus_id
        if not may:
            line.sendall(usbip.operation(usbip.Operation.IMPORTED, status=1))
        return may

    def _device(self) -> usbip.Device:
        return usbip.Device("1-1", self._shape.vendor_id, self._shape.product_id)

    def _listen_to(self, host: _Host) -> None:
        message = usbip.decode(_exactly(host.line, usbip.MESSAGE_BYTES))
        if isinstance(message, Unlink):
            self._unlink(host, message)
        elif isinstance(message, Submit):
            given = b"" if message.into_host else _exactly(host.line, message.length)
            self._take(host, message, given)

    def _take(self, host: _Host, submit: Submit, given: bytes) -> None:
        if submit.endpoint == 0:
            self._control(host, submit)
            return
        if host.device < 0:
            host.device = _opened(self._behind())
        if self._stalled:
            host.line.sendall(usbip.encode(Returned(submit.sequence, -errno.EPIPE, 0)))
        elif submit.into_host:
            host.wanted.setdefault(submit.endpoint, []).append(submit)
            self._hand_over(host)
        else:
            _write_all(host.device, given)
            host.line.sendall(usbip.encode(Returned(submit.sequence, 0, len(given))))

    def _control(self, host: _Host, submit: Submit) -> None:
        _, request, value, _, length = struct.unpack("<BBHHH", submit.setup)
        content = b""
        if submit.into_host and request == _GET_DESCRIPTOR:
            content = self._descriptor(value >> 8, value & 0xFF)[:length]
        host.line.sendall(usbip.encode(Returned(submit.sequence, 0, len(content))) + content)

    def _descriptor(self, kind: int, index: int) -> bytes:
        if kind == 1:
            return self._shape.device_descriptor()
        if kind == 2:
            return self._shape.configuration_descriptor()
        return self._shape.string_descriptor(index) if kind == 3 and index <= 3 else b""

    def _unlink(self, host: _Host, unlink: Unlink) -> None:
        status = 0
        for waiting in host.wanted.values():
            for submit in [each for each in waiting if each.sequence == unlink.unwanted]:
                waiting.remove(submit)
                status = -errno.ECONNRESET
        host.line.sendall(usbip.encode(Unlinked(unlink.sequence, status)))

    def _deal(self, host: _Host) -> None:
        first = next(address & 0x0F for address in self._shape.endpoints if address & _IN)
        while host.arrived:
            if self._shape.deal is None:
                endpoint, piece = first, bytes(host.arrived)
                host.arrived.clear()
            else:
                dealt = self._shape.deal(host.arrived)
                if dealt is None:
                    break
                endpoint, piece = dealt
            host.dealt.setdefault(endpoint & 0x0F, bytearray()).extend(piece)
        self._hand_over(host)

    def _hand_over(self, host: _Host) -> None:
        for endpoint, waiting in host.wanted.items():
            content = host.dealt.get(endpoint)
            while waiting and content:
                submit = waiting.pop(0)
                piece = bytes(content[: submit.length])
                del content[: submit.length]
                host.line.sendall(usbip.encode(Returned(submit.sequence, 0, len(piece))) + piece)


def _opened(address: SerialAddress | TcpAddress) -> int:
    """A file descriptor of the simulator's line. Raises ``OSError`` when nobody is there."""
    if isinstance(address, TcpAddress):
        return socket.create_connection((address.host, address.port), 5.0).detach()
    line = os.open(address.path, os.O_RDWR | os.O_NOCTTY)
    with suppress(OSError):
        tty.setraw(line)
    return line


def _write_all(line: int, data: bytes) -> None:
    while data:
        data = data[os.write(line, data) :]


def _exactly(line: socket.socket, count: int) -> bytes:
    content = b""
    while len(content) < count:
        piece = line.recv(count - len(content))
        if not piece:
            raise EOFError
        content += piece
    return content
