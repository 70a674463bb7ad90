"""Puts rows that were read into the ledger, in order, each answered for itself, within one transaction.

The same id is the same event, for ever: it is counted as a repeat and never stored twice. A service waits for
its case and a rating for its service; what waits leaves no trace.

What the rows of a batch come to is gathered and goes down a table at a time, for a platform that a whole
district's queues reach at once. Before something is asked of the tables that an earlier row of the batch may
have changed, it goes down first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from enum import Enum

import msgspec
from sqlalchemy import Connection, bindparam, insert, select, update

from contract.answers import EventAnswer
from contract.envelope import event_type, stream_of
from contract.fields import UUID_PATTERN
from contract.payloads import Case, Payload, Rating, Reconciliation, Service, Status, UndeliveredCase
from contract.session import Session
from contract.sets import Outcome, Remedy, Satisfaction, Stream
from foundation.clock import rfc3339
from province_platform.callers import Terminal
from province_platform.case_book import CaseBook
from province_platform.reading import UNDELIVERED, ReadRow, RefusedRow
from province_platform.records import RecordBook
from province_platform.schema import events, latest, refusals
from province_platform.sequences import LARGEST_SEQUENCE, SequenceBook, Span
from province_platform.true_times import TrueTimes
from province_platform.undelivered import NOTABLE, UndeliveredBook

_LATEST_KEPT = (Stream.SITE, Stream.POSITION, Stream.STATUS)
_POOR = (Satisfaction.DISSATISFIED, Satisfaction.VERY_DISSATISFIED)
_CASE = event_type(Stream.CASE)
_COUNT_REPEATS = (
    update(events)
    .where(events.c.id == bindparam("event_id"))
    .values(
        repeats=events.c.repeats + bindparam("again"),
        conflicts=events.c.conflicts + bindparam("otherwise"),
    )
)


class Notable(Enum):
    """What an operator must not miss among all the events that are as they should be."""

    CASE_UNDELIVERED = NOTABLE
    WIPE_NOT_CLEAN = "wipe_not_clean"
    POOR_RATING = "poor_rating"


class Ledger:
    """One batch of one terminal in one transaction."""

    def __init__(self, connection: Connection, terminal: Terminal, now: datetime) -> None:
        self._connection = connection
        self._terminal = terminal
        self._received_at = rfc3339(now)
        self._sequences = SequenceBook(connection, terminal.terminal_id)
        self._times = TrueTimes(connection, terminal.terminal_id)
        self._undelivered = UndeliveredBook(connection, now)
        self._records = RecordBook(connection, terminal.terminal_id, now)
        self._cases = CaseBook(connection, terminal, now)
        self._new_events: list[dict[str, object]] = []
        self._repeats: Counter[str] = Counter()
        self._conflicts: Counter[str] = Counter()
        self._refusals: list[dict[str, object]] = []
        self._newest: dict[Stream, ReadRow] = {}

    def store(self, rows: Sequence[ReadRow | RefusedRow]) -> list[EventAnswer]:
        """One answer for each row, in their order."""
        whole = [row for row in rows if isinstance(row, ReadRow)]
        known = self._known([row.event.id for row in whole])
        self._cases.read(whole)
        answers = []
        for row in rows:
            if isinstance(row, RefusedRow):
                answer = self._refuse(row)
            elif row.event.id in known:
                answer = self._repeat(row, known[row.event.id])
            else:
                answer = self._store(row)
                if answer.outcome is Outcome.STORED:
                    known[row.event.id] = row.document
            answers.append(answer)
        self._write()
        for row in self._newest.values():
            self._keep_latest(row)
        self._sequences.write()
        self._times.write()
        return answers

    def _known(self, ids: list[str]) -> dict[str, str]:
        found = self._connection.execute(select(events.c.id, events.c.document).where(events.c.id.in_(ids)))
        return {row.id: row.document for row in found}

    def _write(self) -> None:
        """What was gathered is in the tables afterwards."""
        repeats = [
            {"event_id": event_id, "again": again, "otherwise": self._conflicts[event_id]}
            for event_id, again in self._repeats.items()
        ]
        if self._new_events:
            self._connection.execute(insert(events), self._new_events)
        if repeats:
            self._connection.execute(_COUNT_REPEATS, repeats)
        if self._refusals:
            self._connection.execute(insert(refusals), self._refusals)
        self._cases.write()
        for gathered in (self._new_events, self._repeats, self._conflicts, self._refusals):
            gathered.clear()

    def _refuse(self, row: RefusedRow) -> EventAnswer:
        answer = row.answer()
        stream = stream_of(row.event.type) if row.event is not None else None
        if row.event is not None:
            sequence = int(row.event.sequence)
            if stream is not None and 0 < sequence <= LARGEST_SEQUENCE:
                # Refused is known: its number is not missing.
                self._sequences.arrived(row.event.storeid, stream.value, Span(sequence, sequence))
            if row.event.type == _CASE:
                self._write()  # the case itself may have come in this very batch
                self._undelivered.refused(self._terminal.terminal_id, row.event, answer.code)
        self._refusals.append(
            {
                "event_id": answer.id if re.fullmatch(UUID_PATTERN, answer.id) else "",
                "terminal_id": self._terminal.terminal_id,
                "stream": stream.value if stream is not None else "",
                "received_at": self._received_at,
                "code": answer.code,
                "reason": answer.reason,
            }
        )
        return answer

    def _repeat(self, row: ReadRow, document: str) -> EventAnswer:
        self._repeats[row.event.id] += 1
        self._conflicts[row.event.id] += document != row.document
        case_no = self._cases.case_no(row.event.id)
        return EventAnswer(id=row.event.id, outcome=Outcome.DUPLICATE, case_no=case_no)

    def _store(self, row: ReadRow) -> EventAnswer:
        answer = self._keep(row)
        if answer.outcome is Outcome.REFUSED:
            return self._refuse(RefusedRow(row.event.id, answer.reason, row.event))
        if answer.outcome is not Outcome.STORED:
            return answer
        self._new_events.append(self._event(row))
        if row.stream in _LATEST_KEPT:
            newest = self._newest.setdefault(row.stream, row)
            if newest.event.storeid != row.event.storeid or newest.span.last < row.span.last:
                self._newest[row.stream] = row
        self._sequences.arrived(row.event.storeid, row.stream.value, row.span)
        self._times.note(row.event)
        return answer

    def _event(self, row: ReadRow) -> dict[str, object]:
        notable = _notable(row)
        return {
            "id": row.event.id,
            "terminal_id": self._terminal.terminal_id,
            "stream": row.stream.value,
            "type": row.event.type,
            "subject": row.event.subject,
            "occurred_at": row.event.time,
            "received_at": self._received_at,
            "store_id": row.event.storeid,
            "sequence": row.span.last,
            "repeats": 0,
            "conflicts": 0,
            "notable": notable.value if notable else "",
            "document": row.document,
        }

    def _keep(self, row: ReadRow) -> EventAnswer:
        match row.payload:
            case Case():
                return self._cases.keep_case(row, row.payload)
            case Service():
                return self._cases.keep_service(row, row.payload)
            case Rating():
                return self._cases.keep_rating(row, row.payload)
        if _looks_back(row.payload):
            self._write()
        reason = self._records.keep(row.event, row.payload)
        return row.refused(reason) if reason else row.stored()

    def _keep_latest(self, row: ReadRow) -> None:
        this = (latest.c.terminal_id == self._terminal.terminal_id) & (latest.c.stream == row.stream.value)
        before = self._connection.execute(
            select(latest.c.store_id, latest.c.sequence).where(this)
        ).one_or_none()
        values = {
            "store_id": row.event.storeid,
            "sequence": row.span.last,
            "occurred_at": row.event.time,
            "received_at": self._received_at,
            "payload": msgspec.json.encode(row.payload).decode("utf-8"),
        }
        if before is None:
            names = {"terminal_id": self._terminal.terminal_id, "stream": row.stream.value}
            self._connection.execute(insert(latest).values(**names, **values))
        elif before.store_id != row.event.storeid or before.sequence < row.span.last:
            self._connection.execute(update(latest).where(this).values(**values))


def _notable(row: ReadRow) -> Notable | None:
    payload = row.payload
    if row.event.type == UNDELIVERED:
        return Notable.CASE_UNDELIVERED
    if isinstance(payload, Session) and _left_something(payload):
        return Notable.WIPE_NOT_CLEAN
    if isinstance(payload, Rating) and payload.level in _POOR:
        return Notable.POOR_RATING
    return None


def _left_something(session: Session) -> bool:
    """Whether the wipe was not clean, and nothing has put that right since, as far as is known."""
    if session.wipe_clean:
        return False
    not_helped = session.remedy in (Remedy.NONE, Remedy.OUT_OF_SERVICE)
    return not_helped or bool(session.remedy_copies_found)


def _looks_back(payload: Payload) -> bool:
    """Whether it speaks of what may have come in this very batch."""
    if isinstance(payload, Status):
        return any(case.set_aside for case in payload.queue.cases)
    return isinstance(payload, Reconciliation | UndeliveredCase)
