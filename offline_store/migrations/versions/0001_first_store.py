"""The first store: identity, outbox with all columns of later needs, item batches, counters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "identity",
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", name="pk_identity"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stream",
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("last_sequence", sa.Integer(), nullable=False),
        sa.Column("stored", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("duplicate", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("stream", name="pk_stream"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "outbox",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("time", sa.Text(), nullable=False),
        sa.Column("monotonic_ms", sa.Integer(), nullable=False),
        sa.Column("boot_id", sa.Text(), nullable=False),
        sa.Column("clock_trust", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("depends_on", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'waiting'"), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_try_ms", sa.Integer()),
        sa.Column("next_try_boot_id", sa.Text()),
        sa.Column("last_code", sa.Text()),
        sa.Column("last_answer", sa.Text()),
        sa.Column("set_aside_at", sa.Text()),
        sa.Column("set_aside_reason", sa.Text()),
        sa.Column("set_aside_because", sa.Text()),
        sa.Column("confirmed_at", sa.Text()),
        sa.Column("outcome", sa.Text()),
        sa.Column("case_no", sa.Text()),
        sa.Column("period_first", sa.Integer()),
        sa.Column("period_last", sa.Integer()),
        sa.CheckConstraint("state IN ('waiting', 'set_aside', 'confirmed')", name=op.f("ck_outbox_state")),
        sa.CheckConstraint(
            "priority BETWEEN 0 AND 9 AND urgency <= priority", name=op.f("ck_outbox_priority")
        ),
        sa.CheckConstraint("state <> 'confirmed' OR data = x''", name=op.f("ck_outbox_confirmed_is_erased")),
        sa.CheckConstraint(
            "(state = 'confirmed') = (outcome IS NOT NULL)", name=op.f("ck_outbox_confirmed_has_outcome")
        ),
        sa.CheckConstraint("outcome IN ('stored', 'duplicate')", name=op.f("ck_outbox_outcome")),
        sa.CheckConstraint(
            "(state = 'set_aside') = (set_aside_reason IS NOT NULL)",
            name=op.f("ck_outbox_set_aside_has_reason"),
        ),
        sa.PrimaryKeyConstraint("position", name="pk_outbox"),
        sa.UniqueConstraint("id", name="uq_outbox_id"),
        sqlite_strict=True,
    )
    for name, columns, condition in (
        ("waiting", ["urgency", "position"], "state = 'waiting'"),
        ("can_be_raised", ["subject", "urgency"], "state <> 'confirmed' AND urgency > 0"),
        ("stepped_back", ["subject", "position"], "state = 'waiting' AND next_try_ms IS NOT NULL"),
        ("set_aside", ["position"], "state = 'set_aside'"),
        ("case_no", ["subject"], "case_no IS NOT NULL"),
    ):
        op.create_index(f"ix_outbox_{name}", "outbox", columns, sqlite_where=sa.text(condition))
    op.create_table(
        "dependency",
        sa.Column("depends_on", sa.Text(), nullable=False),
        sa.Column("dependant", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["depends_on"], ["outbox.id"], name="fk_dependency_depends_on_outbox", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("depends_on", "dependant", name="pk_dependency"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "item_batch",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("effective_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_item_batch"),
        sa.UniqueConstraint("batch_id", name="uq_item_batch_batch_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "counter",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_counter"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("counter", "item_batch", "dependency", "outbox", "stream", "identity"):
        op.drop_table(table)
