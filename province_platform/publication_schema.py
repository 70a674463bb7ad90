"""The tables of what is published to terminals, beside those of ``schema``."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text

from province_platform.schema import metadata

item_batches = Table(
    "item_batches",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("batch_id", String(64), nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
    Column("signature", Text, nullable=False),
    Column("published_at", String(24), nullable=False),
)

signed_documents = Table(
    "signed_documents",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(16), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("signature", Text, nullable=False),
    Column("published_at", String(24), nullable=False),
    Index("signed_documents_by_kind", "kind", "position"),
)

news_drafts = Table(
    "news_drafts",
    metadata,
    Column("draft_id", String(16), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("proposed_by", String(60), nullable=False),
    Column("proposed_at", String(24), nullable=False),
    Column("approved_by", String(60)),
    Column("approved_at", String(24)),
)
"""News as one person wrote it; only another one puts it on the screens."""
