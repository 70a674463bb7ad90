"""未送达办件: who handed in a case that the platform does not have, and which office now owns that.

The platform learns of such a case from what arrives beside it: the row that it refused itself, the queue in a
terminal's status (which stays known when the terminal falls silent), or the slip that a citizen brings to a
window. From the day by which the case was to be delivered on somebody owns it, and everybody who reads the
ledger is told. It closes by itself when the case comes after all, or by an operator's act.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, insert, or_, select, update

from contract.envelope import CloudEvent, event_type
from contract.fields import UUID_PATTERN
from contract.payloads import Site, Status, UndeliveredCase, WaitingCase
from contract.sets import Coded, Stream
from foundation.clock import in_china, rfc3339
from foundation.masking import redact
from province_platform.handover_schema import handovers
from province_platform.schema import cases, events, latest, operator_acts, sites, terminals, undelivered

WITHOUT_A_DAY = timedelta(days=1)
"""After so long a silence a case that was promised for no day is looked after as well."""
NOBODY_YET = "省平台值守"
"""The owner where the site's organisation is not known."""
DELIVERED = "delivered"
OF_THE_PLATFORM = ""
"""The epoch of what the platform itself puts into the ledger: no terminal's."""
NOTABLE = "case_undelivered"


class Reason(Coded):
    """Why a case is looked after."""

    REFUSED = "refused", "平台拒收", "refused by the platform"
    LATE = "late", "到期未送达", "not delivered by its day"
    SLIP = "slip", "群众持凭条来问，平台没有收到", "a citizen brought the slip; the platform has no such case"
    REPORTED = "reported", "终端报告未送达", "reported by the terminal"


