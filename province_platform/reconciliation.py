"""Reconciliation: what a terminal states of its delivery against what the ledger holds there.

A difference is an alarm of the platform, and names what is missing and what is there twice. The terminal is
asked for what it misses, in the answer to its next batch; its new statement is compared again and, when both
agree, closes the alarm.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Table, and_, delete, insert, or_, select, update

from contract.answers import Wanted
from contract.payloads import Period, Reconciliation
from contract.reconciliation import stretch_digest
from contract.sets import Stream
from foundation.clock import rfc3339
from foundation.errors import Errors
from province_platform.schema import alarms, events, gaps, statements, wanted
from province_platform.sequences import Seen, Span

ASK_AGAIN_AFTER = timedelta(minutes=10)
MOST_ASKED = 5
"""So often in all: what a terminal still has it sends at the first time, unless the answer was lost."""
MOST_IN_AN_ANSWER = 50
MOST_NAMED = 200
"""So many missing ranges and doubled numbers are named."""


@dataclass(frozen=True, slots=True)
class Held:
    """An event of the ledger: its id and the sequence numbers for which it stands."""

    event_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the ledger holds where a statement speaks: how many, and what is missing or there twice."""

    held: int
    agrees: bool
    missing: tuple[Span, ...]
    doubled: tuple[int, ...]


def compare(statement: Reconciliation, held: Sequence[Held]) -> Comparison:
    """Compares ``statement`` with all that the ledger holds of its stretch.

    An event that another one of the ledger stands for does not count: the terminal superseded it after its
    delivery had not been answered. What the terminal set aside is neither missing nor counted.
    """
    aside = set(statement.set_aside)
    seen = Seen(statement.first_sequence - 1)
    for one in sorted(held, key=lambda one: one.span.last):
        seen = seen.with_span(one.span)
    seen = seen.with_span(Span(statement.last_sequence + 1, statement.last_sequence + 1))
    for sequence in statement.set_aside:
        seen = seen.with_span(Span(sequence, sequence))
    superseding = [one.span for one in held if one.span.first < one.span.last]
    counted = [
        one
        for one in held
        if one.span.last not in aside
        and not any(span.first <= one.span.last < span.last for span in superseding)
    ]
    times = Counter(one.span.last for one in counted)
    doubled = tuple(sorted(number for number, count in times.items() if count > 1))
    agrees = stretch_digest((one.span.last, one.event_id) for one in counted) == statement.digest
    return Comparison(len(counted), agrees, seen.missing, doubled)


