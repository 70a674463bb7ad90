"""The security module's frames over its two pairs of USB pipes (STANDARDS of the makers, GA 467-2004 §5).

Preamble and length, seven bytes, travel on the first pair, the rest of the frame on the second; the reply's
length says how much that is. What arrives is handed on as one stream, as from a serial line.
"""

from __future__ import annotations

from drivers.transports.address import UsbAddress
from drivers.transports.usb_pipes import UsbPipes
from foundation.clock import Clock

PREAMBLE = bytes.fromhex("AAAAAA9669")
HEAD_BYTES = len(PREAMBLE) + 2
LONGEST_REST_BYTES = 4096


class ModulePipes(UsbPipes):
    """A :class:`Transport`: what is written is one whole frame."""

    def __init__(self, address: UsbAddress, clock: Clock) -> None:
        super().__init__(address, clock)
        self._head = b""
        self._rest_bytes = 0

    def open(self) -> None:
        self._head, self._rest_bytes = b"", 0
        super().open()

    def read_some(self, deadline_s: float) -> bytes:
        if self._rest_bytes:
            rest = self.read_pipe(1, deadline_s, self._rest_bytes)
            self._rest_bytes = self._rest_bytes - len(rest) if rest else 0
            return rest
        data = self.read_pipe(0, deadline_s)
        self._head = (self._head + data)[-HEAD_BYTES:]
        if len(self._head) == HEAD_BYTES and self._head.startswith(PREAMBLE):
            self._rest_bytes = min(LONGEST_REST_BYTES, int.from_bytes(self._head[-2:], "big"))
            self._head = b""
        return data

    def write_all(self, data: bytes, deadline_s: float) -> None:
        self._head, self._rest_bytes = b"", 0
        self.write_pipe(0, data[:HEAD_BYTES], deadline_s)
        self.write_pipe(1, data[HEAD_BYTES:], deadline_s)
