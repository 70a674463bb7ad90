"""The tables. Times are RFC 3339 text in UTC with milliseconds, which sorts as it should."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()
_POSITION = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts rows up in an INTEGER alone, which has 64 bits there."""

sites = Table(
    "sites", metadata, Column("site_id", String(32), primary_key=True), Column("record", Text, nullable=False)
)
"""点位 as seeded; ``record`` is a ``contract.payloads.Site`` in JSON."""

terminals = Table(
    "terminals",
    metadata,
    Column("terminal_id", String(32), primary_key=True),
    Column("terminal_number", String(5), nullable=False, unique=True),
    Column("name", String(60), nullable=False),
    Column("site_id", String(32), nullable=False),
    Column("certificate", Text, nullable=False),
    Column("serial_number", String(40), nullable=False),
    Column("machine", Text, nullable=False),
    Column("enrolled_at", String(24), nullable=False),
    Column("revoked_at", String(24)),
)

certificates = Table(
    "certificates",
    metadata,
    Column("serial_number", String(40), primary_key=True),
    Column("terminal_id", String(32), nullable=False),
    Column("certificate", Text, nullable=False),
    Column("key_digest", String(64), nullable=False),
    Column("issued_at", String(24), nullable=False),
    Index("certificates_by_terminal", "terminal_id", "issued_at"),
)
"""Those after the enrolment's own. Each is good until its own end, or until its terminal is revoked."""

enrolment_codes = Table(
    "enrolment_codes",
    metadata,
    Column("secret_digest", String(64), primary_key=True),
    Column("site_id", String(32), nullable=False),
    Column("terminal_name", String(60), nullable=False),
    Column("made_at", String(24), nullable=False),
    Column("expires_at", String(24), nullable=False),
    Column("redeemed_at", String(24)),
    Column("terminal_id", String(32)),
    Column("key_digest", String(64)),
)

