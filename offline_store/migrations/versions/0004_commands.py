"""Commands of the platform, and what they have put in force."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "command",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("command_id", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.Column("begun", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("outcome", sa.Text()),
        sa.PrimaryKeyConstraint("position", name="pk_command"),
        sa.UniqueConstraint("command_id", name="uq_command_command_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "standing_order",
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("reason_zh", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("about", name="pk_standing_order"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("standing_order")
    op.drop_table("command")
