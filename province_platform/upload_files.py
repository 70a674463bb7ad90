"""Sealed files of cases as the platform keeps them: bytes in files, and in rows how many are durable.

The row is the truth. Bytes are synced before the row says that they are there; what stands in a file beyond
that was never promised, and the next write begins where the row says. Who called may call again.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, delete, func, insert, select, update

from contract.attachments import LARGEST_SEALED_BYTES
from foundation.atomic_files import sync_folder
from foundation.clock import rfc3339
from province_platform.schema import attachments

ABANDONED_AFTER = timedelta(days=7)
MOST_UNCLAIMED = 256
MOST_UNCLAIMED_BYTES = 1024 * 1024 * 1024
"""What one terminal may have here that no case has named yet."""


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload as its row has it. ``digest`` is what the terminal announced; complete, it was verified."""

    attachment_id: str
    terminal_id: str
    length: int
    digest: str
    received: int
    is_complete: bool
    case_id: str


class UploadFiles:
    """The folder of the files. Thread-safe as long as one call at a time writes to one upload."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def open_at(self, attachment_id: str, offset: int) -> BinaryIO:
        """The file, to be written on from ``offset``; what stood behind that is gone."""
        descriptor = os.open(self._path(attachment_id), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        file = os.fdopen(descriptor, "r+b")
        file.truncate(offset)
        file.seek(offset)
        return file

    def make_durable(self, file: BinaryIO, *, is_new: bool) -> None:
        """Syncs what was written; a new file's name as well."""
        file.flush()
        os.fsync(file.fileno())
        if is_new:
            sync_folder(self._folder)

    def digest(self, attachment_id: str) -> str:
        """Of all that the file has, as ``Attachment.digest`` writes it."""
        with self._path(attachment_id).open("rb") as file:
            return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"

    def open_to_read(self, attachment_id: str) -> BinaryIO:
        """The sealed bytes. Raises ``FileNotFoundError``."""
        return self._path(attachment_id).open("rb")

    def remove(self, attachment_ids: list[str]) -> None:
        """Removes files; those that are not there are no error."""
        for attachment_id in attachment_ids:
            self._path(attachment_id).unlink(missing_ok=True)

    def remove_all_but(self, attachment_ids: set[str]) -> None:
        """Removes what no row names: of an upload that was given up when the power went."""
        self.remove([path.name for path in self._folder.iterdir() if path.name not in attachment_ids])

    def _path(self, attachment_id: str) -> Path:
        return self._folder / attachment_id


def find_upload(connection: Connection, terminal_id: str, attachment_id: str) -> Upload | None:
    """An upload of this terminal; another terminal's is as good as none."""
    row = connection.execute(
        select(attachments).where(
            attachments.c.attachment_id == attachment_id, attachments.c.terminal_id == terminal_id
        )
    ).one_or_none()
    if row is None:
        return None
    is_complete = row.completed_at is not None
    return Upload(
        row.attachment_id, terminal_id, row.length, row.digest, row.received, is_complete, row.case_id
    )


def begin_upload(connection: Connection, wished: Upload, now: datetime) -> Upload | None:
    """The upload, also when it was begun before; None when the terminal has too much here already."""
    known = find_upload(connection, wished.terminal_id, wished.attachment_id)
    if known is not None:
        return known
    count, together_bytes = connection.execute(
        select(func.count(), func.coalesce(func.sum(attachments.c.length), 0)).where(
            attachments.c.terminal_id == wished.terminal_id, attachments.c.case_id == ""
        )
    ).one()
    if count >= MOST_UNCLAIMED or together_bytes + wished.length > MOST_UNCLAIMED_BYTES:
        return None
    connection.execute(
        insert(attachments).values(
            attachment_id=wished.attachment_id,
            terminal_id=wished.terminal_id,
            length=wished.length,
            digest=wished.digest,
            received=0,
            case_id="",
            touched_at=rfc3339(now),
        )
    )
    return wished


def note_received(connection: Connection, upload: Upload, received: int, now: datetime) -> None:
    """So many bytes are durable; all of them, when it is as many as were announced and they were verified."""
    moment = rfc3339(now)
    connection.execute(
        update(attachments)
        .where(attachments.c.attachment_id == upload.attachment_id)
        .values(
            received=received,
            touched_at=moment,
            completed_at=moment if received == upload.length else None,
        )
    )


def give_up(connection: Connection, upload: Upload) -> None:
    """Forgets an upload that no case has named."""
    connection.execute(
        delete(attachments).where(
            attachments.c.attachment_id == upload.attachment_id, attachments.c.case_id == ""
        )
    )


def give_up_abandoned(connection: Connection, now: datetime) -> list[str]:
    """Forgets unfinished uploads that nobody has gone on with for a week; their ids.

    Finished ones stay: their terminal has let go of them, and the case that names them is on its way.
    """
    old = attachments.c.completed_at.is_(None) & (attachments.c.touched_at < rfc3339(now - ABANDONED_AFTER))
    ids = list(connection.scalars(select(attachments.c.attachment_id).where(old)))
    connection.execute(delete(attachments).where(attachments.c.attachment_id.in_(ids)))
    return ids


def all_uploads(connection: Connection) -> set[str]:
    """The ids of every row."""
    return set(connection.scalars(select(attachments.c.attachment_id)))


def claim(connection: Connection, terminal_id: str, case_id: str, digests: set[str]) -> bool:
    """Gives finished uploads to their case; false, and nothing is given, when one of them is not there."""
    if not digests:
        return True
    mine = (
        (attachments.c.terminal_id == terminal_id)
        & attachments.c.digest.in_(digests)
        & attachments.c.completed_at.is_not(None)
        & attachments.c.case_id.in_(("", case_id))
    )
    if set(connection.scalars(select(attachments.c.digest).where(mine))) != digests:
        return False
    connection.execute(update(attachments).where(mine).values(case_id=case_id))
    return True


def fits(length: int) -> bool:
    """Whether a file may be so long."""
    return 0 < length <= LARGEST_SEALED_BYTES
