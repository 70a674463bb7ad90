"""Files that wait are found without looking through every event that waits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_outbox_uploads",
        "outbox",
        ["urgency", "position"],
        sqlite_where=sa.text("state <> 'confirmed' AND stream = 'upload'"),
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_uploads", "outbox")
