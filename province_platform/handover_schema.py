"""The table of forms that windows go on with, beside those of ``schema``."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text

from province_platform.schema import metadata

handovers = Table(
    "handovers",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("terminal_id", String(32), nullable=False),
    Column("receipt_number", String(11), nullable=False, index=True),
    Column("item_code", String(64), nullable=False),
    Column("item_version", Integer, nullable=False),
    Column("step", String(64), nullable=False),
    Column("made_at", String(24), nullable=False),
    Column("expires_at", String(24), nullable=False, index=True),
    Column("received_at", String(24), nullable=False),
    Column("sealed", Text, nullable=False),
    Column("opened_at", String(24), nullable=False),
    Column("opened_by", String(60), nullable=False),
)
"""``sealed`` is empty once it was opened or has expired: it is opened once."""
