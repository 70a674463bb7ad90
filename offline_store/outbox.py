"""The outbox: what the terminal has promised to deliver. Peek, send, confirm.

**What is never done.** An unsent row is not deleted, not by age, not by number, not for lack of room: a full
disk refuses new rows, loudly. The one exception names what it did: above the quota of its stream, superseded
status is coalesced by a later row that names the range it stands for (quotas.py).

**What is kept.** A payload goes the moment it is confirmed. The row stays as long as the province wants to be
able to ask after it, and goes with ``forget_confirmed``.

**Order.** Rows go by urgency, then by age. Of one subject a later row never goes before an earlier one: they
travel in one batch in order, or the later one waits. So that this cannot make an urgent row wait behind idle
talk, what an urgent row waits for is as urgent as that row.

**Dependency.** Order is not need: when a row is set aside, later rows of its subject go on. A row that
``depends_on`` it is worthless without it and is set aside with it, in the same transaction, with a reason
that names the cause; so is one appended afterwards. Nothing is stuck in silence: all of them are on the
board, and ``release`` of the cause brings all of them back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import datetime
from typing import Any

from foundation.clock import Clock, rfc3339
from foundation.masking import redact
from offline_store import outbox_sql as sql
from offline_store.board import ANSWERED, note_exchange, read_board, read_next_try_s
from offline_store.database import Database, Transaction
from offline_store.disk_room import with_ballast
from offline_store.errors import StoreFullError
from offline_store.events import Board, Confirmation, NewEvent, PendingEvent
from offline_store.quotas import TELEMETRY, Quota, Standing, make_room

ANSWER_LIMIT_CHARACTERS = 500
_HANDED_IN = tuple(each.name for each in fields(NewEvent))


class Outbox:
    """Durable, ordered, patient. Thread-safe; one sender is meant to peek.

    Every method raises a :class:`~offline_store.errors.StoreError` for a fault of the surroundings, and then
    nothing of the call is stored. An id that is not waiting is passed over by ``confirm``, ``step_back`` and
    ``set_aside``: an answer may come twice, or late, or after the store was rebuilt.
    """

    def __init__(
        self,
        database: Database,
        *,
        store_id: str,
        clock: Clock,
        boot_id: str,
        quotas: Mapping[str, Quota] = TELEMETRY,
    ) -> None:
        self._database = database
        self._quotas = quotas
        self._store_id = store_id
        self._clock = clock
        self._boot_id = boot_id
        self.on_committed: Callable[[], None] | None = None
        """Called by the committing thread when there is something new to send. It must return at once and
        must not raise: what it follows has been promised already."""

    def append(
        self, events: Sequence[NewEvent], along: Callable[[Transaction], None] | None = None
    ) -> list[PendingEvent]:
        """Stores all of ``events`` in one transaction; they are on the disk when this returns.

        What is done ``along`` with them is done in the same transaction or not at all; it may be called again
        when room had to be made first.

        An id that is there already is left as it is, and its stored row is returned in its place. Telemetry
        that its stream's quota refuses is left out of what is returned, and counted on the board. Raises
        ``ValueError`` when an event depends on an id that is neither stored nor earlier in ``events``.
        """
        outcomes = with_ballast(self._database.files, lambda: self._append(events, along))
        stored = [outcome for outcome in outcomes if outcome is not None]
        if any(is_new for _, is_new in stored):
            self._announce()
        return [event for event, _ in stored]

    def peek(self, limit: int, *, uploads: bool = False) -> list[PendingEvent]:
        """At most ``limit`` rows to send now, in the order in which they must arrive. Takes nothing away.

        ``uploads`` gives the rows of the stream ``upload``, which are never among the others: files travel on
        a line of their own, and events that need none never wait for one.
        """
        batch: list[PendingEvent] = []
        ids: set[str] = set()
        held_subjects: set[str] = set()
        with self._database.reading() as transaction:
            statement = sql.DUE_UPLOADS if uploads else sql.DUE_IN_ORDER
            due = transaction.execute(statement, (self._boot_id, self._now_ms()))
            while len(batch) < limit and (row := due.fetchone()) is not None:
                event = self._pending(row)
                if event.subject in held_subjects:
                    continue
                if any(needed not in ids and _is_open(transaction, needed) for needed in event.depends_on):
                    held_subjects.add(event.subject)
                    continue
                batch.append(event)
                ids.add(event.id)
            due.close()
        return batch

    def confirm(self, confirmations: Sequence[Confirmation]) -> None:
        """The platform has these: erases their payloads and keeps their rows, in one transaction.

        In the file the payload is overwritten (``secure_delete``); in the log its encrypted, sealed copy
        goes when the log starts over.
        """
        with_ballast(self._database.files, lambda: self._confirm(confirmations))

    def forget_confirmed(self, before: datetime, *, at_most: int = 1000) -> int:
        """Erases rows that were confirmed before ``before`` on this terminal's wall clock; how many.

        What somebody unconfirmed depends on stays. An id that was forgotten is new when it is appended again;
        the platform still knows it.
        """
        with self._database.writing() as transaction:
            rows = transaction.execute(sql.OLD_CONFIRMED, (rfc3339(before), at_most)).fetchall()
            for position in rows:
                transaction.execute("DELETE FROM outbox WHERE position = ?", position)
        return len(rows)

    def step_back(self, ids: Iterable[str], *, code: str, answer: str, delay_s: float) -> None:
        """Not this time: counts an attempt and holds these back for ``delay_s``, in this boot.

        ``answer`` is redacted and cut to 500 characters.
        """
        with self._database.writing() as transaction:
            next_try_ms = self._now_ms() + round(delay_s * 1000)
            for event_id in ids:
                transaction.execute(
                    sql.STEP_BACK, (next_try_ms, self._boot_id, code, _presentable(answer), event_id)
                )

    def set_aside(self, event_id: str, *, code: str, reason: str) -> None:
        """Not ever, unless a person decides otherwise: this row and all that depend on it leave the queue.

        ``reason`` is redacted and cut to 500 characters.
        """
        with self._database.writing() as transaction:
            parameters = (code, self._now(), _presentable(reason), None, event_id)
            if transaction.execute(sql.SET_ASIDE, parameters).rowcount:
                self._set_dependants_aside(transaction, event_id, code)

    def release(self, event_id: str) -> list[str]:
        """Puts a set-aside row back into the queue, due at once, with all that was set aside because of it.

        Returns the ids that wait again: none when it is not set aside, or when something that it depends on
        still is.
        """
        with self._database.writing() as transaction:
            if not transaction.execute(sql.RELEASE, (event_id,)).rowcount:
                return []
            released = [event_id, *_release_dependants(transaction, event_id)]
        self._announce()
        return released

    def send_again(self, store_id: str, stream: str, first: int, last: int) -> int:
        """What the province asks for: makes everything undelivered between two sequence numbers due at once.

        What was set aside comes back with what depends on it. Returns how many events that are; what was
        confirmed is not among them, because its content is gone.
        """
        epoch = None if store_id == self._store_id else store_id
        with self._database.writing() as transaction:
            rows = transaction.execute(sql.UNDELIVERED_BETWEEN, (stream, first, last, epoch)).fetchall()
            for event_id, state in rows:
                if state == "waiting":
                    transaction.execute(sql.DUE_NOW, (event_id,))
                elif transaction.execute(sql.RELEASE, (event_id,)).rowcount:
                    _release_dependants(transaction, event_id)
        if rows:
            self._announce()
        return len(rows)

    def board(self) -> Board:
        """Where the outbox stands, all figures of one moment."""
        with self._database.reading() as transaction:
            return read_board(transaction, boot_id=self._boot_id, monotonic_ms=self._now_ms())

    def next_try_in_s(self) -> float | None:
        """How long a sender may sleep that found nothing to send: until then nothing comes back by itself.

        None when nothing is stepped back: then only ``on_committed`` brings work.
        """
        with self._database.reading() as transaction:
            return read_next_try_s(transaction, boot_id=self._boot_id, monotonic_ms=self._now_ms())

    def case_number(self, subject: str) -> str | None:
        """The number that the platform gave to the case of ``subject``, once its event is confirmed."""
        with self._database.reading() as transaction:
            row = transaction.execute(sql.CASE_NUMBER, (subject,)).fetchone()
            return None if row is None else row[0]

    def note_no_answer(self, code: str) -> None:
        """What was sent was not answered, and why: for the board. It never takes the last room."""
        with suppress(StoreFullError), self._database.writing() as transaction:
            note_exchange(transaction, code, self._clock.utc_now())

    def _append(
        self, events: Sequence[NewEvent], along: Callable[[Transaction], None] | None
    ) -> list[tuple[PendingEvent, bool] | None]:
        with self._database.writing() as transaction:
            if along is not None:
                along(transaction)
            return [self._store(transaction, event) for event in events]

    def _confirm(self, confirmations: Sequence[Confirmation]) -> None:
        with self._database.writing() as transaction:
            now = self._now()
            note_exchange(transaction, ANSWERED, self._clock.utc_now())
            for one in confirmations:
                row = transaction.execute(
                    sql.CONFIRM, (now, one.outcome, one.case_no, one.code, one.id)
                ).fetchone()
                if row is not None:
                    transaction.execute(sql.COUNT_OUTCOME, (row[0], one.outcome))

    def _store(self, transaction: Transaction, event: NewEvent) -> tuple[PendingEvent, bool] | None:
        standing: Standing | None = Standing()
        if (quota := self._quotas.get(event.stream)) is not None:
            known = transaction.execute(sql.BY_ID, (event.id,)).fetchone()
            if known is not None:
                return self._pending(known), False
            standing = make_room(transaction, event, quota)
        return None if standing is None else self._insert(transaction, event, standing.period)

    def _insert(
        self, transaction: Transaction, event: NewEvent, period: tuple[int, int] | None
    ) -> tuple[PendingEvent, bool]:
        cause, code = _prepare_dependencies(transaction, event)
        envelope = (event.id, event.stream, event.stream, event.type, event.subject, event.time)
        moment = (event.monotonic_ms, self._boot_id, event.clock_trust)
        needs = json.dumps(event.depends_on) if event.depends_on else "[]"
        rank = (event.priority, event.priority, needs)
        standing: tuple[str | None, ...] = ("waiting", None, None, None, None)
        if cause is not None:
            standing = ("set_aside", code, self._now(), _waits_for(cause), cause)
        row = transaction.execute(
            sql.INSERT,
            (*envelope, *moment, event.data, *rank, *standing, *(period or (None, None)), event.due_on),
        ).fetchone()
        if row is None:
            (row,) = transaction.execute(sql.BY_ID, (event.id,))
            return self._pending(row), False
        transaction.execute(sql.COUNT_SEQUENCE, (event.stream,))
        for needed in event.depends_on:
            transaction.execute(sql.INSERT_DEPENDENCY, (needed, event.id))
        _raise_urgency(transaction, event.subject, event.priority)
        return self._fresh(event, row[0], period), True

    def _fresh(self, event: NewEvent, sequence: int, period: tuple[int, int] | None) -> PendingEvent:
        """An event as it was just stored, without reading it again."""
        return PendingEvent(
            *(getattr(event, name) for name in _HANDED_IN),
            sequence=sequence,
            boot_id=self._boot_id,
            store_id=self._store_id,
            attempts=0,
            period=period,
        )

    def _set_dependants_aside(self, transaction: Transaction, cause: str, code: str) -> None:
        for (dependant,) in transaction.execute(sql.DEPENDANTS, (cause,)).fetchall():
            parameters = (code, self._now(), _waits_for(cause), cause, dependant)
            if transaction.execute(sql.SET_ASIDE, parameters).rowcount:
                self._set_dependants_aside(transaction, dependant, code)

    def _pending(self, row: tuple[Any, ...]) -> PendingEvent:
        event = dict(zip(sql.COLUMNS, row, strict=True))
        event["depends_on"] = tuple(json.loads(event["depends_on"]))
        period = event.pop("period_first"), event.pop("period_last")
        return PendingEvent(
            store_id=event.pop("epoch") or self._store_id,
            period=None if period == (None, None) else period,
            **event,
        )

    def _announce(self) -> None:
        if self.on_committed is not None:
            self.on_committed()

    def _now(self) -> str:
        return rfc3339(self._clock.utc_now())

    def _now_ms(self) -> int:
        return round(self._clock.monotonic_s() * 1000)


def _prepare_dependencies(transaction: Transaction, event: NewEvent) -> tuple[str | None, str | None]:
    """Makes what ``event`` needs as urgent as it; returns one of them that is set aside, and its code."""
    cause: tuple[str | None, str | None] = (None, None)
    for needed in event.depends_on:
        row = transaction.execute(sql.STANDING, (needed,)).fetchone()
        if row is None:
            raise ValueError(f"event {event.id} depends on {needed}, which is not stored")
        state, subject, code = row
        if state == "set_aside":
            cause = (needed, code)
        if state != "confirmed":
            _raise_urgency(transaction, subject, event.priority)
    return cause


def _raise_urgency(transaction: Transaction, subject: str, urgency: int) -> None:
    """Makes every unconfirmed row of ``subject``, and what those rows need, at least this urgent."""
    for (depends_on,) in transaction.execute(sql.RAISE_SUBJECT, (urgency, subject)).fetchall():
        for needed in json.loads(depends_on):
            for state, needed_subject, _ in transaction.execute(sql.STANDING, (needed,)).fetchall():
                if state != "confirmed":
                    _raise_urgency(transaction, needed_subject, urgency)


def _release_dependants(transaction: Transaction, cause: str) -> list[str]:
    released: list[str] = []
    for (dependant,) in transaction.execute(sql.DEPENDANTS, (cause,)).fetchall():
        if transaction.execute(sql.RELEASE_DEPENDANT, (dependant,)).rowcount:
            released += [dependant, *_release_dependants(transaction, dependant)]
    return released


def _is_open(transaction: Transaction, event_id: str) -> bool:
    """Whether the platform has not confirmed this event yet."""
    row = transaction.execute(sql.STANDING, (event_id,)).fetchone()
    return row is not None and row[0] != "confirmed"


def _waits_for(cause: str) -> str:
    return f"waits for {cause}, which was set aside"


def _presentable(text: str) -> str:
    return redact(text)[:ANSWER_LIMIT_CHARACTERS]
