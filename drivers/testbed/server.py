"""Orders on a unix socket in the testbed's folder: a line in, a line out."""

from __future__ import annotations

import socketserver
import threading
from pathlib import Path

import msgspec

from drivers.testbed.hardware import SimulatedHardware
from drivers.testbed.orders import Answer, Order

SOCKET_NAME = "control.sock"
_LONGEST_LINE_BYTES = 64 * 1024
_IDLE_TIMEOUT_S = 30.0
_POLL_INTERVAL_S = 0.1  # how promptly it ends


class ControlServer(socketserver.ThreadingUnixStreamServer):
    """Hands every order to the hardware; only the user who started it may connect.

    Raises ``OSError`` when the path of the socket is too long (107 bytes) or cannot be written.
    """

    daemon_threads = True

    def __init__(self, folder: Path, hardware: SimulatedHardware) -> None:
        self.hardware = hardware
        path = folder / SOCKET_NAME
        path.unlink(missing_ok=True)
        super().__init__(str(path), _Conversation)
        path.chmod(0o600)
        self._thread = threading.Thread(
            target=self.serve_forever, args=(_POLL_INTERVAL_S,), name="testbed_control", daemon=True
        )

    def start(self) -> None:
        """Starts to take orders."""
        self._thread.start()

    def stop(self) -> None:
        """Takes no more orders and removes the socket."""
        self.shutdown()
        self._thread.join()
        self.server_close()
        Path(str(self.server_address)).unlink(missing_ok=True)


class _Conversation(socketserver.StreamRequestHandler):
    """One connection; it may carry any number of orders."""

    server: ControlServer
    timeout = _IDLE_TIMEOUT_S

    def handle(self) -> None:
        decoder = msgspec.json.Decoder(Order)
        try:
            while line := self.rfile.readline(_LONGEST_LINE_BYTES):
                self.wfile.write(msgspec.json.encode(self._answer(decoder, line)) + b"\n")
        except OSError:
            return  # whoever asked is gone

    def _answer(self, decoder: msgspec.json.Decoder[Order], line: bytes) -> Answer:
        try:
            return self.server.hardware.obey(decoder.decode(line))
        except ValueError as mistake:
            return Answer(problem=str(mistake))
