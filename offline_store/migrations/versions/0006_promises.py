"""By which day somebody was promised that an event is delivered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("due_on", sa.Text()))
    # Whoever handed in a case before was promised the same; its day stands in what is sent.
    op.execute(
        "UPDATE outbox SET due_on = coalesce(json_extract(CAST(data AS TEXT), '$.deadline'), '') "
        "WHERE stream = 'case' AND state <> 'confirmed' AND json_valid(CAST(data AS TEXT))"
    )
    op.create_index(
        "ix_outbox_promised",
        "outbox",
        ["due_on", "position"],
        sqlite_where=sa.text("state <> 'confirmed' AND due_on IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_promised", "outbox")
    op.drop_column("outbox", "due_on")
