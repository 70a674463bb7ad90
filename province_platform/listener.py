"""One listener: a uvicorn on its own socket, which can be taken off the network and put back.

uvicorn does not show the client's certificate to the application; a small subclass of its protocol does.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

KEEP_ALIVE_S = 180
"""Longer than a terminal's heartbeat, so that each heartbeat finds its connection open."""
GRACE_S = 5
"""How long a call that is under way may take when the platform stops."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Whose certificate the other end has shown (already verified against the authority)."""

    common_name: str
    serial_number: str


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen; port 0 lets the system choose."""

    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> Address:
        """``host:port`` or ``[host]:port``. Raises ``ValueError``."""
        host, colon, port = text.rpartition(":")
        if not colon or not host or not port.isdecimal() or int(port) > 65535:
            raise ValueError(f"{text!r} is no address; write host:port, such as 127.0.0.1:8443")
        return cls(host.strip("[]"), int(port))

    @property
    def url_host(self) -> str:
        """The host as a URL writes it."""
        return f"[{self.host}]" if ":" in self.host else self.host


class PeerProtocol(H11Protocol):
    """Puts the peer's certificate and the connection itself into the request's state."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {**self.app_state, "peer": _peer(transport), "cut": transport.abort}


def _peer(transport: asyncio.Transport) -> Peer | None:
    certificate: dict[str, Any] | None = transport.get_extra_info("peercert")
    if not certificate:
        return None
    names = [value for part in certificate["subject"] for name, value in part if name == "commonName"]
    return Peer(names[0], certificate["serialNumber"].lstrip("0")) if len(names) == 1 else None


class Listener:
    """Serves ``app`` at ``address``, over TLS when ``tls`` makes a context. Belongs to the event loop."""

    def __init__(
        self, app: ASGIApp, address: Address, tls: Callable[[], ssl.SSLContext] | None = None
    ) -> None:
        self._server = _Server(
            uvicorn.Config(
                app,
                http=PeerProtocol,
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_keep_alive=KEEP_ALIVE_S,
                ssl_context_factory=(lambda _config, _default: tls()) if tls else None,
            )
        )
        self.address = address
        self._held: socket.socket | None = None
        self._serving: asyncio.Task[None] | None = None
        self._away = False

    async def start(self) -> None:
        """Returns when connections are accepted; then ``address`` has its port.

        Raises ``OSError`` when the address is taken.
        """
        self._held = _bind(self.address)
        self.address = Address(self.address.host, self._held.getsockname()[1])
        self._serving = asyncio.create_task(self._server.serve(sockets=[_bind(self.address)]))
        listening = asyncio.create_task(self._server.listening.wait())
        await asyncio.wait({self._serving, listening}, return_when=asyncio.FIRST_COMPLETED)
        if not self._server.listening.is_set():
            listening.cancel()
            await self._serving

    async def go_away(self) -> None:
        """Refuses connections and cuts those that stand. The port stays ours: its socket is only held."""
        if not self._away:
            self._away = True
            self._server.close_door()
            self._server.cut_all()

    async def come_back(self) -> None:
        """Listens again at the same address."""
        if self._away:
            await self._server.startup(sockets=[_bind(self.address)])
            self._away = False

    async def stop(self) -> None:
        """Ends after the answers that are under way. Safe to call when it was never started."""
        self._server.stopping.set()
        if self._serving is not None:
            await self._serving
        if self._held is not None:
            self._held.close()


class _Server(uvicorn.Server):
    """Says when it listens, stops when it is told, and does not wait for goodbyes."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()
        self.stopping = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()

    async def main_loop(self) -> None:
        while not self.stopping.is_set():
            await self.on_tick(0)  # the Date header
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), timeout=1)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Calls under way are answered, within :data:`GRACE_S`; then every connection is cut.

        A client that keeps its connection for the next call would answer the goodbye of TLS (RFC 8446, 6.1)
        only at that call.
        """
        self.close_door()
        for each in sockets or ():
            each.close()
        under_way = set(self.server_state.tasks)
        if under_way:
            await asyncio.wait(under_way, timeout=GRACE_S)
        self.cut_all()
        await asyncio.sleep(0)

    def close_door(self) -> None:
        """Listens no more."""
        for server in self.servers:
            server.close()

    def cut_all(self) -> None:
        """Closes every connection at once."""
        for connection in list(self.server_state.connections):
            if isinstance(connection, PeerProtocol):
                connection.transport.abort()


def _bind(address: Address) -> socket.socket:
    """A socket at the address that does not listen yet. Raises ``OSError`` when the address is taken."""
    family, kind, protocol, _, where = socket.getaddrinfo(
        address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    bound = socket.socket(family, kind, protocol)
    try:
        # Several sockets may be bound to one port as long as at most one of them listens (socket(7)).
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(where)
    except OSError:
        bound.close()
        raise
    return bound


def mutual_tls(server: Path, authority: Path) -> ssl.SSLContext:
    """TLS 1.2 and newer; the client's certificate is asked for, and verified when it is shown."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(server)
    context.load_verify_locations(authority)
    context.verify_mode = ssl.CERT_OPTIONAL
    return context
