"""How far an audit chain was trimmed, and what the rest of it follows on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("audit_chain", sa.Column("trimmed_entry", sa.Integer(), nullable=False, server_default="0"))
    for name in ("trimmed_head", "trimmed_seal"):
        op.add_column(
            "audit_chain", sa.Column(name, sa.LargeBinary(), nullable=False, server_default=sa.text("x''"))
        )


def downgrade() -> None:
    for name in ("trimmed_seal", "trimmed_head", "trimmed_entry"):
        op.drop_column("audit_chain", name)
