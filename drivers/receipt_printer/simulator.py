"""A receipt printer on a real TCP socket, with paper that can be looked at and faults that have names.

It takes commands as printers do: real-time commands are obeyed when they arrive, wherever they stand; all
else waits in the receive buffer until the mechanism comes to it. So a printer without paper still answers,
keeps what it was sent, and prints it when paper is put in, unless it was told to forget it.
"""

from __future__ import annotations

import selectors
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

from drivers.receipt_printer.device import capabilities_for
from drivers.receipt_printer.simulator_machine import Machine, PrinterFault
from drivers.receipt_printer.simulator_paper import SlipPicture
from foundation.clock import SystemClock

__all__ = ["PrinterFault", "ReceiptPrinterSimulator", "SlipPicture"]


class ReceiptPrinterSimulator:
    """A printer for one connection at a time on 127.0.0.1. Its methods may be called from any thread.

    ``dots_per_s`` is the speed of the paper (a real one: 1,200); None prints at once. A ``with`` statement
    starts and stops it.
    """

    def __init__(
        self,
        paper_width_mm: int = 80,
        *,
        port: int = 0,
        dots_per_s: float | None = None,
        late_by_s: float = 1.0,
    ) -> None:
        self._clock = SystemClock()
        self._changed = threading.Condition()
        self._slips: list[SlipPicture] = []
        self._machine = Machine(
            capabilities_for(paper_width_mm), self._cut_off, dots_per_s=dots_per_s, late_by_s=late_by_s
        )
        self._listener: socket.socket | None = self._listen(port)
        self._port: int = self._listener.getsockname()[1]
        self._connection: socket.socket | None = None
        self._wake_in, self._wake_out = socket.socketpair()
        self._stopping = False
        self._thread = threading.Thread(target=self._serve, name="receipt_printer_simulator", daemon=True)

    @property
    def address(self) -> str:
        """Where the driver finds it: ``tcp://127.0.0.1:port``."""
        return f"tcp://127.0.0.1:{self._port}"

    @property
    def port(self) -> int:
        """The port on 127.0.0.1; it stays the same while the printer is switched off."""
        return self._port

    @property
    def slips(self) -> list[SlipPicture]:
        """Every slip that fell into the tray so far."""
        with self._changed:
            return list(self._slips)

    @property
    def unknown_commands(self) -> list[bytes]:
        """What was sent and is no command of the printer; empty while the driver is right."""
        with self._changed:
            return list(self._machine.unknown_commands)

    @property
    def buffered_bytes(self) -> int:
        """How much the printer still holds and would print."""
        with self._changed:
            return self._machine.buffered_bytes

    def uncut(self) -> SlipPicture | None:
        """What was printed and hangs from the printer uncut; None when nothing does."""
        with self._changed:
            return self._machine.uncut()

    def set_fault(self, fault: PrinterFault) -> None:
        """Makes something wrong."""
        with self._changed:
            self._machine.set_fault(fault)
        self._wake()

    def clear_fault(self, fault: PrinterFault) -> None:
        """Mends it."""
        with self._changed:
            self._machine.clear_fault(fault)
        self._wake()

    def receive_elsewhere(self, data: bytes) -> None:
        """Bytes of somebody else, by another lead of the printer."""
        with self._changed:
            self._machine.receive(data)
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
        self._stopping = True
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

    def _cut_off(self, slip: SlipPicture) -> None:
        self._slips.append(slip)

    def _wake(self) -> None:
        with suppress(OSError):  # it has been stopped
            self._wake_out.send(b".")

    def _serve(self) -> None:
        while not self._stopping:
            with self._changed:
                due_s = self._work()
                self._changed.notify_all()
            self._wait_until(due_s)

    def _work(self) -> float | None:
        """Lets the machine work and sends what it answers; when there will be something to do again."""
        now_s = self._clock.monotonic_s()
        printing_due_s = self._machine.run(now_s)
        self._follow_the_power()
        answers, answer_due_s = self._machine.take_answers(now_s)
        if answers and self._connection is not None:
            try:
                self._connection.sendall(answers)
            except OSError:
                self._drop_connection()
        dues = [due_s for due_s in (printing_due_s, answer_due_s) if due_s is not None]
        return min(dues, default=None)

    def _follow_the_power(self) -> None:
        if self._machine.power_failed:
            self._machine.power_failed = False
            self._drop_connection()
        if self._machine.has(PrinterFault.REFUSES_CONNECTIONS):
            self._switch_off()
        elif self._listener is None:
            self._listener = self._listen(self._port)

    def _wait_until(self, due_s: float | None) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._wake_in, selectors.EVENT_READ, self._woken)
            if self._connection is not None:
                selector.register(self._connection, selectors.EVENT_READ, self._receive)
            elif self._listener is not None:
                selector.register(self._listener, selectors.EVENT_READ, self._accept)
            timeout_s = None if due_s is None else max(0.0, due_s - self._clock.monotonic_s())
            for key, _ in selector.select(timeout_s):
                key.data()

    def _woken(self) -> None:
        self._wake_in.recv(4096)

    def _accept(self) -> None:
        if self._listener is not None:
            self._connection, _ = self._listener.accept()

    def _receive(self) -> None:
        if self._connection is None:
            return
        try:
            data = self._connection.recv(4096)
        except OSError:
            data = b""
        if data:
            with self._changed:
                self._machine.receive(data)
        else:
            self._drop_connection()

    def _drop_connection(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _switch_off(self) -> None:
        self._drop_connection()
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    @staticmethod
    def _listen(port: int) -> socket.socket:
        return socket.create_server(("127.0.0.1", port), backlog=4)
