"""The honest board: figures of the outbox, all of one moment, for the technician and the province."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from foundation.clock import rfc3339
from offline_store import outbox_sql as sql
from offline_store.database import Transaction
from offline_store.events import Board, SetAsideEvent, StreamCount

EXCHANGE = "exchange."
ANSWERED = "answered"


def read_board(transaction: Transaction, *, boot_id: str, monotonic_ms: int) -> Board:
    """Reads the board at ``monotonic_ms`` of the boot ``boot_id``.

    What waits is not counted row by row: every sequence number that was given out is one row, which is
    confirmed, set aside, superseded or waiting; so is every row that was rescued from an earlier store. So
    the board stays cheap with years of rows behind it.
    """
    set_aside = tuple(SetAsideEvent(*row) for row in transaction.execute(sql.LIST_SET_ASIDE))
    aside_by_stream = Counter(event.stream for event in set_aside)
    streams: dict[str, StreamCount] = {}
    sent = Counter(stored=0, duplicate=0)
    for stream, last_sequence, stored, duplicate, superseded, refused, rescued in transaction.execute(
        sql.STREAMS
    ):
        sent.update(stored=stored, duplicate=duplicate)
        streams[stream] = StreamCount(
            waiting=last_sequence + rescued - stored - duplicate - superseded - aside_by_stream[stream],
            set_aside=aside_by_stream[stream],
            confirmed=stored + duplicate,
            last_sequence=last_sequence,
            superseded=superseded,
            refused=refused,
        )
    oldest = transaction.execute(sql.OLDEST).fetchone()
    age_s = time = clock_trust = None
    is_of_this_boot = True
    if oldest is not None:
        boot_of_oldest, since_ms, time, clock_trust = oldest
        is_of_this_boot = boot_of_oldest == boot_id
        age_s = max(0, monotonic_ms - (since_ms if is_of_this_boot else 0)) / 1000
    ((stepped_back, most_attempts),) = transaction.execute(sql.STEPPED_BACK).fetchall()
    return Board(
        depth=sum(count.waiting for count in streams.values()),
        oldest_age_s=age_s,
        oldest_age_is_minimum=not is_of_this_boot,
        oldest_time=time,
        oldest_clock_trust=clock_trust,
        next_try_in_s=read_next_try_s(transaction, boot_id=boot_id, monotonic_ms=monotonic_ms),
        streams=streams,
        set_aside=set_aside,
        sent=dict(sent),
        stepped_back=stepped_back,
        most_attempts=most_attempts,
        exchanges=_exchanges(transaction),
    )


def _exchanges(transaction: Transaction) -> dict[str, str]:
    """How attempts to send ended and when each kind of end was had last, the newest last."""
    return {
        name.removeprefix(EXCHANGE): rfc3339(datetime.fromtimestamp(at_us / 1_000_000, UTC))
        for name, at_us in transaction.execute(sql.EXCHANGES)
    }


def note_exchange(transaction: Transaction, word: str, at: datetime) -> None:
    """Notes that an attempt to send ended at ``at`` so."""
    transaction.execute(sql.NOTE_EXCHANGE, (EXCHANGE + word, round(at.timestamp() * 1_000_000)))


def read_next_try_s(transaction: Transaction, *, boot_id: str, monotonic_ms: int) -> float | None:
    """Seconds until the first stepped-back row is tried again, None when none is stepped back."""
    row = transaction.execute(sql.NEXT_TRY, (boot_id, monotonic_ms)).fetchone()
    return None if row is None or row[0] is None else row[0] / 1000
