"""Request bodies, with limits on what travels and on what comes out of it."""

from __future__ import annotations

import asyncio
import zlib
from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request

from contract.faces import LARGEST_COMPARISON_BYTES
from foundation.errors import ErrorCode
from province_platform.refused import Refused, not_understood, too_large

BODY_WITHIN_S = 60.0
_GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class BodyLimit:
    """The most bytes on the wire, and the most after they were unpacked."""

    sent: int
    unpacked: int


SMALL = BodyLimit(sent=64 * 1024, unpacked=64 * 1024)
BATCH = BodyLimit(sent=8 * 1024 * 1024, unpacked=16 * 1024 * 1024)
PICTURE = BodyLimit(sent=LARGEST_COMPARISON_BYTES, unpacked=LARGEST_COMPARISON_BYTES)
DOCUMENT = BodyLimit(sent=4 * 1024 * 1024, unpacked=4 * 1024 * 1024)


async def read_body(request: Request, limit: BodyLimit, error: ErrorCode) -> bytes | Refused:
    """The body, unpacked when it was sent with ``Content-Encoding: gzip``.

    Refused with 413 when it is larger than ``limit`` (before it is read, when it says so itself), with 400
    when it cannot be unpacked, with 415 for another encoding, with 408 when it does not come.
    """
    encoding = request.headers.get("content-encoding", "identity").lower()
    if encoding not in ("identity", "gzip"):
        return not_understood(error, 415)
    declared = request.headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared[:20]) > limit.sent:
        return too_large(error)
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_WITHIN_S):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit.sent:
                    return too_large(error)
    except (TimeoutError, ClientDisconnect):
        return not_understood(error, 408)
    return unpack(bytes(body), limit.unpacked, error) if encoding == "gzip" else bytes(body)


def unpack(packed: bytes, longest: int, error: ErrorCode) -> bytes | Refused:
    """The content of one gzip member (RFC 1952). Never unpacks more than one byte over ``longest``."""
    unpacker = zlib.decompressobj(_GZIP)
    try:
        content = unpacker.decompress(packed, longest + 1)
    except zlib.error:
        return not_understood(error)
    if len(content) > longest:
        return too_large(error)
    if not unpacker.eof or unpacker.unused_data:
        return not_understood(error)
    return content