events = Table(
    "events",
    metadata,
    Column("position", _POSITION, primary_key=True, autoincrement=True),
    Column("id", String(36), nullable=False, unique=True),
    Column("terminal_id", String(32), nullable=False),
    Column("stream", String(16), nullable=False),
    Column("type", String(64), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("occurred_at", String(24), nullable=False),
    Column("received_at", String(24), nullable=False),
    Column("store_id", String(36), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("repeats", Integer, nullable=False, default=0),
    Column("conflicts", Integer, nullable=False, default=0),
    Column("notable", String(32), nullable=False, default=""),
    Column("document", Text, nullable=False),
    Index("events_by_terminal", "terminal_id", "stream", "position"),
    Index("events_by_stream", "stream", "position"),
    Index("events_by_subject", "subject", "position"),
    Index("events_by_notable", "notable", "position"),
    Index("events_by_sequence", "terminal_id", "store_id", "stream", "sequence"),
)
"""The ledger. ``repeats`` counts the same id sent again, ``conflicts`` those of them with another content."""

refusals = Table(
    "refusals",
    metadata,
    Column("position", _POSITION, primary_key=True, autoincrement=True),
    Column("event_id", String(64), nullable=False),
    Column("terminal_id", String(32), nullable=False),
    Column("stream", String(16), nullable=False),
    Column("received_at", String(24), nullable=False),
    Column("code", String(8), nullable=False),
    Column("reason", String(200), nullable=False),
)
"""Rows that were refused: which (where they had an id of an event) and why, never what stood in them."""

stream_heads = Table(
    "stream_heads",
    metadata,
    Column("terminal_id", String(32), primary_key=True),
    Column("store_id", String(36), primary_key=True),
    Column("stream", String(16), primary_key=True),
    Column("highest", BigInteger, nullable=False),
)

boot_anchors = Table(
    "boot_anchors",
    metadata,
    Column("terminal_id", String(32), primary_key=True),
    Column("boot_id", String(36), primary_key=True),
    Column("monotonic_ms", BigInteger, primary_key=True),
    Column("at", String(24), nullable=False),
)
"""Moments of a boot at which the terminal knew the time."""

event_times = Table(
    "event_times",
    metadata,
    Column("event_id", String(36), primary_key=True),
    Column("terminal_id", String(32), nullable=False),
    Column("boot_id", String(36), nullable=False),
    Column("monotonic_ms", BigInteger, nullable=False),
    Column("known_by", String(8), nullable=False),
    Column("true_at", String(24)),
    Index("event_times_by_boot", "terminal_id", "boot_id"),
)
"""Events whose terminal did not know the time: when they really happened, as far as that is known."""

gaps = Table(
    "gaps",
    metadata,
    Column("terminal_id", String(32), primary_key=True),
    Column("store_id", String(36), primary_key=True),
    Column("stream", String(16), primary_key=True),
    Column("first", BigInteger, primary_key=True),
    Column("last", BigInteger, nullable=False),
)
"""Sequence numbers that have not come although later ones have."""

statements = Table(
    "statements",
    metadata,
    Column("terminal_id", String(32), primary_key=True),
    Column("store_id", String(36), primary_key=True),
    Column("stream", String(16), primary_key=True),
    Column("first", BigInteger, primary_key=True),
    Column("last", BigInteger, nullable=False),
    Column("counted", Integer, nullable=False),
    Column("cut_at", String(24), nullable=False),
    Column("received_at", String(24), nullable=False),
    Column("held", Integer, nullable=False),
    Column("agrees", Boolean, nullable=False),
    Column("missing", Text, nullable=False),
    Column("doubled", Text, nullable=False),
    Column("alarm_id", String(36), nullable=False),
)
"""What terminals stated of their delivery, and what the ledger holds there. ``missing`` is a list of
[first, last], ``doubled`` of numbers, in JSON; ``alarm_id`` is that of the difference, or empty."""

wanted = Table(
    "wanted",
    metadata,
    Column("terminal_id", String(32), primary_key=True),
    Column("store_id", String(36), primary_key=True),
    Column("stream", String(16), primary_key=True),
    Column("first", BigInteger, primary_key=True),
    Column("last", BigInteger, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("asked_at", String(24), nullable=False),
)
"""What terminals are asked for; ``asked`` counts the answers that it stood in, ``asked_at`` the last."""

case_numbers = Table(
    "case_numbers",
    metadata,
    Column("task_code", String(50), primary_key=True),
    Column("day", String(8), primary_key=True),
    Column("used", Integer, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("case_no", String(50), nullable=False, unique=True),
    Column("event_id", String(36), nullable=False, unique=True),
    Column("terminal_id", String(32), nullable=False),
    Column("site_id", String(32), nullable=False),
    Column("region_code", String(12), nullable=False),
    Column("item_code", String(64), nullable=False),
    Column("receipt_number", String(11), nullable=False),
    Column("state", String(16), nullable=False),
    Column("assurance", String(16), nullable=False),
    Column("subject_ref", String(64), nullable=False),
    Column("offline", Boolean, nullable=False),
    Column("occurred_at", String(24), nullable=False),
    Column("received_at", String(24), nullable=False),
    Column("hear_by", String(10), nullable=False),
    Index("cases_by_person", "subject_ref", "received_at"),
    Index("cases_by_time", "received_at"),
)

attachments = Table(
    "attachments",
    metadata,
    Column("attachment_id", String(36), primary_key=True),
    Column("terminal_id", String(32), nullable=False),
    Column("length", Integer, nullable=False),
    Column("digest", String(71), nullable=False),
    Column("received", Integer, nullable=False),
    Column("case_id", String(36), nullable=False),
    Column("touched_at", String(24), nullable=False),
    Column("completed_at", String(24)),
    Index("attachments_by_digest", "terminal_id", "digest"),
    Index("attachments_by_case", "case_id"),
)
"""Sealed files of cases; ``received`` bytes are durable, ``case_id`` is empty until a case has named it."""

duplicates = Table(
    "duplicates",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("duplicate_of", String(36), nullable=False),
)
"""Cases of a person who had applied for the same before, where that is done once."""

undelivered = Table(
    "undelivered",
    metadata,
    Column("case_id", String(36), primary_key=True),
    Column("terminal_id", String(32), nullable=False),
    Column("owner", String(60), nullable=False),
    Column("receipt_number", String(11), nullable=False),
    Column("item_code", String(64), nullable=False),
    Column("deadline", String(10), nullable=False),
    Column("hear_by", String(10), nullable=False),
    Column("call_back", Boolean, nullable=False),
    Column("reason", String(16), nullable=False),
    Column("code", String(8), nullable=False),
    Column("state", String(16), nullable=False),
    Column("opened_at", String(24), nullable=False),
    Column("taken_up_at", String(24), nullable=False),
    Column("taken_up_by", String(60), nullable=False),
    Column("closed_at", String(24), nullable=False),
    Column("closed_because", String(200), nullable=False),
    Index("undelivered_by_receipt", "receipt_number"),
    Index("undelivered_by_state", "state", "deadline"),
)
"""Cases that somebody handed in and that are not here, with the office that looks after each."""

operator_acts = Table(
    "operator_acts",
    metadata,
    Column("position", _POSITION, primary_key=True, autoincrement=True),
    Column("at", String(24), nullable=False),
    Column("by", String(60), nullable=False),
    Column("act", String(16), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("note", String(200), nullable=False),
)
"""What operators did about a case, by office or window."""

services = Table(
    "services",
    metadata,
    Column("service_id", String(36), primary_key=True),
    Column("case_id", String(36), nullable=False),
    Column("service_no", Integer, nullable=False),
    Column("kind", String(24), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("received_at", String(24), nullable=False),
    UniqueConstraint("case_id", "service_no", name="one_service_for_each_number"),
)

ratings = Table(
    "ratings",
    metadata,
    Column("rating_id", String(36), primary_key=True),
    Column("case_id", String(36), nullable=False),
    Column("service_id", String(36), nullable=False),
    Column("service_no", Integer, nullable=False),
    Column("assess_number", Integer, nullable=False),
    Column("level", String(24), nullable=False),
    Column("tags", Text, nullable=False),
    Column("rated_at", String(24), nullable=False),
    Column("received_at", String(24), nullable=False),
    UniqueConstraint("case_id", "service_no", "assess_number", name="one_rating_for_each_time"),
    Index("ratings_by_time", "received_at"),
)

latest = Table(
    "latest",
    metadata,
    Column("terminal_id", String(32), primary_key=True),
    Column("stream", String(16), primary_key=True),
    Column("store_id", String(36), nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("occurred_at", String(24), nullable=False),
    Column("received_at", String(24), nullable=False),
    Column("payload", Text, nullable=False),
)
"""The last word of each terminal on its site, its position and its status."""

audit_heads = Table(
    "audit_heads",
    metadata,
    Column("terminal_id", String(32), primary_key=True),
    Column("chain_id", String(36), primary_key=True),
    Column("last_entry", BigInteger, nullable=False),
    Column("head", String(128), nullable=False),
    Column("received_at", String(24), nullable=False),
)
"""How far each terminal has told its audit chain. What is behind the highest entry never takes its place."""

alarms = Table(
    "alarms",
    metadata,
    Column("alarm_id", String(36), primary_key=True),
    Column("terminal_id", String(32), nullable=False),
    Column("code", String(8), nullable=False),
    Column("device", String(32), nullable=False),
    Column("open", Boolean, nullable=False),
    Column("since", String(24), nullable=False),
    Column("event_id", String(36), nullable=False),
)

citizen_sessions = Table(
    "citizen_sessions",
    metadata,
    Column("session_id", String(36), primary_key=True),
    Column("token_digest", String(64), nullable=False, unique=True),
    Column("terminal_id", String(32), nullable=False),
    Column("subject_ref", String(64), nullable=False),
    Column("assurance", String(16), nullable=False),
    Column("started_at", String(24), nullable=False),
    Column("expires_at", String(24), nullable=False),
    Column("ended_at", String(24)),
)

nonces = Table(
    "nonces",
    metadata,
    Column("nonce", String(36), primary_key=True),
    Column("terminal_id", String(32), nullable=False),
    Column("used_at", String(24), nullable=False),
)

commands = Table(
    "commands",
    metadata,
    Column("position", _POSITION, primary_key=True, autoincrement=True),
    Column("command_id", String(36), nullable=False, unique=True),
    Column("terminal_id", String(32), nullable=False),
    Column("verb", String(32), nullable=False),
    Column("content", Text, nullable=False),
    Column("signature", Text, nullable=False),
    Column("issued_at", String(24), nullable=False),
    Column("deadline", String(24), nullable=False),
    Column("handed_out_at", String(24)),
    Column("outcome", String(16)),
    Column("code", String(8), nullable=False, default=""),
    Column("explanation", Text, nullable=False, default=""),
    Column("answered_at", String(24)),
    Index("commands_by_terminal", "terminal_id", "position"),
)
"""``content`` is what was signed, to the letter; ``outcome`` is empty until the terminal has said it."""

command_pictures = Table(
    "command_pictures",
    metadata,
    Column("command_id", String(36), primary_key=True),
    Column("picture", Text, nullable=False),
)
"""What a terminal was shown to look like: JPEG in Base64, without the person."""

dynamic_codes = Table(
    "dynamic_codes",
    metadata,
    Column("code_digest", String(64), primary_key=True),
    Column("person_id", String(32), nullable=False),
    Column("expires_at", String(24), nullable=False),
    Column("used_at", String(24)),
)

key_shares = Table(
    "key_shares",
    metadata,
    Column("terminal_id", String(32), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("nonce", String(64), nullable=False),
    Column("made_at", String(24), nullable=False),
)
