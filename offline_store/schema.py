"""The tables, as the models that migrations are tested against.

The hot paths speak SQL (outbox_sql.py); these models serve the migrations and say what each column is for.
Tables are STRICT: a text in a number's column is a bug that shows at once.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMING_CONVENTION)

identity = Table(
    "identity",
    metadata,
    Column("store_id", Text, primary_key=True, comment="made with the file: a rebuilt store is a new epoch"),
    Column("created_at", Text, nullable=False, comment="RFC 3339 UTC, as the clock stood"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

stream = Table(
    "stream",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("last_sequence", Integer, nullable=False),
    Column("stored", Integer, nullable=False, server_default=text("0"), comment="confirmed so"),
    Column("duplicate", Integer, nullable=False, server_default=text("0"), comment="confirmed so"),
    Column("superseded", Integer, nullable=False, server_default=text("0"), comment="a later row names them"),
    Column(
        "refused", Integer, nullable=False, server_default=text("0"), comment="by quota, without a number"
    ),
    Column("rescued", Integer, nullable=False, server_default=text("0"), comment="unsent, of an older store"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

stated = Table(
    "stated",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("through", Integer, nullable=False, comment="the last sequence whose delivery was stated"),
    Column("day", Text, nullable=False, comment="in China; empty when it is to be stated again"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

outbox = Table(
    "outbox",
    metadata,
    Column("position", Integer, primary_key=True, comment="the order of appending, over all streams"),
    Column("id", Text, nullable=False, unique=True),
    Column("stream", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("time", Text, nullable=False),
    Column("monotonic_ms", Integer, nullable=False),
    Column("boot_id", Text, nullable=False),
    Column("clock_trust", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("priority", Integer, nullable=False, comment="as the caller gave it"),
    Column("urgency", Integer, nullable=False, comment="the best priority of this and of what waits for it"),
    Column("depends_on", Text, nullable=False, comment="JSON list of ids"),
    Column("state", Text, nullable=False, server_default=text("'waiting'")),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("next_try_ms", Integer, comment="monotonic, of next_try_boot_id; on another boot it is due"),
    Column("next_try_boot_id", Text),
    Column("last_code", Text),
    Column("last_answer", Text, comment="redacted, at most 500 characters"),
    Column("set_aside_at", Text),
    Column("set_aside_reason", Text),
    Column("set_aside_because", Text, comment="the set-aside event that this one depends on"),
    Column("confirmed_at", Text),
    Column("outcome", Text),
    Column("case_no", Text),
    # A status that stands for the ones before it names their range here (first and last sequence) and is sent
    # in their stead (quotas.py); nothing but superseded status is ever coalesced.
    Column("period_first", Integer),
    Column("period_last", Integer),
    Column("epoch", Text, comment="the store_id of the store that it was rescued from; none: of this one"),
    Column("due_on", Text, comment="the day that somebody was promised; empty: no day; none: nobody was"),
    CheckConstraint("state IN ('waiting', 'set_aside', 'confirmed')", name="state"),
    CheckConstraint("priority BETWEEN 0 AND 9 AND urgency <= priority", name="priority"),
    CheckConstraint("state <> 'confirmed' OR data = x''", name="confirmed_is_erased"),
    CheckConstraint("(state = 'confirmed') = (outcome IS NOT NULL)", name="confirmed_has_outcome"),
    CheckConstraint("outcome IN ('stored', 'duplicate')", name="outcome"),
    CheckConstraint("(state = 'set_aside') = (set_aside_reason IS NOT NULL)", name="set_aside_has_reason"),
    sqlite_strict=True,
)

Index("ix_outbox_waiting", outbox.c.urgency, outbox.c.position, sqlite_where=text("state = 'waiting'"))
Index(
    "ix_outbox_uploads",
    outbox.c.urgency,
    outbox.c.position,
    sqlite_where=text("state <> 'confirmed' AND stream = 'upload'"),
)
# What can still be made more urgent: not the rows of priority 0, which are those that somebody waits for.
Index(
    "ix_outbox_can_be_raised",
    outbox.c.subject,
    outbox.c.urgency,
    sqlite_where=text("state <> 'confirmed' AND urgency > 0"),
)
Index(
    "ix_outbox_stepped_back",
    outbox.c.subject,
    outbox.c.position,
    sqlite_where=text("state = 'waiting' AND next_try_ms IS NOT NULL"),
)
Index("ix_outbox_set_aside", outbox.c.position, sqlite_where=text("state = 'set_aside'"))
Index("ix_outbox_case_no", outbox.c.subject, sqlite_where=text("case_no IS NOT NULL"))
Index(
    "ix_outbox_promised",
    outbox.c.due_on,
    outbox.c.position,
    sqlite_where=text("state <> 'confirmed' AND due_on IS NOT NULL"),
)

dependency = Table(
    "dependency",
    metadata,
    Column("depends_on", Text, ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True),
    Column("dependant", Text, primary_key=True, comment="the id of the event that has it in depends_on"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

item_batch = Table(
    "item_batch",
    metadata,
    Column("position", Integer, primary_key=True, comment="the newest is the highest"),
    Column("batch_id", Text, nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False, comment="the exact bytes that were signed"),
    Column("signature", Text, nullable=False),
    Column("effective_at", Text, nullable=False),
    sqlite_strict=True,
)

counter = Table(
    "counter",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Integer, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

secret = Table(
    "secret",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False, comment="random, made when first needed"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

draft = Table(
    "draft",
    metadata,
    Column("owner", Text, primary_key=True, comment="what a person's secret leads to; not the way back"),
    Column("item", Text, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("boot_id", Text, nullable=False),
    Column("expires_ms", Integer, nullable=False, comment="monotonic, of boot_id"),
    sqlite_strict=True,
)

audit_chain = Table(
    "audit_chain",
    metadata,
    Column("chain_id", Text, primary_key=True),
    Column("last_entry", Integer, nullable=False),
    Column("seal", LargeBinary, nullable=False, comment="keyed digest of where the chain ends"),
    Column("anchored_entry", Integer, nullable=False, comment="the last one that the province was told of"),
    Column("digest", Text, nullable=False, server_default="hmac-sha256", comment="AuditDigest"),
    Column("trimmed_entry", Integer, nullable=False, server_default="0", comment="the last one that is gone"),
    Column("trimmed_head", LargeBinary, nullable=False, server_default=text("x''"), comment="its digest"),
    Column("trimmed_seal", LargeBinary, nullable=False, server_default=text("x''"), comment="over both"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

audit_entry = Table(
    "audit_entry",
    metadata,
    Column("number", Integer, primary_key=True, comment="from 1 without a gap"),
    Column("time", Text, nullable=False),
    Column("boot_id", Text, nullable=False),
    Column("monotonic_ms", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("previous", LargeBinary, nullable=False, comment="the digest of the entry before"),
    Column("digest", LargeBinary, nullable=False, comment="keyed, over all of the entry but its number"),
    sqlite_strict=True,
)

command = Table(
    "command",
    metadata,
    Column("position", Integer, primary_key=True, comment="the order in which they came"),
    Column("command_id", Text, nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False, comment="what was signed, until it is answered"),
    Column("received_at", Text, nullable=False),
    Column("begun", Integer, nullable=False, server_default=text("0")),
    Column("outcome", Text, comment="as it was told to the province; none: not answered yet"),
    sqlite_strict=True,
)

standing_order = Table(
    "standing_order",
    metadata,
    Column("about", Text, primary_key=True, comment="service, or item/<code>"),
    Column("reason_zh", Text, nullable=False),
    Column("reason_en", Text, nullable=False),
    Column("since", Text, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
