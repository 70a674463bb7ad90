"""The files of a case, sealed to the province, until it has them.

A file's content is sealed as it comes in and never stands whole in memory or in clear on the disk. The sealed
bytes lie in a file of their own beside the store: written under another name, synced, renamed, and the folder
synced. Nothing is promised by that alone. The promise is the row in the outbox, stream :data:`UPLOAD`,
which is appended in one transaction with the case that depends on it (:func:`order_for`); a file without such
a row belongs to nobody, and goes with :meth:`Attachments.forget_all_but` at the next start. When the province
has the file its row is confirmed first and the file removed after that, so the worst that a power cut leaves
is such a file.
"""

from __future__ import annotations

import errno
import hashlib
import hmac
import os
import secrets
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

import msgspec

from contract.sealed_stream import seal_stream
from contract.sealing import Sealer
from foundation.atomic_files import sync_folder
from foundation.errors import ErrorCode, Errors
from offline_store import disk_room
from offline_store.errors import StoreUnwritableError
from offline_store.files import StoreFiles

UPLOAD = "upload"
"""The outbox's stream of what is uploaded and not sent as an event."""
LARGEST_BYTES = 20 * 1024 * 1024
LARGEST_TOGETHER_BYTES = 512 * 1024 * 1024
"""Of all sealed files that wait on one terminal."""
_PIECE_BYTES = 64 * 1024
_UNFINISHED = ".part"


class UploadOrder(msgspec.Struct, frozen=True):
    """What the outbox keeps of an upload; ``digest`` and ``sealed_size`` are those of the sealed file."""

    case_id: str
    digest: str
    sealed_size: int


@dataclass(frozen=True, slots=True)
class KeptAttachment:
    """A sealed file on this terminal's disk. Its content cannot be read here any more.

    ``size`` counts the bytes of the content, ``sealed_size`` those of the file; ``digest`` is the file's, as
    ``contract.payloads.Attachment`` wants it. ``fingerprint`` tells equal contents within one process.
    """

    id: str
    digest: str
    size: int
    sealed_size: int
    media_type: str
    name: str
    fingerprint: bytes = field(repr=False)

    def order_for(self, case_id: str) -> bytes:
        """The data of its row in the outbox, whose id is this one's."""
        return msgspec.json.encode(UploadOrder(case_id, self.digest, self.sealed_size))


