"""A terminal that uploads, request by request."""

from __future__ import annotations

import base64
import hashlib
import secrets
import uuid
from dataclasses import dataclass, field

import requests

from contract import attachments as tus
from contract.payloads import Attachment
from contract.sealed_stream import seal_stream
from contract.sealing import Sealer
from tests.province_platform.terminals import EnrolledTerminal

TUS = {"tus-resumable": "1.0.0"}


@dataclass
class SealedFile:
    """A picture as a terminal has it: sealed, with an id and a digest."""

    content: bytes
    sealed: bytes
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def digest(self) -> str:
        return f"sha256:{hashlib.sha256(self.sealed).hexdigest()}"

    def as_attachment(self) -> Attachment:
        return Attachment(
            digest=self.digest, media_type="image/jpeg", size=len(self.content), name="户口簿首页"
        )


def a_file(terminal: EnrolledTerminal, size: int = 150_000) -> SealedFile:
    content = secrets.token_bytes(size)
    sealed = b"".join(seal_stream([content], Sealer(terminal.enrolment.sealing_key)))
    return SealedFile(content, sealed)


def create(terminal: EnrolledTerminal, file: SealedFile, **changed: str) -> requests.Response:
    metadata = tus.write_metadata({"attachment_id": file.id, "digest": file.digest})
    headers = {"upload-length": str(len(file.sealed)), "upload-metadata": metadata, **TUS}
    headers |= {name.replace("_", "-"): value for name, value in changed.items()}
    return terminal.call("POST", "/v1/attachments", headers=headers)


def head(terminal: EnrolledTerminal, file: SealedFile) -> requests.Response:
    return terminal.call("HEAD", f"/v1/attachments/{file.id}", headers=TUS)


def patch(
    terminal: EnrolledTerminal, file: SealedFile, begin: int, end: int, **changed: str
) -> requests.Response:
    piece = file.sealed[begin:end]
    headers = {
        "content-type": tus.CHUNK_MEDIA_TYPE,
        "upload-offset": str(begin),
        "upload-checksum": checksum(piece),
        **TUS,
    }
    headers |= {name.replace("_", "-"): value for name, value in changed.items()}
    return terminal.call("PATCH", f"/v1/attachments/{file.id}", data=piece, headers=headers)


def checksum(piece: bytes, algorithm: str = "sha256") -> str:
    digest = hashlib.new(algorithm, piece, usedforsecurity=False).digest()
    return f"{algorithm} {base64.b64encode(digest).decode('ascii')}"


def upload(terminal: EnrolledTerminal, file: SealedFile) -> requests.Response:
    assert create(terminal, file).status_code == 201
    return patch(terminal, file, 0, len(file.sealed))
