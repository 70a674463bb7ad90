"""What the province publishes to all terminals beside items: signed over its exact bytes, served as those.

The newest of a kind is in force with the next request, without a restart. Taking one back is publishing what
was there before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

import msgspec
from sqlalchemy import Connection, insert, select
from starlette.requests import Request
from starlette.responses import Response

from contract.clips import decode_clips
from contract.news import decode_news
from contract.operations import SIGNATURE_HEADER
from contract.signing import Signer
from contract.theme import decode_theme
from foundation.clock import rfc3339
from province_platform.publication import NotPublishableError
from province_platform.publication_schema import signed_documents

LARGEST_DOCUMENT, LARGEST_CLIPS = 256 * 1024, 5 * 1024 * 1024


class Kind(Enum):
    """What is published, by the name of the operation that serves it."""

    THEME = "theme"
    NEWS = "news"
    CLIPS = "clips"


_CHECKS: Mapping[Kind, Callable[[bytes], object]] = {
    Kind.THEME: decode_theme,
    Kind.NEWS: decode_news,
    Kind.CLIPS: decode_clips,
}
NO_NEWS = {"sheet_id": "nothing"}
_FIRST: Mapping[Kind, object] = {
    Kind.THEME: {"theme_id": "ours", "title": {"zh": "店小二", "en": "Dianxiaoer"}},
    Kind.NEWS: NO_NEWS,
    Kind.CLIPS: {"sheet_id": "nothing"},
}
"""What a new platform publishes: the terminals' own look, no news, and no clips."""


@dataclass(frozen=True, slots=True)
class SignedDocument:
    """A document as it is served."""

    content: bytes
    signature: str
    published_at: str

    @property
    def entity_tag(self) -> str:
        """A strong validator of the exact bytes (RFC 9110, 8.8.3)."""
        return f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'


def current_document(connection: Connection, kind: Kind) -> SignedDocument | None:
    """What is in force, or None before the first was published."""
    newest = (
        select(signed_documents)
        .where(signed_documents.c.kind == kind.value)
        .order_by(signed_documents.c.position.desc())
        .limit(1)
    )
    row = connection.execute(newest).first()
    return None if row is None else SignedDocument(row.content, row.signature, row.published_at)


def check_document(kind: Kind, content: bytes) -> None:
    """Raises :class:`NotPublishableError` with the reason when this cannot be published."""
    most = LARGEST_CLIPS if kind is Kind.CLIPS else LARGEST_DOCUMENT
    if len(content) > most:
        raise NotPublishableError(f"the file has more than {most} bytes")
    try:
        _CHECKS[kind](content)
    except (msgspec.DecodeError, ValueError, RecursionError) as problem:
        raise NotPublishableError(str(problem)) from None


def publish_document(
    connection: Connection, signer: Signer, kind: Kind, content: bytes, now: datetime
) -> SignedDocument:
    """Puts a document in force. Raises :class:`NotPublishableError`; then everything stays as it was.

    Publishing the bytes that are in force already changes nothing.
    """
    check_document(kind, content)
    current = current_document(connection, kind)
    if current is not None and current.content == content:
        return current
    document = SignedDocument(content, signer.sign(content), rfc3339(now))
    connection.execute(
        insert(signed_documents).values(
            kind=kind.value,
            content=document.content,
            signature=document.signature,
            published_at=document.published_at,
        )
    )
    return document


def publish_first_documents(connection: Connection, signer: Signer, now: datetime) -> None:
    """Whatever was never published yet, as a new platform has it."""
    for kind, first in _FIRST.items():
        if current_document(connection, kind) is None:
            publish_document(connection, signer, kind, msgspec.json.encode(first), now)


def document_answer(document: SignedDocument, request: Request) -> Response:
    """The exact bytes, or 304 when the caller has them."""
    tag = document.entity_tag
    headers = {"etag": tag, SIGNATURE_HEADER: document.signature, "cache-control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(document.content, headers=headers, media_type="application/json")
