"""Files of cases come in: a server of the tus resumable upload protocol 1.0.0, with creation, checksum and
termination (https://tus.io/protocols/resumable-upload; what is ours on top: contract/attachments.py).

Every answer comes after what it says is durable. A piece whose checksum does not fit leaves no trace; without
a checksum what came before the line broke is kept, as tus asks of a server.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
from dataclasses import dataclass
from functools import partial

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from contract import attachments as tus
from contract.items import LocalText
from foundation.errors import Errors
from province_platform.bodies import BODY_WITHIN_S
from province_platform.calls import Answer, Call
from province_platform.platform import Platform
from province_platform.refused import Refused, not_understood, nothing_here, too_large
from province_platform.upload_files import (
    Upload,
    begin_upload,
    find_upload,
    fits,
    give_up,
    give_up_abandoned,
    note_received,
)

_REFUSED = Errors.ATTACHMENT_REFUSED
_QUOTA_RETRY_S = 60


@dataclass(frozen=True, slots=True)
class _Checksum:
    """A digest to feed, and what it has to be in the end."""

    digest: hashlib._Hash
    expected: bytes


async def terms(_platform: Platform, _call: Call) -> Answer:
    """What this server offers."""
    return _done(
        204,
        {
            "tus-version": tus.VERSION,
            "tus-extension": tus.EXTENSIONS,
            "tus-max-size": str(tus.LARGEST_SEALED_BYTES),
            "tus-checksum-algorithm": ",".join(tus.CHECKSUMS),
        },
    )


async def create(platform: Platform, call: Call) -> Answer:
    """Begins an upload; forgets, while at it, what was abandoned."""
    wished = _wished(call)
    if isinstance(wished, Refused):
        return wished
    now = platform.clock.utc_now()
    abandoned = await platform.database.write(lambda connection: give_up_abandoned(connection, now))
    await platform.database.work(lambda: platform.upload_files.remove(abandoned))
    begun = await platform.database.write(lambda connection: begin_upload(connection, wished, now))
    if begun is None:
        return _full()
    if (begun.length, begun.digest) != (wished.length, wished.digest):
        return not_understood(_REFUSED, 409)
    place = f"{call.request.url.path}/{wished.attachment_id}"
    return _done(201, {"location": place, **_progress(begun)})


async def offset(platform: Platform, call: Call) -> Answer:
    """How far an upload has come."""
    upload = await _find(platform, call)
    if isinstance(upload, Refused):
        return upload
    return _done(
        200, {tus.LENGTH_HEADER: str(upload.length), "cache-control": "no-store", **_progress(upload)}
    )


async def append(platform: Platform, call: Call) -> Answer:
    """Takes the next bytes. One writer at a time: a second one is asked to come back."""
    headers, attachment_id = call.request.headers, call.request.path_params["attachment_id"]
    checksum = _checksum(headers.get(tus.CHECKSUM_HEADER))
    begins_at = _whole(headers.get(tus.OFFSET_HEADER))
    if headers.get("content-type") != tus.CHUNK_MEDIA_TYPE:
        return not_understood(_REFUSED, 415)
    if isinstance(checksum, Refused) or begins_at is None:
        return not_understood(_REFUSED)
    if attachment_id in platform.uploading:
        return _locked()
    platform.uploading.add(attachment_id)
    try:
        upload = await _find(platform, call)  # not before: nobody else writes to it now
        if isinstance(upload, Refused):
            return upload
        if begins_at != upload.received or upload.is_complete:
            return _elsewhere()
        written = await _write(platform, upload, call.request, checksum)
        if isinstance(written, Refused):
            return written
        return await _settle(platform, upload, begins_at + written, call.request)
    finally:
        platform.uploading.discard(attachment_id)


async def end(platform: Platform, call: Call) -> Answer:
    """Gives an upload up."""
    upload = await _find(platform, call)
    if isinstance(upload, Refused):
        return upload
    if upload.case_id:
        return nothing_here(_REFUSED)
    if upload.attachment_id in platform.uploading:
        return _locked()
    await _forget(platform, upload)
    return _done(204, {})


async def _write(
    platform: Platform, upload: Upload, request: Request, checksum: _Checksum | None
) -> int | Refused:
    """Writes what comes; how many bytes of it are durable now."""
    work, files = platform.database.work, platform.upload_files
    file = await work(lambda: files.open_at(upload.attachment_id, upload.received))
    try:
        written = 0
        try:
            async with asyncio.timeout(BODY_WITHIN_S):
                async for piece in request.stream():
                    written += len(piece)
                    if written > upload.length - upload.received:
                        return too_large(_REFUSED)
                    if checksum is not None:
                        checksum.digest.update(piece)
                    await work(partial(file.write, piece))
        except (TimeoutError, ClientDisconnect):
            if checksum is not None:
                return not_understood(_REFUSED, 408)
        if checksum is not None and checksum.digest.digest() != checksum.expected:
            return _mismatch()
        await work(lambda: files.make_durable(file, is_new=upload.received == 0))
        return written
    finally:
        file.close()


async def _settle(platform: Platform, upload: Upload, received: int, request: Request) -> Answer:
    """Makes the row say what is durable; of a whole file only when it is the file that was announced."""
    database, now = platform.database, platform.clock.utc_now()
    is_complete = received == upload.length
    if is_complete:
        digest = await database.work(lambda: platform.upload_files.digest(upload.attachment_id))
        if digest != upload.digest:
            await _forget(platform, upload)
            return _mismatch()
    await database.write(lambda connection: note_received(connection, upload, received, now))
    if platform.switches.take_dropped_answer():
        request.state.cut()
    finished = {tus.DIGEST_HEADER: upload.digest} if is_complete else {}
    return _done(204, {tus.OFFSET_HEADER: str(received), **finished})


async def _forget(platform: Platform, upload: Upload) -> None:
    await platform.database.write(lambda connection: give_up(connection, upload))
    await platform.database.work(lambda: platform.upload_files.remove([upload.attachment_id]))


async def _find(platform: Platform, call: Call) -> Upload | Refused:
    if (refused := _other_version(call.request)) is not None:
        return refused
    terminal_id, attachment_id = call.terminal.terminal_id, call.request.path_params["attachment_id"]
    upload = await platform.database.read(
        lambda connection: find_upload(connection, terminal_id, attachment_id)
    )
    return nothing_here(_REFUSED) if upload is None else upload


def _wished(call: Call) -> Upload | Refused:
    """What the terminal wants to upload."""
    headers = call.request.headers
    if (refused := _other_version(call.request)) is not None:
        return refused
    length = _whole(headers.get(tus.LENGTH_HEADER))
    try:
        metadata = tus.read_metadata(headers.get(tus.METADATA_HEADER, ""))
    except ValueError:
        return not_understood(_REFUSED)
    attachment_id, digest = metadata.get(tus.ID_METADATA, ""), metadata.get(tus.DIGEST_METADATA, "")
    if length is None or not tus.is_attachment_id(attachment_id) or not tus.is_digest(digest):
        return not_understood(_REFUSED)
    if not fits(length):
        return too_large(_REFUSED)
    return Upload(attachment_id, call.terminal.terminal_id, length, digest, 0, is_complete=False, case_id="")


def _other_version(request: Request) -> Refused | None:
    if request.headers.get(tus.VERSION_HEADER) == tus.VERSION:
        return None
    return not_understood(_REFUSED, 412)


def _checksum(header: str | None) -> _Checksum | Refused | None:
    """None when there is no header."""
    if header is None:
        return None
    algorithm, _, value = header.partition(" ")
    try:
        expected = base64.b64decode(value, validate=True)
    except binascii.Error:
        return not_understood(_REFUSED)
    if algorithm not in tus.CHECKSUMS:
        return not_understood(_REFUSED)
    return _Checksum(hashlib.new(algorithm, usedforsecurity=False), expected)


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= 16 else None


def _progress(upload: Upload) -> dict[str, str]:
    finished = {tus.DIGEST_HEADER: upload.digest} if upload.is_complete else {}
    return {tus.OFFSET_HEADER: str(upload.received), **finished}


def _done(status: int, headers: dict[str, str]) -> Response:
    return Response(status_code=status, headers={tus.VERSION_HEADER: tus.VERSION, **headers})


def _elsewhere() -> Refused:
    return Refused(
        409,
        Errors.PROVINCE_BUSY,
        LocalText("续传位置不符，请先查询已收到多少。", "The file does not end there. Ask how far it came."),
    )


def _locked() -> Refused:
    return Refused(
        423,
        Errors.PROVINCE_BUSY,
        LocalText("这份材料正在上传，请稍后再试。", "This file is being written. Try again in a moment."),
        retry_after_s=1,
    )


def _mismatch() -> Refused:
    return Refused(
        tus.CHECKSUM_MISMATCH,
        Errors.PROVINCE_BUSY,
        LocalText("内容与校验值不符，请重新发送。", "The content does not fit its checksum. Send it again."),
    )


def _full() -> Refused:
    return Refused(
        429,
        Errors.PROVINCE_BUSY,
        LocalText(
            "本终端未办结的材料过多，请稍后再传。", "Too many files wait for their cases. Try again later."
        ),
        retry_after_s=_QUOTA_RETRY_S,
    )
