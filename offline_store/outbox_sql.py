"""The outbox in SQL: the statements of the hot path, and the index that carries each.

Conditions such as ``state = 'waiting'`` stand as literals because SQLite uses a partial index only when the
statement repeats its condition; INDEXED BY stands where it would choose another one.
"""

from __future__ import annotations

COLUMNS = (
    "id",
    "stream",
    "type",
    "subject",
    "time",
    "monotonic_ms",
    "clock_trust",
    "data",
    "priority",
    "depends_on",
    "due_on",
    "sequence",
    "boot_id",
    "attempts",
    "period_first",
    "period_last",
    "epoch",
)
"""What is read of a row: fields of ``PendingEvent``; the last three make its ``period`` and ``store_id``."""

_COLUMNS = ", ".join(COLUMNS)

# Takes the next number of the stream and stores the row, or does nothing when the id is there (uq_outbox_id).
INSERT = """
INSERT INTO outbox (
    id, stream, sequence, type, subject, time, monotonic_ms, boot_id, clock_trust, data,
    priority, urgency, depends_on, state, last_code, set_aside_at, set_aside_reason, set_aside_because,
    period_first, period_last, due_on
) VALUES (
    ?, ?, coalesce((SELECT last_sequence FROM stream WHERE stream = ?), 0) + 1, ?, ?, ?, ?, ?, ?, ?,
    ?, ?, ?, ?, ?, ?, ?, ?,
    ?, ?, ?
) ON CONFLICT (id) DO NOTHING
RETURNING sequence
"""

COUNT_SEQUENCE = """
INSERT INTO stream (stream, last_sequence) VALUES (?, 1)
ON CONFLICT (stream) DO UPDATE SET last_sequence = last_sequence + 1
"""

INSERT_DEPENDENCY = "INSERT OR IGNORE INTO dependency (depends_on, dependant) VALUES (?, ?)"

BY_ID = f"SELECT {_COLUMNS} FROM outbox WHERE id = ?"  # noqa: S608  columns only

STANDING = "SELECT state, subject, last_code FROM outbox WHERE id = ?"

# ix_outbox_can_be_raised
RAISE_SUBJECT = """
UPDATE outbox SET urgency = ?1
WHERE state <> 'confirmed' AND urgency > 0 AND subject = ?2 AND urgency > ?1
RETURNING depends_on
"""

# ix_outbox_stepped_back for the probe; parameters: boot, now.
# Read without a limit: the caller stops when it has enough.
_DUE = """
  AND (next_try_ms IS NULL OR next_try_boot_id <> ?1 OR next_try_ms <= ?2)
  AND NOT EXISTS (
    SELECT 1 FROM outbox AS earlier INDEXED BY ix_outbox_stepped_back
    WHERE earlier.state = 'waiting' AND earlier.next_try_ms IS NOT NULL
      AND earlier.subject = outbox.subject AND earlier.position < outbox.position
      AND earlier.next_try_boot_id = ?1 AND earlier.next_try_ms > ?2)
ORDER BY urgency, position
"""

# ix_outbox_waiting in its order
DUE_IN_ORDER = f"SELECT {_COLUMNS} FROM outbox WHERE state = 'waiting' AND stream <> 'upload' {_DUE}"  # noqa: S608

# In its order too: files must be found without looking through weeks of events that wait.
_UPLOADS = "FROM outbox INDEXED BY ix_outbox_uploads WHERE state <> 'confirmed' AND stream = 'upload'"
DUE_UPLOADS = f"SELECT {_COLUMNS} {_UPLOADS} AND state = 'waiting' {_DUE}"
UPLOADS_NOT_CONFIRMED = f"SELECT id {_UPLOADS}"
"""What is set aside is among them: it may be released, with its file."""

CONFIRM = """
UPDATE outbox
SET state = 'confirmed', data = x'', confirmed_at = ?, outcome = ?, case_no = ?, last_code = ?,
    next_try_ms = NULL, next_try_boot_id = NULL
WHERE id = ? AND state = 'waiting'
RETURNING stream
"""

COUNT_OUTCOME = """
UPDATE stream SET stored = stored + (?2 = 'stored'), duplicate = duplicate + (?2 = 'duplicate')
WHERE stream = ?1
"""

