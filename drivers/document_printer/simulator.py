"""An A4 printer that speaks IPP on a real TCP socket, with sheets that can be taken and faults that have
names.

How such printers fail, and what is simulated of it: paper, toner, covers, jams and a full tray, before a
document and in the middle of one; power that fails; a network that is silent, slow, cut or somebody else's;
documents that are refused, jobs that are not cancelled, and a memory that keeps no job that has ended.
"""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import TracebackType
from typing import Self

import h11

from drivers.document_printer import protocol
from drivers.document_printer.simulator_machine import DocumentPrinterFault, Machine, PrintedDocument
from foundation.clock import SystemClock

__all__ = ["DocumentPrinterFault", "DocumentPrinterSimulator", "PrintedDocument"]

_CHUNK_BYTES = 64 * 1024
_DRIP_S = 0.05
_F = DocumentPrinterFault


class DocumentPrinterSimulator:
    """A printer on 127.0.0.1. Its methods may be called from any thread; a ``with`` statement starts and
    stops it.

    With ``device_uri`` it passes for a queue that claims to hand its jobs on to there, and prints them
    itself.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        seconds_per_sheet: float | None = None,
        late_by_s: float = 1.0,
        device_uri: str = "",
    ) -> None:
        self._clock = SystemClock()
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._machine = Machine(seconds_per_sheet, device_uri)
        self._late_by_s = late_by_s
        self._listener: socket.socket | None = _listen(port)
        self._port: int = self._listener.getsockname()[1]
        self._connections: dict[threading.Thread, socket.socket] = {}
        self._wake_in, self._wake_out = socket.socketpair()
        self._thread = threading.Thread(target=self._serve, name="document_printer_simulator", daemon=True)

    @property
    def address(self) -> str:
        """Where the driver finds it, also after it was switched off: ``ipp://127.0.0.1:port/ipp/print``."""
        return f"ipp://127.0.0.1:{self._port}/ipp/print"

    @property
    def documents(self) -> list[PrintedDocument]:
        """Every document that came out whole so far."""
        with self._changed:
            return list(self._machine.documents)

    @property
    def unfinished(self) -> list[str]:
        """The names of the jobs that it still holds and would print."""
        with self._changed:
            return self._machine.unfinished()

    @property
    def tray_sheets(self) -> int:
        """How many sheets lie in the output tray."""
        with self._changed:
            return self._machine.tray_sheets

    @property
    def mistakes(self) -> list[str]:
        """What was asked against the rules of IPP; empty while the driver is right."""
        with self._changed:
            return list(self._machine.mistakes)

    def take_sheets(self) -> None:
        """Takes everything out of the output tray."""
        with self._changed:
            self._machine.tray_sheets = 0

    def set_fault(self, fault: DocumentPrinterFault) -> None:
        """Makes something wrong."""
        with self._changed:
            self._machine.set_fault(fault)
        self._wake()

    def clear_fault(self, fault: DocumentPrinterFault) -> None:
        """Mends it."""
        with self._changed:
            self._machine.clear_fault(fault)
        self._wake()

    def wait_for(self, condition: Callable[[], bool], timeout_s: float) -> bool:
        """Waits until ``condition`` holds, which is looked at whenever the printer has done something."""
        with self._changed:
            return self._changed.wait_for(condition, timeout_s)

    def start(self) -> None:
        """Starts to serve."""
        self._thread.start()

    def stop(self) -> None:
        """Ends at once."""
        self._stopping.set()
        self._wake()
        if self._thread.ident is not None:
            self._thread.join()
        self._switch_off()
        self._wake_in.close()
        self._wake_out.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()
        with suppress(OSError):  # it has been stopped
            self._wake_out.send(b".")

    def _serve(self) -> None:
        while not self._stopping.is_set():
            with self._changed:
                due_s = self._machine.work(self._clock.monotonic_s())
                power_failed, self._machine.power_failed = self._machine.power_failed, False
                off = self._machine.has(_F.REFUSES_CONNECTIONS)
                self._changed.notify_all()
            if power_failed or off:
                self._switch_off()
            if not off and self._listener is None:
                self._listener = _listen(self._port)
            self._wait_until(due_s)

    def _wait_until(self, due_s: float | None) -> None:
        listener = self._listener
        timeout_s = None if due_s is None else max(0.0, due_s - self._clock.monotonic_s())
        watched = [self._wake_in] if listener is None else [self._wake_in, listener]
        ready, _, _ = select.select(watched, [], [], timeout_s)
        if self._wake_in in ready:
            self._wake_in.recv(4096)
        if listener is not None and listener in ready:
            with suppress(OSError):  # who called has hung up
                self._converse_with(listener.accept()[0])

    def _converse_with(self, connection: socket.socket) -> None:
        thread = threading.Thread(
            target=self._converse, args=(connection,), name="document_printer_simulator", daemon=True
        )
        with self._changed:
            self._connections[thread] = connection
        thread.start()

    def _switch_off(self) -> None:
        """Hangs up on everybody and listens no more."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        with self._changed:
            standing = dict(self._connections)
            self._changed.notify_all()
        for connection in standing.values():
            with suppress(OSError):  # it is closed already
                connection.shutdown(socket.SHUT_RDWR)
        for thread in standing:
            thread.join()

    def _converse(self, connection: socket.socket) -> None:
        """One request and its answer, in a thread of its own."""
        try:
            with connection, suppress(OSError, h11.RemoteProtocolError):
                body = _request_body(connection)
                if body is not None:
                    for part in self._answer(body):
                        connection.sendall(part)
        finally:
            with self._changed:
                self._connections.pop(threading.current_thread(), None)
            self._wake()

    def _answer(self, body: bytes) -> Iterator[bytes]:
        """The bytes that go back, in the pieces in which they go."""
        request = protocol.decode(body)
        with self._changed:
            self._changed.wait_for(lambda: self._is_over(_F.STALL))
            answer = self._machine.answer(request) if request is not None else None
            faults = {fault for fault in _F if self._machine.has(fault)}
        self._wake()
        content = protocol.encode(answer) if answer is not None else b""
        if _F.ANSWERS_LATE in faults:
            self._stopping.wait(self._late_by_s)
        if _F.NOISE in faults:
            yield b"SSH-2.0-OpenSSH_9.2p1\r\n\r\n"
        elif _F.WEB_PAGE in faults:
            yield _http(200, b"<html>Please sign in</html>")
        elif _F.HTTP_ERROR in faults or answer is None:
            yield _http(503, b"")
        elif _F.HALF_ANSWER in faults:
            yield _http(200, content)[: -len(content) // 2]
        elif _F.DRIPS in faults:
            yield from self._drops(_http(200, content))
        else:
            yield _http(200, content)

    def _is_over(self, fault: DocumentPrinterFault) -> bool:
        off = self._stopping.is_set() or self._machine.has(_F.REFUSES_CONNECTIONS)
        return off or not self._machine.has(fault)

    def _drops(self, answer: bytes) -> Iterator[bytes]:
        """A byte at a time, and the last one never while the fault lasts."""
        for byte in answer[:-1]:
            yield bytes([byte])
            if self._stopping.wait(_DRIP_S):
                return
        with self._changed:
            self._changed.wait_for(lambda: self._is_over(_F.DRIPS))
        yield answer[-1:]


def _request_body(connection: socket.socket) -> bytes | None:
    """What was posted; None when whoever called hung up before its end."""
    http = h11.Connection(h11.SERVER)
    body = bytearray()
    while True:
        event = http.next_event()
        if event is h11.NEED_DATA:
            data = connection.recv(_CHUNK_BYTES)
            if not data:
                return None
            http.receive_data(data)
        elif isinstance(event, h11.Data):
            body += event.data
        elif isinstance(event, h11.EndOfMessage):
            return bytes(body)


def _http(status: int, content: bytes) -> bytes:
    head = f"HTTP/1.1 {status} Simulated\r\nContent-Type: {protocol.CONTENT_TYPE}\r\n"
    return f"{head}Content-Length: {len(content)}\r\nConnection: close\r\n\r\n".encode() + content


def _listen(port: int) -> socket.socket:
    return socket.create_server(("127.0.0.1", port), backlog=8)
