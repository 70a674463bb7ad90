"""Talking to a part of the demo over its unix socket: one JSON object a line, each answered by one line."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any


class RefusedError(Exception):
    """The other end said that it could not do what it was asked."""


class Lines:
    """A connection; not thread-safe. Raises ``RefusedError`` with the other end's reason.

    Making one raises ``OSError`` when nobody listens.
    """

    def __init__(self, path: Path, timeout_s: float = 30.0) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(timeout_s)
        try:
            self._socket.connect(str(path))
        except OSError:
            self._socket.close()
            raise
        self._reader = self._socket.makefile("rb")

    def ask(self, **request: Any) -> dict[str, Any]:
        """Sends one request and returns the answer."""
        self._socket.sendall(json.dumps(request, ensure_ascii=False).encode("utf-8") + b"\n")
        line = self._reader.readline()
        if not line:
            raise RefusedError(f"no answer to {request.get('do', request)}")
        answer: dict[str, Any] = json.loads(line)
        why = answer.get("why") or answer.get("problem")
        if why:
            raise RefusedError(f"{request.get('do')} {request.get('name', '')}: {why}")
        return answer

    def close(self) -> None:
        """Hangs up."""
        self._reader.close()
        self._socket.close()
