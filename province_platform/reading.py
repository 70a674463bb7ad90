"""Reads one row of a batch: what it is, whether it keeps to the contract, whether its sender may say it.

No database here. A reason names a field, never a value: what stands in a refused row may be anybody's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

import msgspec

from contract.answers import EventAnswer, SealedCase
from contract.envelope import LARGEST_EVENT_BYTES, CloudEvent, decode_event, event_type, row_identity
from contract.handover import HANDOVER, CaseHandover
from contract.payloads import (
    Alarm,
    AuditSegment,
    Case,
    CommandResult,
    Payload,
    Position,
    Rating,
    Reconciliation,
    Service,
    Site,
    Status,
    UndeliveredCase,
)
from contract.sealing import NotOpenedError
from contract.session import Session
from contract.sets import Assurance, Outcome, Stream
from foundation.clock import parse_rfc3339
from foundation.errors import Errors
from foundation.masking import holds_identity_number
from province_platform.authority import Keys
from province_platform.callers import Terminal
from province_platform.cards import is_consistent, proof_holds
from province_platform.case_numbers import TASK_CODE_LENGTH
from province_platform.sequences import LARGEST_SEQUENCE, Span

UNDELIVERED = event_type(Stream.CASE, "undelivered")
_PAYLOADS: dict[str, tuple[Stream, type[Payload]]] = {
    event_type(Stream.SITE): (Stream.SITE, Site),
    event_type(Stream.POSITION): (Stream.POSITION, Position),
    event_type(Stream.STATUS): (Stream.STATUS, Status),
    event_type(Stream.CASE): (Stream.CASE, Case),
    UNDELIVERED: (Stream.CASE, UndeliveredCase),
    event_type(Stream.CASE, HANDOVER): (Stream.CASE, CaseHandover),
    event_type(Stream.SERVICE): (Stream.SERVICE, Service),
    event_type(Stream.RATING): (Stream.RATING, Rating),
    event_type(Stream.ALARM): (Stream.ALARM, Alarm),
    event_type(Stream.SESSION): (Stream.SESSION, Session),
    event_type(Stream.AUDIT): (Stream.AUDIT, AuditSegment),
    event_type(Stream.COMMAND, "result"): (Stream.COMMAND, CommandResult),
    event_type(Stream.AUDIT, "reconciliation"): (Stream.AUDIT, Reconciliation),
}
_PATH = re.compile(r"at `\$([^`]*)`$")
_MISSING = re.compile(r"missing required field `(\w+)`")
_UNREADABLE = (msgspec.DecodeError, UnicodeError, RecursionError)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row that keeps to the contract. ``subject_ref`` is that of a case's person, "" when unknown."""

    event: CloudEvent
    stream: Stream
    payload: Payload
    document: str
    span: Span
    subject_ref: str = ""

    def stored(self, case_no: str = "") -> EventAnswer:
        """It is in the ledger."""
        return EventAnswer(id=self.event.id, outcome=Outcome.STORED, case_no=case_no)

    def waits(self, reason: str) -> EventAnswer:
        """It leaves no trace, and is to come again."""
        return EventAnswer(id=self.event.id, outcome=Outcome.WAITS_FOR, reason=reason)

    def refused(self, reason: str) -> EventAnswer:
        """It never will be in the ledger."""
        return RefusedRow(self.event.id, reason).answer()


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that does not; ``event`` is its envelope when at least that could be read."""

    event_id: str
    reason: str
    event: CloudEvent | None = None

    def answer(self) -> EventAnswer:
        """What the terminal hears."""
        return EventAnswer(
            id=self.event_id, outcome=Outcome.REFUSED, code=Errors.EVENT_REFUSED.code, reason=self.reason
        )


class _DoesNotFitError(Exception):
    """Carries what does not fit from where it was noticed to :func:`read_row`."""


def read_row(row: msgspec.Raw, terminal: Terminal, keys: Keys) -> ReadRow | RefusedRow:
    """What the row says, with everything checked that needs no database."""
    content = bytes(row)
    if len(content) > LARGEST_EVENT_BYTES:
        return RefusedRow(_identity(row), f"larger than {LARGEST_EVENT_BYTES} bytes")
    try:
        document = content.decode("utf-8")
        event = decode_event(row)
    except _UNREADABLE as error:
        return RefusedRow(_identity(row), _reason(error, ""))
    try:
        return _read(event, document, terminal, keys)
    except _DoesNotFitError as problem:
        return RefusedRow(event.id, str(problem), event)
    except _UNREADABLE as error:
        return RefusedRow(event.id, _reason(error, "data"), event)


def _read(event: CloudEvent, document: str, terminal: Terminal, keys: Keys) -> ReadRow:
    kind = _PAYLOADS.get(event.type)
    if kind is None:
        raise _DoesNotFitError("type is unknown here")
    if event.source != f"terminal/{terminal.terminal_id}":
        raise _DoesNotFitError("source is not the terminal of the certificate")
    if "\\u0000" in document:
        raise _DoesNotFitError("a NUL character")
    if holds_identity_number(document):
        raise _DoesNotFitError("an identity number stands in clear")
    _require_time(event.time, "time")
    stream, payload_type = kind
    payload = msgspec.json.decode(event.data, type=payload_type)
    named = getattr(payload, "terminal_id", terminal.terminal_id)
    if named != terminal.terminal_id:
        raise _DoesNotFitError("data.terminal_id is not the terminal of the certificate")
    about = getattr(payload, "case_id", "")
    if event.subject != (f"case/{about}" if about else f"terminal/{terminal.terminal_id}"):
        raise _DoesNotFitError("subject does not name what the event is about")
    if isinstance(payload, Reconciliation):
        _require_a_stretch(payload)
    if isinstance(payload, CaseHandover):
        _require_time(payload.made_at, "data.made_at")
        _require_time(payload.expires_at, "data.expires_at")
    subject_ref = _subject_ref(payload, terminal, keys) if isinstance(payload, Case) else ""
    return ReadRow(event, stream, payload, document, _span(event, payload), subject_ref)


def _span(event: CloudEvent, payload: Payload) -> Span:
    """The sequence numbers for which the event stands."""
    sequence = int(event.sequence)
    if not 0 < sequence <= LARGEST_SEQUENCE:
        raise _DoesNotFitError("sequence is out of range")
    period = payload.period if isinstance(payload, Status) else None
    if period is None:
        return Span(sequence, sequence)
    if not period.first_sequence <= period.last_sequence <= sequence:
        raise _DoesNotFitError("data.period does not end at the event's sequence")
    return Span(period.first_sequence, sequence)


def _require_a_stretch(statement: Reconciliation) -> None:
    if not statement.first_sequence <= statement.last_sequence <= LARGEST_SEQUENCE:
        raise _DoesNotFitError("data.last_sequence is before its first or out of range")


def _subject_ref(case: Case, terminal: Terminal, keys: Keys) -> str:
    """Whose case it is. A case that no session stands behind is proved by the card, here and now."""
    if len(case.task_code) != TASK_CODE_LENGTH or not case.task_code.isascii():
        raise _DoesNotFitError(f"data.task_code needs {TASK_CODE_LENGTH} characters")
    _require_time(case.submitted_at, "data.submitted_at")
    actor = case.actor
    if actor.assurance is Assurance.ANONYMOUS:
        return ""
    if actor.province_session:
        return actor.subject_ref
    if actor.assurance is not Assurance.CARD_PRESENT:
        raise _DoesNotFitError("data.actor.province_session is missing")
    if actor.proof is None or not proof_holds(terminal, actor.proof, case.case_id, case.sealed):
        raise _DoesNotFitError("data.actor.proof does not hold")
    try:
        person = msgspec.json.decode(keys.opener.open(case.sealed), type=SealedCase).person
    except (NotOpenedError, *_UNREADABLE):
        raise _DoesNotFitError("data.sealed cannot be opened") from None
    if person is None or not is_consistent(person):
        raise _DoesNotFitError("data.sealed names no person")
    return keys.subject_ref(person.number)


def _require_time(text: str, field: str) -> datetime:
    try:
        return parse_rfc3339(text)
    except ValueError:
        raise _DoesNotFitError(f"{field} is no time") from None


def _identity(row: msgspec.Raw) -> str:
    try:
        identity = row_identity(row)
    except (UnicodeError, RecursionError):
        return ""
    return identity if len(identity) <= 64 else ""


def _reason(error: Exception, within: str) -> str:
    """Where it does not fit. Only the path of msgspec's message: the rest may quote what was found."""
    if not isinstance(error, msgspec.ValidationError):
        return within + " is no JSON that can be read" if within else "no JSON that can be read"
    path = _PATH.search(str(error))
    missing = _MISSING.search(str(error))
    place = ".".join(part for part in (within, (path.group(1) if path else "").strip(".")) if part)
    if missing:
        return f"{f'{place}.' if place else ''}{missing.group(1)} is missing"[:200]
    return f"{place or 'the row'} does not fit"[:200]
