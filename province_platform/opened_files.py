"""A case's files, opened for who handles the case."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select

from contract.envelope import decode_event
from contract.payloads import Case
from contract.sealed_stream import open_stream
from contract.sealing import NotOpenedError, Opener
from province_platform.schema import attachments, cases, events
from province_platform.upload_files import UploadFiles

SHOWN_AS = frozenset({"image/jpeg", "image/png", "application/pdf"})
"""What goes out under the type that the terminal said; anything else is bytes."""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """The content of a file of a case; its ``repr`` shows nothing of it."""

    content: bytes
    media_type: str

    def __repr__(self) -> str:
        return f"OpenedFile({len(self.content)} bytes)"


def file_of_case(connection: Connection, case_id: str, digest: str) -> tuple[str, str] | None:
    """The id of the upload and its media type; None when the case has no such file."""
    attachment_id = connection.scalar(
        select(attachments.c.attachment_id).where(
            attachments.c.case_id == case_id, attachments.c.digest == digest
        )
    )
    document = connection.scalar(
        select(events.c.document)
        .join(cases, cases.c.event_id == events.c.id)
        .where(cases.c.case_id == case_id)
    )
    if attachment_id is None or document is None:
        return None
    case = msgspec.json.decode(decode_event(msgspec.Raw(document.encode())).data, type=Case)
    media_type = next(each.media_type for each in case.attachments if each.digest == digest)
    return attachment_id, media_type if media_type in SHOWN_AS else "application/octet-stream"


def open_file(files: UploadFiles, opener: Opener, attachment_id: str, media_type: str) -> OpenedFile | None:
    """The whole content, which is given only when all of it is authentic; None when it cannot be opened.

    A file has at most 24 MiB (``contract.attachments``).
    """
    try:
        with files.open_to_read(attachment_id) as sealed:
            return OpenedFile(b"".join(open_stream(sealed, opener)), media_type)
    except (NotOpenedError, FileNotFoundError):
        return None
