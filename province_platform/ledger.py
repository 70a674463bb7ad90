"""Puts rows that were read into the ledger, in order, each answered for itself, within one transaction.

The same id is the same event, for ever: it is counted as a repeat and never stored twice. A service waits for
its case and a rating for its service; what waits leaves no trace.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import Enum

import msgspec
from sqlalchemy import Connection, insert, select, update

from contract.answers import EventAnswer
from contract.payloads import (
    Case,
    Rating,
    Reconciliation,
    Service,
    Session,
)
from contract.sets import CaseState, ItemKind, Outcome, Satisfaction, Stream
from foundation.clock import rfc3339
from foundation.errors import Errors
from province_platform.callers import Terminal
from province_platform.case_numbers import next_case_number
from province_platform.earlier_cases import link_duplicate
from province_platform.reading import UNDELIVERED, ReadRow, RefusedRow
from province_platform.records import RecordBook
from province_platform.schema import (
    cases,
    citizen_sessions,
    events,
    latest,
    ratings,
    refusals,
    services,
)
from province_platform.sequences import SequenceBook, Span
from province_platform.true_times import TrueTimes
from province_platform.undelivered import NOTABLE, UndeliveredBook
from province_platform.upload_files import claim

_LATEST_KEPT = (Stream.SITE, Stream.POSITION, Stream.STATUS)
_POOR = (Satisfaction.DISSATISFIED, Satisfaction.VERY_DISSATISFIED)


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
        self._now = now
        self._received_at = rfc3339(now)
        self._sequences = SequenceBook(connection, terminal.terminal_id)
        self._times = TrueTimes(connection, terminal.terminal_id)
        self._undelivered = UndeliveredBook(connection, now)
        self._records = RecordBook(connection, terminal.terminal_id, now)
        self._new_events: list[dict[str, object]] = []
        self._newest: dict[Stream, ReadRow] = {}

    def store(self, rows: Sequence[ReadRow | RefusedRow]) -> list[EventAnswer]:
        """One answer for each row, in their order."""
        known = self._known([row.event.id for row in rows if isinstance(row, ReadRow)])
        answers = []
        for row in rows:
            if isinstance(row, RefusedRow):
                answers.append(self._refuse(row))
            elif row.event.id in known:
                self._write_events()  # the first of the two may be in this very batch
                answers.append(self._repeat(row, known[row.event.id]))
            else:
                answer = self._store(row)
                answers.append(answer)
                if answer.outcome is Outcome.STORED:
                    known[row.event.id] = row.document
        self._write_events()
        for row in self._newest.values():
            self._keep_latest(row)
        self._sequences.write()
        self._times.write()
        return answers

    def _write_events(self) -> None:
        if self._new_events:
            self._connection.execute(insert(events), self._new_events)
            self._new_events = []

    def _known(self, ids: list[str]) -> dict[str, str]:
        found = self._connection.execute(select(events.c.id, events.c.document).where(events.c.id.in_(ids)))
        return {row.id: row.document for row in found}

    def _refuse(self, row: RefusedRow) -> EventAnswer:
        answer = row.answer()
        stream = ""
        if row.event is not None:
            stream = row.event.type.removeprefix("cn.gov.hubei.dianxiaoer.").split(".")[0][:16]
            sequence = int(row.event.sequence)
            if stream in {each.value for each in Stream} and 0 < sequence < 2**63:
                # Refused is known: its number is not missing.
                self._sequences.arrived(row.event.storeid, stream, Span(sequence, sequence))
            self._undelivered.refused(self._terminal.terminal_id, row.event, answer.code)
        self._connection.execute(
            insert(refusals).values(
                event_id=answer.id,
                terminal_id=self._terminal.terminal_id,
                stream=stream,
                received_at=self._received_at,
                code=answer.code,
                reason=answer.reason,
            )
        )
        return answer

    def _repeat(self, row: ReadRow, document: str) -> EventAnswer:
        conflict = 0 if document == row.document else 1
        self._connection.execute(
            update(events)
            .where(events.c.id == row.event.id)
            .values(repeats=events.c.repeats + 1, conflicts=events.c.conflicts + conflict)
        )
        case_no = self._connection.scalar(select(cases.c.case_no).where(cases.c.event_id == row.event.id))
        return EventAnswer(id=row.event.id, outcome=Outcome.DUPLICATE, case_no=case_no or "")

    def _store(self, row: ReadRow) -> EventAnswer:
        keep: dict[type, Callable[[ReadRow], EventAnswer]] = {
            Case: self._keep_case,
            Service: self._keep_service,
            Rating: self._keep_rating,
        }
        answer = keep.get(type(row.payload), self._keep_record)(row)
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

    def _keep_case(self, row: ReadRow) -> EventAnswer:
        case = row.payload
        assert isinstance(case, Case)  # noqa: S101 - the caller chose this method by the type
        if self._connection.scalar(select(cases.c.case_id).where(cases.c.case_id == case.case_id)):
            return _refused(row, "data.case_id belongs to another event")
        subject_ref = row.subject_ref
        if case.actor.province_session:
            held = self._session_subject(case.actor.province_session)
            if held is None:
                return _refused(row, "data.actor.province_session is unknown")
            if subject_ref and subject_ref != held:
                return _refused(row, "data.actor.subject_ref is not that of the session")
            subject_ref = held
        digests = {attachment.digest for attachment in case.attachments}
        if not claim(self._connection, self._terminal.terminal_id, case.case_id, digests):
            return _waits(row, "waits for its attachments")
        case_no = next_case_number(self._connection, case.task_code, self._now)
        if case_no is None:
            return EventAnswer(id=row.event.id, outcome=Outcome.RETRY, code=Errors.PROVINCE_BUSY.code)
        # 受理 is the authority's act alone: what a terminal hands in is submitted, and a query is done.
        # What is withdrawn came to nothing at the terminal, and is there to be counted and rated.
        state = CaseState.COMPLETED if case.kind is ItemKind.QUERY else CaseState.SUBMITTED
        if case.state is CaseState.WITHDRAWN:
            state = CaseState.WITHDRAWN
        self._connection.execute(
            insert(cases).values(
                case_id=case.case_id,
                case_no=case_no,
                event_id=row.event.id,
                terminal_id=self._terminal.terminal_id,
                site_id=case.site_id,
                region_code=case.region_code,
                item_code=case.item_code,
                receipt_number=case.receipt_number,
                state=state.value,
                assurance=case.actor.assurance.value,
                subject_ref=subject_ref,
                offline=case.offline,
                occurred_at=row.event.time,
                received_at=self._received_at,
                hear_by=case.hear_by,
            )
        )
        link_duplicate(self._connection, case.case_id, case.item_code, subject_ref)
        self._undelivered.delivered(case.case_id, self._terminal.terminal_id, case.receipt_number)
        return EventAnswer(id=row.event.id, outcome=Outcome.STORED, case_no=case_no)

    def _session_subject(self, session_id: str) -> str | None:
        """Whose session it was. It may have ended since: the case was waiting for the network."""
        return self._connection.scalar(
            select(citizen_sessions.c.subject_ref).where(
                citizen_sessions.c.session_id == session_id,
                citizen_sessions.c.terminal_id == self._terminal.terminal_id,
            )
        )

    def _keep_service(self, row: ReadRow) -> EventAnswer:
        service = row.payload
        assert isinstance(service, Service)  # noqa: S101 - see _keep_case
        owner = self._connection.scalar(select(cases.c.terminal_id).where(cases.c.case_id == service.case_id))
        if owner is None:
            return _waits(row, "waits for its case")
        if owner != self._terminal.terminal_id:
            return _refused(row, "data.case_id is another terminal's case")
        taken = self._connection.scalar(
            select(services.c.service_id).where(
                (services.c.service_id == service.service_id)
                | ((services.c.case_id == service.case_id) & (services.c.service_no == service.service_no))
            )
        )
        if taken is not None:
            return _refused(row, "data.service_id or data.service_no belongs to another event")
        self._connection.execute(
            insert(services).values(
                service_id=service.service_id,
                case_id=service.case_id,
                service_no=service.service_no,
                kind=service.kind.value,
                outcome=service.outcome.value,
                received_at=self._received_at,
            )
        )
        return _stored(row)

    def _keep_rating(self, row: ReadRow) -> EventAnswer:
        rating = row.payload
        assert isinstance(rating, Rating)  # noqa: S101 - see _keep_case
        service = self._connection.execute(
            select(services.c.case_id, services.c.service_no, cases.c.terminal_id)
            .join(cases, cases.c.case_id == services.c.case_id)
            .where(services.c.service_id == rating.service_id)
        ).one_or_none()
        if service is None:
            return _waits(row, "waits for its service")
        if service.terminal_id != self._terminal.terminal_id:
            return _refused(row, "data.service_id is another terminal's service")
        if (service.case_id, service.service_no) != (rating.case_id, rating.service_no):
            return _refused(row, "data.case_id and data.service_no are not those of the service")
        taken = self._connection.scalar(
            select(ratings.c.rating_id).where(
                (ratings.c.rating_id == rating.rating_id)
                | (
                    (ratings.c.case_id == rating.case_id)
                    & (ratings.c.service_no == rating.service_no)
                    & (ratings.c.assess_number == rating.assess_number)
                )
            )
        )
        if taken is not None:
            return _refused(row, "data.assess_number: this was rated before")
        self._connection.execute(
            insert(ratings).values(
                rating_id=rating.rating_id,
                case_id=rating.case_id,
                service_id=rating.service_id,
                service_no=rating.service_no,
                assess_number=rating.assess_number,
                level=rating.level.value,
                tags=",".join(rating.tags),
                rated_at=rating.rated_at,
                received_at=self._received_at,
            )
        )
        return _stored(row)

    def _keep_record(self, row: ReadRow) -> EventAnswer:
        if isinstance(row.payload, Reconciliation):
            self._write_events()  # what it speaks of may be in this very batch
        reason = self._records.keep(row.event, row.payload)
        return _refused(row, reason) if reason else _stored(row)

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
    if isinstance(payload, Session) and not payload.wipe_clean:
        return Notable.WIPE_NOT_CLEAN
    if isinstance(payload, Rating) and payload.level in _POOR:
        return Notable.POOR_RATING
    return None


def _stored(row: ReadRow) -> EventAnswer:
    return EventAnswer(id=row.event.id, outcome=Outcome.STORED)


def _waits(row: ReadRow, reason: str) -> EventAnswer:
    return EventAnswer(id=row.event.id, outcome=Outcome.WAITS_FOR, reason=reason)


def _refused(row: ReadRow, reason: str) -> EventAnswer:
    return RefusedRow(row.event.id, reason).answer()
