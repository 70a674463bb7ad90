"""With which keyed digest an audit chain was made: the government profile has another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("audit_chain", sa.Column("digest", sa.Text(), nullable=False, server_default="hmac-sha256"))


def downgrade() -> None:
    op.drop_column("audit_chain", "digest")