class State(Coded):
    """Where an undelivered case stands."""

    OPEN = "open", "待接手", "open"
    TAKEN_UP = "taken_up", "已接手", "taken up"
    CLOSED = "closed", "已了结", "closed"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a slip's number leads to: ``delivered`` with the case number, or the undelivered case's id, or a
    form that was not handed in and that a window goes on with."""

    delivered: str = ""
    case_id: str = ""
    to_go_on: bool = False


class UndeliveredBook:
    """The undelivered cases, within one transaction."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self._at = rfc3339(now)

    def refused(self, terminal_id: str, event: CloudEvent, code: str) -> None:
        """A row of the stream ``case`` was refused: if it is a case, somebody waits for it."""
        if event.type == event_type(Stream.CASE):
            self._open(terminal_id, _readable(event), Reason.REFUSED, code)

    def said(self, terminal_id: str, status: Status) -> None:
        """What a terminal says of its queue: a case that it set aside does not come by itself."""
        for case in status.queue.cases:
            if case.set_aside:
                self._open(terminal_id, case, Reason.REFUSED, case.code)

    def reported(self, terminal_id: str, said: UndeliveredCase) -> None:
        """A terminal names an owner itself."""
        case = WaitingCase(
            case_id=said.case_id, receipt_number="", item_code="", site_id="", deadline=said.deadline
        )
        if self._is_new(case.case_id):
            self._insert(terminal_id, case, Reason.REPORTED, "", said.owner)

    def delivered(self, terminal_id: str, receipt_numbers: Mapping[str, str]) -> None:
        """These cases of the terminal have come after all, each with the number of its slip."""
        if not receipt_numbers:
            return
        of_slip = (undelivered.c.terminal_id == terminal_id) & (
            undelivered.c.receipt_number.in_(receipt_numbers.values())
        )
        self._connection.execute(
            update(undelivered)
            .where(
                or_(undelivered.c.case_id.in_(receipt_numbers), of_slip),
                undelivered.c.state != State.CLOSED.value,
            )
            .values(state=State.CLOSED.value, closed_at=self._at, closed_because=DELIVERED)
        )

    def overdue(self) -> list[tuple[str, WaitingCase]]:
        """Cases that terminals named as waiting and that are past their day; nothing is written."""
        return [
            (terminal_id, case)
            for terminal_id, case, said_at in self._named()
            if self._is_overdue(case, said_at) and self._is_new(case.case_id)
        ]

    def open_overdue(self) -> int:
        """Opens what is overdue; how many."""
        found = self.overdue()
        for terminal_id, case in found:
            self._open(terminal_id, case, Reason.LATE, case.code)
        return len(found)

    def waiting(self) -> list[dict[str, object]]:
        """The cases that terminals named as waiting and that nobody has to look after yet."""
        return [
            {"terminal_id": terminal_id, "said_at": received_at, **msgspec.to_builtins(case)}
            for terminal_id, case, received_at in self._named()
            if self._is_new(case.case_id)
        ]

    def find(self, receipt_number: str, by: str) -> Finding | None:
        """What became of the slip with this number; opens an undelivered case where nothing did.

        None when no terminal prints such numbers.
        """
        self._act(by, "asked", receipt_number)
        number = select(cases.c.case_no).where(cases.c.receipt_number == receipt_number)
        if (case_no := self._connection.scalar(number.order_by(cases.c.received_at.desc()))) is not None:
            return Finding(delivered=case_no)
        known = select(undelivered.c.case_id).where(undelivered.c.receipt_number == receipt_number)
        if (case_id := self._connection.scalar(known.order_by(undelivered.c.opened_at.desc()))) is not None:
            return Finding(case_id=case_id)
        begun = select(handovers.c.case_id).where(handovers.c.receipt_number == receipt_number)
        if self._connection.scalar(begun) is not None:
            return Finding(to_go_on=True)
        printed_by = select(terminals.c.terminal_id).where(terminals.c.terminal_number == receipt_number[:5])
        if (terminal_id := self._connection.scalar(printed_by)) is None:
            return None
        named = (case for _, case, _ in self._named() if case.receipt_number == receipt_number)
        unnamed = WaitingCase(
            case_id=str(uuid.uuid4()), receipt_number=receipt_number, item_code="", site_id=""
        )
        case = next(named, unnamed)
        self._open(terminal_id, case, Reason.SLIP, case.code)
        return Finding(case_id=case.case_id)

    def take_up(self, case_id: str, by: str, note: str) -> bool:
        """An office looks after it; false when it is not open."""
        return self._change(
            case_id, (State.OPEN,), by, "taken_up", note,
            state=State.TAKEN_UP.value, taken_up_at=self._at, taken_up_by=by,
        )  # fmt: skip

    def close(self, case_id: str, by: str, because: str) -> bool:
        """The citizen was helped, as ``because`` says; false when it is closed already or unknown."""
        return self._change(
            case_id, (State.OPEN, State.TAKEN_UP), by, "closed", because,
            state=State.CLOSED.value, closed_at=self._at, closed_because=because,
        )  # fmt: skip

    def _change(
        self, case_id: str, before: Iterable[State], by: str, act: str, note: str, **values: str
    ) -> bool:
        changed = self._connection.execute(
            update(undelivered)
            .where(undelivered.c.case_id == case_id, undelivered.c.state.in_(state.value for state in before))
            .values(**values)
        )
        if changed.rowcount:
            self._act(by, act, f"case/{case_id}", note)
        return bool(changed.rowcount)

    def _act(self, by: str, act: str, subject: str, note: str = "") -> None:
        self._connection.execute(
            insert(operator_acts).values(at=self._at, by=by, act=act, subject=subject, note=note)
        )

    def _named(self) -> Iterator[tuple[str, WaitingCase, str]]:
        """What the last status of each terminal names: terminal, case, when it was said."""
        chosen = select(latest.c.terminal_id, latest.c.received_at, latest.c.payload).where(
            latest.c.stream == Stream.STATUS.value
        )
        for row in self._connection.execute(chosen).all():
            for case in msgspec.json.decode(row.payload, type=Status).queue.cases:
                yield row.terminal_id, case, row.received_at

    def _is_overdue(self, case: WaitingCase, said_at: str) -> bool:
        if day := case.deadline or case.hear_by:
            return day < in_china(self._now).date().isoformat()
        return said_at < rfc3339(self._now - WITHOUT_A_DAY)

    def _is_new(self, case_id: str) -> bool:
        """Whether neither the case nor anything about it is here."""
        return not any(
            self._connection.scalar(select(table.c.case_id).where(table.c.case_id == case_id))
            for table in (cases, undelivered)
        )

    def _open(self, terminal_id: str, case: WaitingCase, reason: Reason, code: str) -> None:
        if self._is_new(case.case_id):
            self._insert(terminal_id, case, reason, code, self._owner(terminal_id, case.site_id))
            self._tell(terminal_id, case, reason)

    def _insert(self, terminal_id: str, case: WaitingCase, reason: Reason, code: str, owner: str) -> None:
        self._connection.execute(
            insert(undelivered).values(
                case_id=case.case_id,
                terminal_id=terminal_id,
                owner=owner,
                receipt_number=case.receipt_number,
                item_code=case.item_code,
                deadline=self._deadline(case),
                hear_by=case.hear_by,
                call_back=case.call_back,
                reason=reason.value,
                code=code,
                state=State.OPEN.value,
                opened_at=self._at,
                taken_up_at="",
                taken_up_by="",
                closed_at="",
                closed_because="",
            )
        )

    def _tell(self, terminal_id: str, case: WaitingCase, reason: Reason) -> None:
        """Puts ``case.undelivered`` into the ledger, as an event of the platform's own."""
        subject, event_id = f"case/{case.case_id}", str(uuid.uuid4())
        told = UndeliveredCase(
            case_id=case.case_id,
            owner=self._owner(terminal_id, case.site_id),
            deadline=self._deadline(case),
            reason=reason.zh,
        )
        type_ = event_type(Stream.CASE, "undelivered")
        document = {
            "specversion": "1.0",
            "id": event_id,
            "source": "platform",
            "type": type_,
            "subject": subject,
            "time": self._at,
            "datacontenttype": "application/json",
            "data": told,
        }
        self._connection.execute(
            insert(events).values(
                id=event_id,
                terminal_id=terminal_id,
                stream=Stream.CASE.value,
                type=type_,
                subject=subject,
                occurred_at=self._at,
                received_at=self._at,
                store_id=OF_THE_PLATFORM,
                sequence=0,
                repeats=0,
                conflicts=0,
                notable=NOTABLE,
                document=msgspec.json.encode(document).decode("utf-8"),
            )
        )

    def _deadline(self, case: WaitingCase) -> str:
        """The day by which the owner has to look after it: the case's own, or at once."""
        return case.deadline or case.hear_by or in_china(self._now).date().isoformat()

    def _owner(self, terminal_id: str, site_id: str) -> str:
        """The organisation of the site where it was handed in, or where the terminal was enrolled."""
        enrolled_at = self._connection.scalar(
            select(terminals.c.site_id).where(terminals.c.terminal_id == terminal_id)
        )
        for place in (site_id, enrolled_at):
            record = self._connection.scalar(select(sites.c.record).where(sites.c.site_id == place))
            if record is not None:
                return msgspec.json.decode(record, type=Site).organisation
        return NOBODY_YET