# What an unconfirmed row depends on is kept: it could not be found again. What was not stated yet is kept: it
# could not be reconciled. (Only rows of this store's epoch are; and files are confirmed by their digests.)
OLD_CONFIRMED = """
SELECT position FROM outbox
WHERE state = 'confirmed' AND confirmed_at < ?
  AND (epoch IS NOT NULL OR stream = 'upload' OR EXISTS (
    SELECT 1 FROM stated WHERE stated.stream = outbox.stream AND stated.through >= outbox.sequence))
  AND NOT EXISTS (
    SELECT 1 FROM dependency JOIN outbox AS dependant ON dependant.id = dependency.dependant
    WHERE dependency.depends_on = outbox.id AND dependant.state <> 'confirmed')
LIMIT ?
"""

STEP_BACK = """
UPDATE outbox
SET attempts = attempts + 1, next_try_ms = ?, next_try_boot_id = ?, last_code = ?, last_answer = ?
WHERE id = ? AND state = 'waiting'
"""

SET_ASIDE = """
UPDATE outbox
SET state = 'set_aside', last_code = ?, set_aside_at = ?, set_aside_reason = ?, set_aside_because = ?
WHERE id = ? AND state = 'waiting'
"""

DEPENDANTS = "SELECT dependant FROM dependency WHERE depends_on = ?"

_WAITING_AGAIN = """
SET state = 'waiting', set_aside_at = NULL, set_aside_reason = NULL, set_aside_because = NULL,
    next_try_ms = NULL, next_try_boot_id = NULL
"""

# Only when nothing that it depends on is set aside.
RELEASE = f"""
UPDATE outbox {_WAITING_AGAIN}
WHERE id = ? AND state = 'set_aside' AND NOT EXISTS (
    SELECT 1 FROM json_each(outbox.depends_on) AS needed JOIN outbox AS cause ON cause.id = needed.value
    WHERE cause.state = 'set_aside')
"""  # noqa: S608  constants only

RELEASE_DEPENDANT = f"{RELEASE} AND set_aside_because IS NOT NULL"

# ix_outbox_waiting and ix_outbox_set_aside serve the two states; parameters: stream, first, last, epoch
UNDELIVERED_BETWEEN = """
SELECT id, state FROM outbox
WHERE state IN ('waiting', 'set_aside') AND stream = ? AND sequence BETWEEN ? AND ? AND epoch IS ?
ORDER BY position
"""

DUE_NOW = """
UPDATE outbox SET next_try_ms = NULL, next_try_boot_id = NULL WHERE id = ? AND state = 'waiting'
"""

# ix_outbox_case_no
CASE_NUMBER = """
SELECT case_no FROM outbox WHERE subject = ? AND case_no IS NOT NULL AND stream = 'case'
ORDER BY position LIMIT 1
"""

# ix_outbox_stepped_back; parameters: boot, now
NEXT_TRY = """
SELECT min(next_try_ms) - ?2 FROM outbox INDEXED BY ix_outbox_stepped_back
WHERE state = 'waiting' AND next_try_ms IS NOT NULL AND next_try_boot_id = ?1 AND next_try_ms > ?2
"""

# ix_outbox_stepped_back
STEPPED_BACK = """
SELECT count(*), coalesce(max(attempts), 0) FROM outbox INDEXED BY ix_outbox_stepped_back
WHERE state = 'waiting' AND next_try_ms IS NOT NULL
"""

NOTE_EXCHANGE = """
INSERT INTO counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""

EXCHANGES = "SELECT name, value FROM counter WHERE name >= 'exchange.' AND name < 'exchange/' ORDER BY value"

# ix_outbox_waiting, without touching a row but one
OLDEST = """
SELECT boot_id, monotonic_ms, time, clock_trust FROM outbox
WHERE position = (SELECT min(position) FROM outbox INDEXED BY ix_outbox_waiting WHERE state = 'waiting')
"""

STREAMS = """
SELECT stream, last_sequence, stored, duplicate, superseded, refused, rescued FROM stream ORDER BY stream
"""

# ix_outbox_set_aside
LIST_SET_ASIDE = """
SELECT id, stream, subject, coalesce(last_code, ''), set_aside_reason, set_aside_at, set_aside_because
FROM outbox WHERE state = 'set_aside' ORDER BY position
"""
