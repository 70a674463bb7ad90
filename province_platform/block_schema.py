"""The table of what is blocked, beside those of the platform."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text

from province_platform.schema import metadata

blocks = Table(
    "blocks",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("block_id", String(16), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("sealed", Text, nullable=False),
    Column("items", Text, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("remedy", Text, nullable=False),
    Column("proposed_by", String(60), nullable=False),
    Column("proposed_at", String(24), nullable=False),
    Column("approved_by", String(60)),
    Column("approved_at", String(24)),
    Column("lifted_by", String(60)),
    Column("lifted_at", String(24)),
)
"""``sealed`` is what stands for a document or a person, to the province's own key; ``subject`` names a code's
issuer, a terminal or a staff number, and is empty for those two."""
