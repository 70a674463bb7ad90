"""A real HTTP server on a real socket, with or without TLS, that answers as the test says: also badly.

The reference platform is the other end in tests of what works; this one is for what no platform does on
purpose: half an answer, a captive portal, a connection closed in the middle.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    headers: Message
    sent_body: bytes

    @property
    def body(self) -> bytes:
        packed = self.headers.get("content-encoding") == "gzip"
        return gzip.decompress(self.sent_body) if packed else self.sent_body


@dataclass(frozen=True, slots=True)
class Response:
    """``announced`` is the length that the head claims when the body is cut short on purpose.

    What ``drips`` goes on with one byte at a time, as long as the test lets it.
    """

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    announced: int | None = None
    drips: bool = False


Answer = Callable[[Request], Response | None]
"""None closes the connection without an answer."""


class ScriptedServer:
    """A context manager. ``answer`` may be replaced at any time; ``seen`` holds what was asked."""

    def __init__(
        self, answer: Answer, *, certificate: tuple[Path, Path] | None = None, authority: Path | None = None
    ) -> None:
        self.answer = answer
        self.seen: list[Request] = []
        self.stopping = threading.Event()
        self._tls: ssl.SSLContext | None = None
        if certificate is not None:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(*certificate)
            if authority is not None:
                self._tls.load_verify_locations(authority)
                self._tls.verify_mode = ssl.CERT_REQUIRED
        self._server = _Server(("127.0.0.1", 0), self._tls, self._handler())
        self.url = f"http{'s' if self._tls else ''}://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name="scripted server"
        )

    def show(self, certificate: Path, key: Path) -> None:
        """Shows another certificate to whoever connects from now on."""
        assert self._tls is not None
        self._tls.load_cert_chain(certificate, key)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        scripted = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                request = Request(self.command, self.path, self.headers, body)
                scripted.seen.append(request)
                answer = scripted.answer
                response = answer(request)
                if response is None:
                    self.close_connection = True
                    return
                self.send_response_only(response.status)
                for name, value in response.headers:
                    self.send_header(name, value)
                length = len(response.body) if response.announced is None else response.announced
                self.send_header("content-length", str(length))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(response.body)
                while response.drips and scripted.answer is answer and not scripted.stopping.wait(0.01):
                    self.wfile.write(b" ")
                self.close_connection |= response.announced is not None

            do_GET = do_POST = do_DELETE = do_HEAD = do_PATCH = handle_any  # noqa: N815

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                """Says nothing."""

        return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(
        self, address: tuple[str, int], tls: ssl.SSLContext | None, handler: type[BaseHTTPRequestHandler]
    ) -> None:
        self._tls = tls
        self._connections: list[socket.socket] = []
        super().__init__(address, handler)

    def finish_request(self, request: Any, client_address: Any) -> None:
        """In the connection's own thread: the handshake, then the requests."""
        self._connections.append(request)
        try:
            if self._tls is not None:
                request = self._tls.wrap_socket(request, server_side=True, do_handshake_on_connect=False)
                self._connections.append(request)
                self._shake_hands(request)
            super().finish_request(request, client_address)
        except OSError:
            pass
        finally:
            request.close()

    @staticmethod
    def _shake_hands(request: ssl.SSLSocket) -> None:
        try:
            request.do_handshake()
        except ssl.SSLError:
            # Closing with something unread would reset the connection and take our alert with it.
            socket.socket.shutdown(request, socket.SHUT_WR)
            while socket.socket.recv(request, 4096):
                pass
            raise

    def hang_up(self) -> None:
        for connection in self._connections:
            try:
                socket.socket.shutdown(connection, socket.SHUT_RDWR)
            except OSError:
                continue
