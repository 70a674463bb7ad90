"""Who has applied already: 您已在…提交，编号….

For matters that are done once per person. At the sign-in the person is told of what was applied for before; a
case that comes all the same, from an offline terminal or by another way, is stored like any other and linked
to the first one, never dropped: whether it says something new is for the authority to see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import Connection, select

from contract.answers import EarlierCase
from contract.payloads import Site
from contract.sets import CaseState, OncePer
from foundation.clock import in_china, parse_rfc3339
from province_platform.publication import current_batch
from province_platform.schema import cases, sites

MOST_TOLD = 50
_OVER = (CaseState.REFUSED.value, CaseState.WITHDRAWN.value)
"""After these one applies again."""
_NOT_OVER = cases.c.state.not_in(_OVER)


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
        .where(cases.c.subject_ref == subject_ref, cases.c.item_code.in_(codes), _NOT_OVER)
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


def duplicates_among(
    connection: Connection, new_cases: Sequence[Mapping[str, object]]
) -> list[dict[str, object]]:
    """Rows that link ``new_cases``, which are not in the table yet, each to the first one of its person.

    The first may be one of them: they count in their order.
    """
    people = {str(case["subject_ref"]) for case in new_cases} - {""}
    once = _done_once(connection) if people else set()
    codes = {str(case["item_code"]) for case in new_cases if case["subject_ref"]} & once
    if not codes:
        return []
    before = (
        select(cases.c.subject_ref, cases.c.item_code, cases.c.case_id)
        .where(cases.c.subject_ref.in_(people), cases.c.item_code.in_(codes), _NOT_OVER)
        .order_by(cases.c.received_at, cases.c.case_no)
    )
    first: dict[tuple[object, object], object] = {}
    for row in connection.execute(before):
        first.setdefault((row.subject_ref, row.item_code), row.case_id)
    links: list[dict[str, object]] = []
    for case in new_cases:
        whose = case["subject_ref"], case["item_code"]
        if whose in first:
            links.append({"case_id": case["case_id"], "duplicate_of": first[whose]})
        elif case["subject_ref"] and case["item_code"] in codes and case["state"] not in _OVER:
            first[whose] = case["case_id"]
    return links


def _done_once(connection: Connection) -> set[str]:
    batch = current_batch(connection)
    if batch is None:
        return set()
    rules = msgspec.json.decode(batch.content, type=_OnceRules).items
    return {rule.code for rule in rules if rule.once_per is OncePer.PERSON}
