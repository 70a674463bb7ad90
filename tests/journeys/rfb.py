"""The least of a client for a remote frame buffer: looks at the picture, and moves the pointer (RFC 6143)."""

from __future__ import annotations

import socket
import struct
import threading
from types import TracebackType
from typing import Self

_VERSION = b"RFB 003.003\n"
_NO_AUTHENTICATION = 1
_RAW = 0
_UPDATE = 0
_PIXEL_BYTES = 4
_FORMAT = struct.pack(">BBBBHHHBBB3x", 32, 24, 0, 1, 255, 255, 255, 16, 8, 0)
"""Section 7.4: 32 bits, of which 24 count, lowest byte first, true colour."""
_LEFT_BUTTON = 1
_A_TOUCH_LASTS_S = 0.06


class RemoteFrameBuffer:
    """A connection to a server here. Not thread-safe. ``picture`` is the newest, 4 bytes a pixel."""

    def __init__(self, port: int, timeout_s: float = 20.0) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout_s)
        self._reader = self._socket.makefile("rb")
        if self._read(12)[:4] != b"RFB ":
            raise ValueError("this is no remote frame buffer")
        self._socket.sendall(_VERSION)
        (security,) = struct.unpack(">I", self._read(4))
        if security != _NO_AUTHENTICATION:
            raise ValueError("the server asks who we are")
        self._socket.sendall(b"\x01")  # others may look on
        self.width, self.height = struct.unpack(">HH16x", self._read(20))
        (length,) = struct.unpack(">I", self._read(4))
        self.name = self._read(length).decode()
        self._socket.sendall(struct.pack(">B3x", 0) + _FORMAT)
        self._socket.sendall(struct.pack(">BxHi", 2, 1, _RAW))
        self.picture = bytearray(self.width * self.height * _PIXEL_BYTES)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reader.close()
        self._socket.close()

    def look(self) -> int:
        """Asks for the whole picture and waits for it; how many pixels came."""
        self._socket.sendall(struct.pack(">BBHHHH", 3, 0, 0, 0, self.width, self.height))
        kind, rectangles = struct.unpack(">BxH", self._read(4))
        if kind != _UPDATE:
            raise ValueError(f"message {kind} was not asked for")
        return sum(self._rectangle() for _ in range(rectangles))

    def tap(self, x: int, y: int) -> None:
        """Puts the finger there, and takes it away."""
        self._point(x, y, _LEFT_BUTTON)
        threading.Event().wait(_A_TOUCH_LASTS_S)
        self._point(x, y, 0)

    def _point(self, x: int, y: int, buttons: int) -> None:
        self._socket.sendall(struct.pack(">BBHH", 5, buttons, x, y))

    def _rectangle(self) -> int:
        x, y, width, height, encoding = struct.unpack(">HHHHi", self._read(12))
        if encoding != _RAW:
            raise ValueError(f"encoding {encoding} was not asked for")
        line = width * _PIXEL_BYTES
        for row in range(y, y + height):
            at = (row * self.width + x) * _PIXEL_BYTES
            self.picture[at : at + line] = self._read(line)
        return int(width * height)

    def _read(self, size: int) -> bytes:
        content = self._reader.read(size)
        if len(content) != size:
            raise EOFError("the server hung up")
        return content
