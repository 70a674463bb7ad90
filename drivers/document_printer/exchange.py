"""One question and one answer by IPP: an HTTP request on a connection of its own, with a deadline for all of
it.

The bytes of HTTP are h11's business: it keeps no socket and waits for nothing, so that the deadline, and the
order to stop, are looked at between any two pieces that arrive.
"""

from __future__ import annotations

import threading
from typing import Final

import h11

from drivers.document_printer import protocol
from drivers.document_printer.address import IppAddress
from drivers.document_printer.protocol import Message
from drivers.transports.transport import DeviceLostError, Transport
from foundation.clock import Clock

_SLICE_S: Final = 0.25
"""How long one wait lasts at most before it is looked whether the driver is to stop."""
_LARGEST_ANSWER_BYTES: Final = 1024 * 1024
_OK: Final = 200


class NotAskedError(DeviceLostError):
    """There was no connection: nothing of the question was sent."""


class IppEndpoint:
    """A printer, or a queue, at the other end of ``transport``. For the owner's thread."""

    def __init__(
        self, address: IppAddress, transport: Transport, clock: Clock, stopping: threading.Event
    ) -> None:
        self.address = address
        self._transport = transport
        self._clock = clock
        self._stopping = stopping

    def ask(self, request: Message, within_s: float) -> Message:
        """The answer to ``request``; raises ``DeviceLostError`` when there is none that can be one."""
        deadline_s = self._clock.monotonic_s() + within_s
        connection = h11.Connection(h11.CLIENT)
        try:
            self._transport.open()
        except DeviceLostError as loss:
            raise NotAskedError(str(loss), loss.state) from None
        try:
            self._transport.write_all(self._posted(connection, protocol.encode(request)), deadline_s)
            answer = protocol.decode(self._body(connection, deadline_s))
        except h11.RemoteProtocolError:
            raise DeviceLostError(f"{self.address} does not speak HTTP") from None
        finally:
            self._transport.close()
        if answer is None or answer.request_id != request.request_id:
            raise DeviceLostError(f"{self.address} does not speak IPP")
        return answer

    def _posted(self, connection: h11.Connection, body: bytes) -> bytes:
        headers = [
            ("Host", self.address.authority),
            ("Content-Type", protocol.CONTENT_TYPE),
            ("Content-Length", str(len(body))),
            ("Connection", "close"),
        ]
        parts = (
            connection.send(h11.Request(method="POST", target=self.address.path, headers=headers)),
            connection.send(h11.Data(data=body)),
            connection.send(h11.EndOfMessage()),
        )
        return b"".join(part for part in parts if part)

    def _body(self, connection: h11.Connection, deadline_s: float) -> bytes:
        body = bytearray()
        while True:
            event = connection.next_event()
            if event is h11.NEED_DATA:
                connection.receive_data(self._more(deadline_s))
            elif isinstance(event, h11.Response) and event.status_code != _OK:
                raise DeviceLostError(f"{self.address} answered HTTP {event.status_code}")
            elif isinstance(event, h11.Data):
                body += event.data
                if len(body) > _LARGEST_ANSWER_BYTES:
                    raise DeviceLostError(f"{self.address} does not stop answering")
            elif isinstance(event, h11.EndOfMessage):
                return bytes(body)
            elif event is h11.PAUSED or isinstance(event, h11.ConnectionClosed):
                raise DeviceLostError(f"{self.address} does not speak HTTP")

    def _more(self, deadline_s: float) -> bytes:
        while not self._stopping.is_set() and (now_s := self._clock.monotonic_s()) < deadline_s:
            data = self._transport.read_some(min(deadline_s, now_s + _SLICE_S))
            if data:
                return data
        raise DeviceLostError(f"{self.address} did not answer in time")
