"""What stands in ``data``, by the ``type`` of the event. A type that is not here is not understood."""

from __future__ import annotations

from contract.envelope import event_type
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
from contract.session import Session
from contract.sets import Stream

PAYLOADS: dict[str, type[Payload]] = {
    event_type(Stream.SITE): Site,
    event_type(Stream.POSITION): Position,
    event_type(Stream.STATUS): Status,
    event_type(Stream.CASE): Case,
    event_type(Stream.CASE, "undelivered"): UndeliveredCase,
    event_type(Stream.CASE, HANDOVER): CaseHandover,
    event_type(Stream.SERVICE): Service,
    event_type(Stream.RATING): Rating,
    event_type(Stream.ALARM): Alarm,
    event_type(Stream.SESSION): Session,
    event_type(Stream.AUDIT): AuditSegment,
    event_type(Stream.COMMAND, "result"): CommandResult,
    event_type(Stream.AUDIT, "reconciliation"): Reconciliation,
}
