"""Which cases the province does not have yet, as they stand in every status event.

With this the province knows who is waiting even when a case itself does not get through: it was refused, or
the terminal falls silent afterwards.
"""

from __future__ import annotations

import msgspec

from contract.payloads import Case, WaitingCase
from offline_store.promises import OpenPromises, Promised

MOST_NAMED = 20


def waiting_cases(promises: OpenPromises) -> list[WaitingCase]:
    """The cases that are due first."""
    return [_waiting_case(promised) for promised in promises.first]


def _waiting_case(promised: Promised) -> WaitingCase:
    case = msgspec.json.decode(promised.data, type=Case)
    return WaitingCase(
        case_id=case.case_id,
        receipt_number=case.receipt_number,
        item_code=case.item_code,
        site_id=case.site_id,
        deadline=case.deadline,
        hear_by=case.hear_by,
        call_back=case.call_back,
        set_aside=promised.is_set_aside,
        code=promised.code,
    )
