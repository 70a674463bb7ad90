"""Who has applied already: 您已在…提交，编号….

For matters that are done once per person. At the sign-in the person is told of what was applied for before; a
case that comes all the same, from an offline terminal or by another way, is stored like any other and linked
to the first one, never dropped: whether it says something new is for the authority to see.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import ColumnElement, Connection, insert, select

from contract.answers import EarlierCase
from contract.payloads import Site
from contract.sets import CaseState, OncePer
from foundation.clock import in_china, parse_rfc3339
from province_platform.publication import current_batch
from province_platform.schema import cases, duplicates, sites

MOST_TOLD = 50
_OVER = (CaseState.REFUSED, CaseState.WITHDRAWN)
"""After these one applies again."""


class _OnceRule(msgspec.Struct):
    code: str
    once_per: OncePer = OncePer.NONE


class _OnceRules(msgspec.Struct):
    items: list[_OnceRule]


def earlier_cases(connection: Connection, subject_ref: str) -> list[EarlierCase]:
    """What this person has applied for, of the matters that are done once; the oldest of each."""
    codes = _done_once(connection)
    if not codes or not subject_ref:
        return []
    rows = connection.execute(
        select(cases, sites.c.record)
        .outerjoin(sites, sites.c.site_id == cases.c.site_id)
        .where(_counts(subject_ref), cases.c.item_code.in_(codes))
        .order_by(cases.c.received_at, cases.c.case_no)
    )
    first: dict[str, EarlierCase] = {}
    for row in rows:
        place = msgspec.json.decode(row.record, type=Site).name if row.record else ""
        case = EarlierCase(
            item_code=row.item_code,
            case_no=row.case_no,
            receipt_number=row.receipt_number,
            place=place,
            submitted_on=in_china(parse_rfc3339(row.occurred_at)).date().isoformat(),
            state=CaseState(row.state),
        )
        first.setdefault(row.item_code, case)
    return list(first.values())[:MOST_TOLD]


def link_duplicate(connection: Connection, case_id: str, item_code: str, subject_ref: str) -> str:
    """Links a case that has just been stored to the first one of the same person; its id, or empty."""
    if not subject_ref:
        return ""
    others = (
        select(cases.c.case_id)
        .where(_counts(subject_ref), cases.c.item_code == item_code, cases.c.case_id != case_id)
        .order_by(cases.c.received_at, cases.c.case_no)
    )
    first: str | None = connection.scalar(others.limit(1))
    if first is None or item_code not in _done_once(connection):
        return ""
    connection.execute(insert(duplicates).values(case_id=case_id, duplicate_of=first))
    return first


def _counts(subject_ref: str) -> ColumnElement[bool]:
    return (cases.c.subject_ref == subject_ref) & cases.c.state.not_in(state.value for state in _OVER)


def _done_once(connection: Connection) -> set[str]:
    batch = current_batch(connection)
    if batch is None:
        return set()
    rules = msgspec.json.decode(batch.content, type=_OnceRules).items
    return {rule.code for rule in rules if rule.once_per is OncePer.PERSON}
