"""Rows that were rescued from a damaged store keep their epoch."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("stream", sa.Column("rescued", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("outbox", sa.Column("epoch", sa.Text()))


def downgrade() -> None:
    op.drop_column("outbox", "epoch")
    op.drop_column("stream", "rescued")