def undelivered_cases(connection: Connection, at_most: int) -> list[dict[str, object]]:
    """Those that are not closed, by deadline, and then the closed ones, the newest first."""
    is_closed = undelivered.c.state == State.CLOSED.value
    done = select(undelivered).where(is_closed).order_by(undelivered.c.closed_at.desc()).limit(at_most)
    closed = [row._asdict() for row in connection.execute(done)]
    return [*open_undelivered(connection, at_most), *closed][:at_most]


def open_undelivered(connection: Connection, at_most: int) -> list[dict[str, object]]:
    """Those that are not closed, by deadline."""
    still = select(undelivered).where(undelivered.c.state != State.CLOSED.value)
    chosen = still.order_by(undelivered.c.deadline, undelivered.c.opened_at).limit(at_most)
    return [row._asdict() for row in connection.execute(chosen)]


def _readable(event: CloudEvent) -> WaitingCase:
    """What may be kept of a case that was refused: it may be anything, even somebody's number in clear."""
    about = event.subject.removeprefix("case/")
    case_id = about if re.match(UUID_PATTERN, about) else event.id
    try:
        case = msgspec.json.decode(event.data, type=WaitingCase)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        case = WaitingCase(case_id=case_id, receipt_number="", item_code="", site_id="")
    named = f"{case.item_code} {case.site_id}"
    if redact(named) != named or "\0" in named:
        return WaitingCase(case_id=case_id, receipt_number="", item_code="", site_id="")
    return msgspec.structs.replace(case, case_id=case_id, set_aside=True, code="")
