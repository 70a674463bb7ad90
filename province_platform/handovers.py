"""Forms that could not be finished at a terminal: a window opens one, once, for the person who stands there.

Whoever scans the slip's code sees that there is one, and nothing of it. It is opened for the person whose it
is: her card is read again at the window. Then it is erased here, as it is when it expires.
"""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import Connection, insert, select, update

from contract.answers import Identity, SlipStanding
from contract.handover import CaseHandover, HandedOver
from contract.items import LocalText
from contract.sealing import NotOpenedError, Opener
from contract.slip_code import SlipCode
from foundation.clock import rfc3339
from foundation.errors import Errors
from province_platform.handover_schema import handovers
from province_platform.refused import Refused
from province_platform.schema import operator_acts

_TO_GO_ON = LocalText(
    "没有在终端办完，还没有提交。请本人出示证件，从同一步接着办。",
    "It was not finished at the terminal and not submitted. See her document, and go on at the same step.",
)
_OPENED = LocalText(
    "已在窗口打开过，一张凭条只能接办一次。", "It was opened at a window already: it opens once."
)
_EXPIRED = LocalText(
    "已过期，内容已销毁。请重新办理。", "It has expired and was destroyed. Please begin anew."
)
_NOT_HERE = LocalText(
    "尚未到达。终端连上省里后自动送来，请稍后再扫。", "It has not arrived: the terminal sends it when it can."
)
_SOMEBODY_ELSE = LocalText(
    "出示的证件与填表人不符，不能打开。", "The document is not that of the person who filled it in."
)
_UNREADABLE = LocalText("内容打不开，请重新办理。", "It cannot be opened. Please begin anew.")


class HandoverOpened(msgspec.Struct, frozen=True, kw_only=True):
    """What a window sees: where to go on (the field that is asked next; empty: all was answered), and what
    was answered."""

    case_id: str
    receipt_number: str
    item_code: str
    item_version: int
    step: str
    made_at: str
    form: HandedOver

    def __repr__(self) -> str:
        return f"HandoverOpened({self.case_id!r}, …)"


class HandoverBook:
    """The forms, within one transaction."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._at = rfc3339(now)

    def keep(self, handover: CaseHandover) -> str:
        """Keeps one that has come; why it is refused, or empty. What has expired is erased."""
        known = select(handovers.c.case_id).where(handovers.c.case_id == handover.case_id)
        if self._connection.scalar(known) is not None:
            return "data.case_id is another form's"
        values = {name: getattr(handover, name) for name in _COPIED}
        self._connection.execute(
            insert(handovers).values(**values, received_at=self._at, opened_at="", opened_by="")
        )
        self._connection.execute(
            update(handovers).where(handovers.c.expires_at <= self._at).values(sealed="")
        )
        return ""

    def standing(self, code: SlipCode, terminal_name: str) -> SlipStanding | None:
        """What whoever scanned ``code`` may know; None when it is no form of these."""
        row = self._connection.execute(
            select(handovers).where(handovers.c.case_id == code.case_id)
        ).one_or_none()
        if row is None or row.receipt_number != code.receipt_number:
            return None
        explanation = _OPENED if row.opened_at else _EXPIRED if row.expires_at <= self._at else _TO_GO_ON
        return SlipStanding(
            receipt_number=row.receipt_number,
            terminal_id=row.terminal_id,
            terminal_name=terminal_name,
            issued_at=code.issued_at,
            arrived=True,
            explanation=explanation,
            item_code=row.item_code,
            received_at=row.received_at,
            to_go_on=explanation is _TO_GO_ON,
        )

    def open(
        self, opener: Opener, code: SlipCode, shown: Identity | None, by: str
    ) -> HandoverOpened | Refused:
        """The form, for the person whose document was ``shown`` at the window ``by``; every try is noted."""
        row = self._connection.execute(
            select(handovers).where(handovers.c.case_id == code.case_id)
        ).one_or_none()
        if row is None or row.receipt_number != code.receipt_number:
            return _refused(404, _NOT_HERE)
        if row.opened_at:
            return _refused(409, _OPENED)
        if row.expires_at <= self._at:
            return _refused(410, _EXPIRED)
        try:
            form = msgspec.json.decode(opener.open(row.sealed), type=HandedOver)
        except (NotOpenedError, msgspec.DecodeError, UnicodeError, RecursionError):
            return _refused(422, _UNREADABLE)
        if form.person is not None and (shown is None or not _is_same(form.person, shown)):
            self._note(by, "handover_refused", code.case_id)
            return _refused(403, _SOMEBODY_ELSE)
        self._note(by, "handover_opened", code.case_id)
        self._connection.execute(
            update(handovers)
            .where(handovers.c.case_id == code.case_id)
            .values(sealed="", opened_at=self._at, opened_by=by)
        )
        return HandoverOpened(
            case_id=row.case_id,
            receipt_number=row.receipt_number,
            item_code=row.item_code,
            item_version=row.item_version,
            step=row.step,
            made_at=row.made_at,
            form=form,
        )

    def _note(self, by: str, act: str, case_id: str) -> None:
        self._connection.execute(
            insert(operator_acts).values(at=self._at, by=by, act=act, subject=f"case/{case_id}", note="")
        )


_COPIED = (
    "case_id",
    "terminal_id",
    "receipt_number",
    "item_code",
    "item_version",
    "step",
    "made_at",
    "expires_at",
    "sealed",
)


def _is_same(filled_in: Identity, shown: Identity) -> bool:
    return (filled_in.number, filled_in.name) == (shown.number, shown.name)


def _refused(status: int, why: LocalText) -> Refused:
    return Refused(status, Errors.SLIP_NOT_GENUINE, why)
