"""The terminal's end of the tus resumable upload protocol 1.0.0 (https://tus.io/protocols/resumable-upload).

One request for each method, over the exchange of whoever uses it: nothing is retried, waited for or kept
here. What is ours on top of tus: contract/attachments.py.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from contract import attachments as tus
from contract import operations
from contract.operations import Operation
from foundation.errors import Errors
from kiosk_app.province.client import failure_of
from kiosk_app.province.exchange import Exchange, Reply
from kiosk_app.province.outcomes import Answered, Outcome, Refused, Unreachable

_NOT_THERE = (404, 410)
_OUT_OF_STEP = (*_NOT_THERE, 409, 423, tus.CHECKSUM_MISMATCH)


@dataclass(frozen=True, slots=True)
class Progress:
    """``offset`` bytes are durable at the platform; ``digest`` is its word that it has the whole file."""

    offset: int
    digest: str = ""


class TusClient:
    """Uploads by the id of the attachment. Never raises for the network."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def progress(self, attachment_id: str) -> Outcome[Progress | None]:
        """How far an upload has come; None when the platform does not know it."""
        reply = self._send(operations.UPLOAD_OFFSET, attachment_id, {})
        if isinstance(reply, Reply) and reply.status in _NOT_THERE:
            return Answered(None)
        return _progress(reply, 200)

    def create(self, attachment_id: str, length: int, digest: str) -> Outcome[Progress | None]:
        """Begins an upload; one that was begun before goes on."""
        metadata = {tus.ID_METADATA: attachment_id, tus.DIGEST_METADATA: digest}
        headers = {tus.LENGTH_HEADER: str(length), tus.METADATA_HEADER: tus.write_metadata(metadata)}
        return _progress(self._send(operations.UPLOAD_CREATE, "", headers), 201)

    def append(self, attachment_id: str, offset: int, piece: bytes) -> Outcome[Progress | None]:
        """Sends the next bytes, with their checksum.

        None when they were not taken because the file does not end there, somebody else writes to it, or the
        checksum does not fit: whoever asks for the progress then knows how to go on.
        """
        checksum = base64.b64encode(hashlib.sha256(piece).digest()).decode("ascii")
        headers = {
            "content-type": tus.CHUNK_MEDIA_TYPE,
            tus.OFFSET_HEADER: str(offset),
            tus.CHECKSUM_HEADER: f"sha256 {checksum}",
        }
        reply = self._send(operations.UPLOAD_APPEND, attachment_id, headers, piece)
        if isinstance(reply, Reply) and reply.status in _OUT_OF_STEP:
            return Answered(None)
        return _progress(reply, 204)

    def end(self, attachment_id: str) -> None:
        """Gives an upload up, if the platform can be reached; otherwise it forgets it by itself."""
        self._send(operations.UPLOAD_END, attachment_id, {})

    def close(self) -> None:
        """Breaks a request under way; later ones are out of reach."""
        self._exchange.close()

    def _send(
        self, operation: Operation, attachment_id: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> Reply | Refused | Unreachable:
        return self._exchange.send(
            operation.method,
            operation.path.format(attachment_id=attachment_id),
            operation.timeout_s,
            body=body,
            headers={"accept": "application/json", tus.VERSION_HEADER: tus.VERSION, **headers},
        )


def _progress(reply: Reply | Refused | Unreachable, expected: int) -> Outcome[Progress | None]:
    if not isinstance(reply, Reply):
        return reply
    if reply.status != expected:
        if reply.status == 401 and not reply.body:  # the answer to HEAD has no body to say more
            return Refused(Errors.TERMINAL_NOT_AUTHORISED)
        return failure_of(reply) if reply.status >= 300 else Unreachable(Errors.PROVINCE_NOT_UNDERSTOOD)
    offset = reply.headers.get(tus.OFFSET_HEADER, "")
    if reply.headers.get(tus.VERSION_HEADER) != tus.VERSION or not (offset.isascii() and offset.isdecimal()):
        return Unreachable(Errors.PROVINCE_NOT_UNDERSTOOD)
    return Answered(Progress(int(offset[:16]), reply.headers.get(tus.DIGEST_HEADER, "")))
