"""Keeps what rows of the ledger say besides cases, services and ratings: alarms, results, statements."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from contract.envelope import CloudEvent
from contract.handover import CaseHandover
from contract.payloads import (
    Alarm,
    AuditSegment,
    CommandResult,
    Payload,
    Reconciliation,
    Status,
    UndeliveredCase,
)
from foundation.clock import rfc3339
from province_platform.commands import keep_result
from province_platform.handovers import HandoverBook
from province_platform.reconciliation import Statements
from province_platform.schema import alarms, audit_heads
from province_platform.undelivered import UndeliveredBook


class RecordBook:
    """The records of one terminal, within one transaction."""

    def __init__(self, connection: Connection, terminal_id: str, now: datetime) -> None:
        self._connection = connection
        self._terminal_id = terminal_id
        self._now = now
        self._received_at = rfc3339(now)

    def keep(self, event: CloudEvent, payload: Payload) -> str:
        """Keeps what ``payload`` says; why it is refused, or empty.

        A statement is compared with what is in the ledger's tables now.
        """
        match payload:
            case Alarm():
                return self._keep_alarm(event, payload)
            case CommandResult():
                return self._keep_command_result(payload)
            case Reconciliation():
                book = Statements(self._connection, self._terminal_id, self._now)
                book.keep(payload, event.storeid, event.id)
            case AuditSegment():
                self._keep_audit_head(payload)
            case Status():
                UndeliveredBook(self._connection, self._now).said(self._terminal_id, payload)
            case CaseHandover():
                return HandoverBook(self._connection, self._now).keep(payload)
            case UndeliveredCase():
                UndeliveredBook(self._connection, self._now).reported(self._terminal_id, payload)
        return ""

    def _keep_alarm(self, event: CloudEvent, alarm: Alarm) -> str:
        this = alarms.c.alarm_id == alarm.alarm_id
        before = self._connection.execute(select(alarms).where(this)).one_or_none()
        if before is None:
            self._connection.execute(
                insert(alarms).values(
                    alarm_id=alarm.alarm_id,
                    terminal_id=alarm.terminal_id,
                    code=alarm.code,
                    device=alarm.device,
                    open=alarm.open,
                    since=alarm.since,
                    event_id=event.id,
                )
            )
        elif before.terminal_id != self._terminal_id:
            return "data.alarm_id is another terminal's alarm"
        elif not alarm.open:
            # An opening that comes after the closing does not open it again.
            self._connection.execute(update(alarms).where(this).values(open=False))
        return ""

    def _keep_command_result(self, result: CommandResult) -> str:
        if keep_result(self._connection, self._terminal_id, result, self._received_at):
            return ""
        return "data.command_id is no command of this terminal"

    def _keep_audit_head(self, segment: AuditSegment) -> None:
        this = (audit_heads.c.terminal_id == self._terminal_id) & (audit_heads.c.chain_id == segment.chain_id)
        before = self._connection.scalar(select(audit_heads.c.last_entry).where(this))
        values = {
            "last_entry": segment.last_entry,
            "head": segment.head,
            "received_at": self._received_at,
        }
        if before is None:
            names = {"terminal_id": self._terminal_id, "chain_id": segment.chain_id}
            self._connection.execute(insert(audit_heads).values(**names, **values))
        elif before < segment.last_entry:
            self._connection.execute(update(audit_heads).where(this).values(**values))