class Attachments:
    """Keeps sealed files. Thread-safe: each file has one writer, and readers only after it was kept."""

    def __init__(
        self,
        files: StoreFiles,
        *,
        largest_bytes: int = LARGEST_BYTES,
        largest_together_bytes: int = LARGEST_TOGETHER_BYTES,
    ) -> None:
        self._files = files
        self._folder = files.attachments
        self._largest_bytes = largest_bytes
        self._largest_together_bytes = largest_together_bytes
        self._fingerprint_key = secrets.token_bytes(32)

    def keep(
        self,
        content: Iterable[bytes],
        sealer: Sealer,
        *,
        media_type: str,
        name: str,
        among: Sequence[KeptAttachment] = (),
    ) -> KeptAttachment | ErrorCode:
        """Seals ``content`` into a file, which is on the disk when this returns; or says why not.

        The same content as one of ``among`` (those of the same case) is not kept twice: that one is returned
        under ``name``. Refused with ``ATCH-001`` when it is too large or empty and with ``ATCH-002`` when
        there is no room; then nothing is left of it. Raises :class:`StoreUnwritableError`.
        """
        attachment_id = str(uuid.uuid4())
        part = self._path(attachment_id + _UNFINISHED)
        try:
            if not self._has_room():
                return Errors.ATTACHMENT_NO_ROOM
            measured = _Measured(content, self._fingerprint_key, self._largest_bytes)
            digest, sealed_size = self._write(part, seal_stream(measured.pieces(), sealer))
            if not 0 < measured.size <= self._largest_bytes:
                part.unlink()
                return Errors.ATTACHMENT_TOO_LARGE
            kept = KeptAttachment(
                attachment_id, digest, measured.size, sealed_size, media_type, name, measured.fingerprint()
            )
            for other in among:
                if (other.fingerprint, other.media_type) == (kept.fingerprint, media_type):
                    part.unlink()
                    return replace(other, name=name)
            part.rename(self._path(attachment_id))
            sync_folder(self._folder)
        except OSError as error:
            _remove(part)
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                return Errors.ATTACHMENT_NO_ROOM
            raise StoreUnwritableError(f"an attachment cannot be kept: {error.strerror}") from error
        except BaseException:
            _remove(part)
            raise
        return kept

    def is_sound(self, attachment_id: str, order: UploadOrder) -> bool:
        """Whether the file is there with the very bytes that were sealed. Reads all of it."""
        try:
            with self._path(attachment_id).open("rb") as file:
                return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}" == order.digest
        except FileNotFoundError:
            return False
        except OSError as error:  # a sector that cannot be read is no different from one that lies
            if error.errno == errno.EIO:
                return False
            raise StoreUnwritableError(f"an attachment cannot be read: {error.strerror}") from error

    def read(self, attachment_id: str, offset: int, length: int) -> bytes:
        """At most ``length`` sealed bytes from ``offset``; fewer only at the end. Raises ``StoreError``."""
        try:
            with self._path(attachment_id).open("rb") as file:
                file.seek(offset)
                return file.read(length)
        except OSError as error:
            raise StoreUnwritableError(f"an attachment cannot be read: {error.strerror}") from error

    def forget(self, attachment_id: str) -> None:
        """Removes a file that the province has, or that nobody handed in. What is gone already is no error.

        Unlinking is enough: who finds the bytes on the disk has no key to them, nor has this terminal.
        """
        try:
            self._path(attachment_id).unlink(missing_ok=True)
        except OSError as error:
            raise StoreUnwritableError(f"an attachment cannot be removed: {error.strerror}") from error

    def forget_all_but(self, waiting: Iterable[str]) -> int:
        """Removes every file but those of ``waiting``; how many. For the start, when nobody hands in yet."""
        expected = set(waiting)
        strangers = [path.name for path in self._all() if path.name not in expected]
        for name in strangers:
            self.forget(name)
        return len(strangers)

    def _has_room(self) -> bool:
        """Room for the largest one, beside what sessions and the store need."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        together_bytes = sum(path.stat().st_size for path in self._all())
        room = disk_room.measure_room(self._files)
        return (
            room.takes_sessions
            and room.free_bytes >= disk_room.LEAST_FREE_BYTES + self._largest_bytes
            and together_bytes + self._largest_bytes <= self._largest_together_bytes
        )

    def _write(self, part: Path, sealed: Iterator[bytes]) -> tuple[str, int]:
        """Writes and syncs; the digest and the number of the bytes written."""
        digest, size = hashlib.sha256(), 0
        with _create(part) as file:
            for piece in sealed:
                digest.update(piece)
                size += file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        return f"sha256:{digest.hexdigest()}", size

    def _all(self) -> list[Path]:
        return list(self._folder.iterdir()) if self._folder.exists() else []

    def _path(self, name: str) -> Path:
        return self._folder / name


class _Measured:
    """Passes a content on, counts it and takes its keyed digest; ends early when it is too large."""

    def __init__(self, content: Iterable[bytes], key: bytes, largest_bytes: int) -> None:
        self._content = content
        self._digest = hmac.new(key, digestmod=hashlib.sha256)
        self._largest_bytes = largest_bytes
        self.size = 0

    def pieces(self) -> Iterator[bytes]:
        for piece in self._content:
            self.size += len(piece)
            if self.size > self._largest_bytes:
                return
            self._digest.update(piece)
            yield piece

    def fingerprint(self) -> bytes:
        return self._digest.digest()


def in_pieces(content: BinaryIO) -> Iterator[bytes]:
    """A file's content for :meth:`Attachments.keep`, 64 KiB at a time."""
    while piece := content.read(_PIECE_BYTES):
        yield piece


def read_order(data: bytes) -> UploadOrder:
    """What :meth:`KeptAttachment.order_for` made."""
    return msgspec.json.decode(data, type=UploadOrder)


def _remove(part: Path) -> None:
    """As far as the disk lets us; the next start removes what it did not."""
    with suppress(OSError):
        part.unlink(missing_ok=True)


def _create(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb")
