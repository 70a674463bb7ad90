"""Taking up a slip: whoever sits at a window scans its code and sees where the case stands.

The terminal's signature is checked first. A case that has not come yet is no reason to send anybody away: the
signature says that a terminal saved it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Row, select

from contract.answers import SlipStanding
from contract.items import LocalText
from contract.sets import CaseState
from contract.signing import Verifier
from contract.slip_code import MalformedSlipCodeError, SlipCode, parse_slip_code
from foundation.errors import Errors
from province_platform.authority import public_key_pem
from province_platform.handovers import HandoverBook
from province_platform.refused import Refused
from province_platform.schema import cases, terminals

_NOT_ARRIVED = LocalText(
    "尚未到达，终端已保存。终端连上后自动送达，群众不用重办；请记下凭条号。",
    "It has not arrived yet; the terminal has saved it. It is sent by itself, and nobody has to start again.",
)
_NOT_ARRIVED_REVOKED = LocalText(
    "尚未到达，这台终端已停用。请记下凭条号和联系方式，联系运维人员取回。",
    "It has not arrived, and this terminal was withdrawn. Note the number and ask the operators to fetch it.",
)
_ARRIVED = LocalText("省平台已收到，从这一步接着办。", "The province has it. Go on from here.")


def not_genuine() -> Refused:
    """The code was altered, is not complete, or was not signed by a terminal that is known here."""
    return Refused(
        422,
        Errors.SLIP_NOT_GENUINE,
        LocalText(
            "这个码没有通过：可能被改过，或没有扫全。请再扫一次，或按凭条号和证件人工核对。",
            "This code does not hold. Scan it again, or look for the slip number, with the document.",
        ),
    )


def genuine(connection: Connection, scanned: str) -> tuple[SlipCode, Row[tuple[object, ...]]] | None:
    """The code and the terminal that signed it; None for what was altered or made up."""
    try:
        code = parse_slip_code(scanned)
    except MalformedSlipCodeError:
        return None
    this_terminal = select(terminals).where(terminals.c.terminal_id == code.terminal_id)
    terminal = connection.execute(this_terminal).one_or_none()
    if terminal is None or not code.is_signed_by(Verifier(public_key_pem(terminal.certificate))):
        return None
    return code, terminal


def take_up(connection: Connection, scanned: str, now: datetime) -> SlipStanding | Refused:
    """What the slip with this code stands for: a case, or a form that a window goes on with."""
    found = genuine(connection, scanned)
    if found is None:
        return not_genuine()
    code, terminal = found
    if (to_go_on := HandoverBook(connection, now).standing(code, terminal.name)) is not None:
        return to_go_on
    case = connection.execute(select(cases).where(cases.c.case_id == code.case_id)).one_or_none()
    if case is None:
        return _not_arrived(code, terminal)
    if case.receipt_number != code.receipt_number:
        return not_genuine()
    return SlipStanding(
        receipt_number=code.receipt_number,
        terminal_id=code.terminal_id,
        terminal_name=terminal.name,
        issued_at=code.issued_at,
        arrived=True,
        explanation=_ARRIVED,
        case_no=case.case_no,
        state=CaseState(case.state),
        item_code=case.item_code,
        received_at=case.received_at,
        hear_by=case.hear_by,
    )


def _not_arrived(code: SlipCode, terminal: Row[tuple[object, ...]]) -> SlipStanding:
    return SlipStanding(
        receipt_number=code.receipt_number,
        terminal_id=code.terminal_id,
        terminal_name=terminal.name,
        issued_at=code.issued_at,
        arrived=False,
        explanation=_NOT_ARRIVED if terminal.revoked_at is None else _NOT_ARRIVED_REVOKED,
    )
