"""News for resting screens: written by one person, put on the screens by another, recalled by either at once.

What stands on every screen of a province is never one person's slip. A recall needs nobody's leave.
"""

from __future__ import annotations

import secrets
from datetime import datetime

import msgspec
from sqlalchemy import Connection, insert, select, update

from contract.signing import Signer
from foundation.clock import rfc3339
from province_platform.publication import NotPublishableError
from province_platform.publication_schema import news_drafts
from province_platform.signed_documents import (
    NO_NEWS,
    Kind,
    SignedDocument,
    check_document,
    publish_document,
)


def propose_news(connection: Connection, content: bytes, who: str, now: datetime) -> str:
    """Keeps a sheet for review and returns its draft id. Raises :class:`NotPublishableError`."""
    check_document(Kind.NEWS, content)
    draft_id = secrets.token_hex(4)
    connection.execute(
        insert(news_drafts).values(
            draft_id=draft_id, content=content, proposed_by=_named(who), proposed_at=rfc3339(now)
        )
    )
    return draft_id


def approve_news(
    connection: Connection, signer: Signer, draft_id: str, who: str, now: datetime
) -> SignedDocument:
    """Signs the sheet that somebody else wrote and puts it in force. Raises :class:`NotPublishableError`."""
    this = select(news_drafts).where(news_drafts.c.draft_id == draft_id)
    draft = connection.execute(this).one_or_none()
    if draft is None:
        raise NotPublishableError(f"there is no draft {draft_id}")
    if draft.approved_at is not None:
        raise NotPublishableError(f"draft {draft_id} was approved before; propose it again")
    if draft.proposed_by == _named(who):
        raise NotPublishableError("who wrote it does not approve it: another person has to")
    connection.execute(
        update(news_drafts)
        .where(news_drafts.c.draft_id == draft_id)
        .values(approved_by=_named(who), approved_at=rfc3339(now))
    )
    return publish_document(connection, signer, Kind.NEWS, draft.content, now)


def recall_news(connection: Connection, signer: Signer, now: datetime) -> SignedDocument:
    """Takes everything from the screens: they look every half minute."""
    return publish_document(connection, signer, Kind.NEWS, msgspec.json.encode(NO_NEWS), now)


def _named(who: str) -> str:
    if not (name := who.strip()) or len(name) > 60:
        raise NotPublishableError("say who you are, in at most 60 characters")
    return name