@dataclass(frozen=True, slots=True)
class Statements:
    """What one terminal stated and is asked for, within one transaction."""

    connection: Connection
    terminal_id: str
    now: datetime

    def keep(self, statement: Reconciliation, store_id: str, event_id: str) -> bool:
        """Compares a statement that has just been stored as ``event_id``; whether both agree.

        It takes the place of older statements about the same stretch.
        """
        comparison = compare(statement, self._held(statement, store_id))
        named = {"terminal_id": self.terminal_id, "store_id": store_id, "stream": statement.stream.value}
        this_stream = self._of(statements, store_id, statement.stream)
        within = and_(
            statements.c.first >= statement.first_sequence, statements.c.last <= statement.last_sequence
        )
        older = and_(this_stream, or_(within, statements.c.first == statement.first_sequence))
        alarm_ids = [
            row.alarm_id
            for row in self.connection.execute(select(statements.c.alarm_id).where(older))
            if row.alarm_id
        ]
        alarm_id = self._settle_alarm(alarm_ids, comparison.agrees, event_id)
        self.connection.execute(delete(statements).where(older))
        self.connection.execute(
            delete(wanted).where(
                self._of(wanted, store_id, statement.stream),
                wanted.c.first >= statement.first_sequence,
                wanted.c.first <= statement.last_sequence,
            )
        )
        self.connection.execute(
            insert(statements).values(
                **named,
                first=statement.first_sequence,
                last=statement.last_sequence,
                counted=statement.count,
                cut_at=statement.cut_at,
                received_at=rfc3339(self.now),
                held=comparison.held,
                agrees=comparison.agrees,
                missing=_json([[span.first, span.last] for span in comparison.missing[:MOST_NAMED]]),
                doubled=_json(list(comparison.doubled[:MOST_NAMED])),
                alarm_id=alarm_id,
            )
        )
        if not comparison.agrees and not alarm_ids:  # a difference that was known already is not asked again
            stretch = Wanted(
                store_id=store_id,
                stream=statement.stream,
                first_sequence=statement.first_sequence,
                last_sequence=statement.last_sequence,
            )
            self.ask([stretch])
        return comparison.agrees

    def ask(self, stretches: Iterable[Wanted]) -> None:
        """The next answers to this terminal ask for ``stretches``."""
        for stretch in stretches:
            this = and_(
                self._of(wanted, stretch.store_id, stretch.stream), wanted.c.first == stretch.first_sequence
            )
            self.connection.execute(delete(wanted).where(this))
            self.connection.execute(
                insert(wanted).values(
                    terminal_id=self.terminal_id,
                    store_id=stretch.store_id,
                    stream=stretch.stream.value,
                    first=stretch.first_sequence,
                    last=stretch.last_sequence,
                    asked=0,
                    asked_at="",
                )
            )

    def ask_for_everything_missing(self) -> int:
        """Asks for every difference and every gap of this terminal; how many stretches that are."""
        differing = select(statements.c.store_id, statements.c.stream, statements.c.first, statements.c.last)
        open_gaps = select(gaps.c.store_id, gaps.c.stream, gaps.c.first, gaps.c.last)
        rows = [
            *self.connection.execute(
                differing.where(statements.c.terminal_id == self.terminal_id, ~statements.c.agrees)
            ),
            *self.connection.execute(open_gaps.where(gaps.c.terminal_id == self.terminal_id)),
        ]
        self.ask(_stretch(row) for row in rows)
        return len(rows)

    def to_ask_now(self) -> list[Wanted]:
        """What the answer that is about to leave asks for; nothing is noted."""
        due = (
            wanted.c.terminal_id == self.terminal_id,
            wanted.c.asked < MOST_ASKED,
            wanted.c.asked_at <= rfc3339(self.now - ASK_AGAIN_AFTER),
        )
        chosen = select(wanted).where(*due).order_by(wanted.c.asked_at, wanted.c.first)
        return [_stretch(row) for row in self.connection.execute(chosen.limit(MOST_IN_AN_ANSWER))]

    def asked(self, stretches: Iterable[Wanted]) -> None:
        """These stand in an answer now."""
        for stretch in stretches:
            self.connection.execute(
                update(wanted)
                .where(
                    self._of(wanted, stretch.store_id, stretch.stream),
                    wanted.c.first == stretch.first_sequence,
                )
                .values(asked=wanted.c.asked + 1, asked_at=rfc3339(self.now))
            )

    def _held(self, statement: Reconciliation, store_id: str) -> list[Held]:
        rows = self.connection.execute(
            select(events.c.id, events.c.sequence, events.c.document).where(
                events.c.terminal_id == self.terminal_id,
                events.c.store_id == store_id,
                events.c.stream == statement.stream.value,
                events.c.sequence >= statement.first_sequence,
                events.c.sequence <= statement.last_sequence,
            )
        )
        return [Held(row.id, _span(statement.stream, row.sequence, row.document)) for row in rows]

    def _settle_alarm(self, alarm_ids: Sequence[str], agrees: bool, event_id: str) -> str:
        """Closes the alarms of a difference that is none any more, or keeps one open; its id or empty."""
        if agrees:
            self._close(alarm_ids)
            return ""
        if alarm_ids:
            self._close(alarm_ids[1:])
            return alarm_ids[0]
        alarm_id = str(uuid.uuid4())
        self.connection.execute(
            insert(alarms).values(
                alarm_id=alarm_id,
                terminal_id=self.terminal_id,
                code=Errors.RECONCILIATION_DIFFERS.code,
                device="store",
                open=True,
                since=rfc3339(self.now),
                event_id=event_id,
            )
        )
        return alarm_id

    def _close(self, alarm_ids: Sequence[str]) -> None:
        if alarm_ids:
            self.connection.execute(update(alarms).where(alarms.c.alarm_id.in_(alarm_ids)).values(open=False))

    def _of(self, table: Table, store_id: str, stream: Stream) -> ColumnElement[bool]:
        return and_(
            table.c.terminal_id == self.terminal_id,
            table.c.store_id == store_id,
            table.c.stream == stream.value,
        )


def differences(connection: Connection, at_most: int) -> list[dict[str, object]]:
    """The statements that differ from the ledger, the newest first."""
    chosen = select(statements).where(~statements.c.agrees).order_by(statements.c.received_at.desc())
    return [told(row) for row in connection.execute(chosen.limit(at_most))]


def told(row: Row[Any]) -> dict[str, object]:
    """A statement with what is missing and doubled as lists."""
    return row._asdict() | {name: msgspec.json.decode(getattr(row, name)) for name in ("missing", "doubled")}


class _StatusData(msgspec.Struct):
    period: Period | None = None


class _StatusDocument(msgspec.Struct):
    data: _StatusData


def _span(stream: Stream, sequence: int, document: str) -> Span:
    """For which numbers a stored event stands: only a status may stand for more than its own."""
    if stream is not Stream.STATUS:
        return Span(sequence, sequence)
    period = msgspec.json.decode(document, type=_StatusDocument).data.period
    return Span(sequence, sequence) if period is None else Span(period.first_sequence, sequence)


def _stretch(row: Row[Any]) -> Wanted:
    return Wanted(
        store_id=row.store_id,
        stream=Stream(row.stream),
        first_sequence=row.first,
        last_sequence=row.last,
    )


def _json(content: object) -> str:
    return msgspec.json.encode(content).decode("ascii")
