"""Something answers at the printer's address, and it is no printer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from drivers.receipt_printer.device import PaperState, PrintResult
from drivers.receipt_printer.printer import Patience, ReceiptPrinter
from drivers.transports.address import TcpAddress
from drivers.vocabulary import DeviceState, DeviceStatus, StatusChanged
from foundation.clock import SystemClock
from foundation.errors import Errors
from tests.drivers.listening import PATIENCE_S, AudibleCounters, Ears
from tests.drivers.receipt_printer.samples import chinese_slip

WEB_SERVER = b"HTTP/1.1 400 Bad Request\r\n\r\n"


@contextmanager
def somebody_else(answer: bytes | None) -> Iterator[int]:
    """A server that answers everything with ``answer``, or with what it was sent when that is None."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                try:
                    while data := connection.recv(4096):
                        connection.sendall(data if answer is None else answer)
                except OSError:
                    continue  # the driver has had enough

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


@pytest.mark.parametrize(
    "answer", [None, WEB_SERVER, b"\x00", b"\xff" * 4000], ids=["echo", "web", "nul", "ff"]
)
def test_it_is_offline_and_gets_no_slip(answer: bytes | None) -> None:
    ears, counters = Ears(), AudibleCounters()
    with somebody_else(answer) as port:
        printer = ReceiptPrinter(
            TcpAddress("127.0.0.1", port), SystemClock(), counters, ears, patience=Patience(answer_s=0.1)
        )
        printer.start()
        status = ears.next_state(DeviceState.OFFLINE)
        result = printer.print_slip(chinese_slip()).result(PATIENCE_S)
        assert printer.stop()

    assert status.error is Errors.PRINTER_LOST
    assert printer.status().paper is PaperState.UNKNOWN
    assert result == PrintResult.not_done(Errors.PRINTER_LOST)
    assert DeviceState.ONLINE not in [change.state for change in told(ears)]


def told(ears: Ears) -> list[DeviceStatus]:
    return [change.status for change in ears.all(StatusChanged)]
