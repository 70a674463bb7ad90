"""How the files of a case travel: the tus resumable upload protocol 1.0.0, with its extensions creation,
checksum and termination (https://tus.io/protocols/resumable-upload).

What is ours: the terminal names the upload by the id that it gave to the attachment (metadata
``attachment_id``), and the upload is at ``/v1/attachments/<attachment_id>``. So a terminal that was killed
after it had asked for an upload asks there how far it came, and creating one that exists already answers with
the same place. The metadata ``digest`` is that of the whole sealed file; when the last byte is there the
platform compares, and answers with :data:`DIGEST_HEADER`: that, and nothing else, is its word that it has the
file.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping

from contract.fields import UUID_PATTERN

VERSION = "1.0.0"
EXTENSIONS = "creation,checksum,termination"
CHECKSUMS = ("sha256", "sha1")
"""What ``Upload-Checksum`` may name, the one that we use first; tus demands sha1 of every server."""
VERSION_HEADER = "tus-resumable"
OFFSET_HEADER = "upload-offset"
LENGTH_HEADER = "upload-length"
METADATA_HEADER = "upload-metadata"
CHECKSUM_HEADER = "upload-checksum"
DIGEST_HEADER = "dianxiaoer-digest"
"""On the answer about a finished upload: ``sha256:`` and the digest of the bytes that are durable."""
CHUNK_MEDIA_TYPE = "application/offset+octet-stream"
CHECKSUM_MISMATCH = 460
LARGEST_SEALED_BYTES = 24 * 1024 * 1024
"""The longest upload; the platform says it as ``Tus-Max-Size``."""
ID_METADATA = "attachment_id"
DIGEST_METADATA = "digest"

_ID = re.compile(UUID_PATTERN)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def write_metadata(values: Mapping[str, str]) -> str:
    """The value of ``Upload-Metadata``: names and their values in base64, separated by commas."""
    return ",".join(
        f"{name} {base64.b64encode(value.encode()).decode('ascii')}" for name, value in values.items()
    )


def read_metadata(header: str) -> dict[str, str]:
    """The inverse. Raises ``ValueError`` when it is of another form; a value may be missing (empty)."""
    values: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        name, _, value = pair.partition(" ")
        try:
            values[name] = base64.b64decode(value, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            raise ValueError("the metadata is no base64 of UTF-8") from None
    return values


def is_attachment_id(text: str) -> bool:
    """Whether it is an id as terminals make them: a UUID version 4 in lower case."""
    return _ID.fullmatch(text) is not None


def is_digest(text: str) -> bool:
    """Whether it is of the form of ``Attachment.digest``."""
    return _DIGEST.fullmatch(text) is not None
