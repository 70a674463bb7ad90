"""A form that somebody could not finish here, for a window to go on with: sealed, numbered, for a while.

It is no case: nothing is handed in. What identity says is not among the answers, because the window asks the
person's card again; papers that were taken stay behind, and are taken again there.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

import msgspec

from contract.handover import HANDOVER_KEPT_DAYS, CaseHandover, HandedOver
from contract.payloads import Site
from contract.sets import Assurance
from foundation.clock import in_china, parse_rfc3339, rfc3339
from kiosk_app.matters.handing_in import Times
from kiosk_app.province.credentials import Credentials
from kiosk_app.terminal.desk import Submission


@dataclass(frozen=True, slots=True)
class HandoverFile:
    """A form ready to be stored. ``code`` is what the QR code on its slip says, ``until`` its last day."""

    handover: CaseHandover
    code: str
    until: str


def handover_file(
    submission: Submission, credentials: Credentials, site: Site, number: int, times: Times
) -> HandoverFile:
    """Seals and fills in. ``number`` is the running figure of the slip."""
    now = times.now()
    expires = parse_rfc3339(now) + timedelta(days=HANDOVER_KEPT_DAYS)
    item, signed_in = submission.item, submission.signed_in
    content = HandedOver(
        person=signed_in.identity if signed_in is not None else None, answers=dict(submission.answers)
    )
    handover = CaseHandover(
        case_id=str(uuid.uuid4()),
        receipt_number=f"{credentials.enrolment.terminal_number}{number:06d}",
        terminal_id=credentials.enrolment.terminal_id,
        site_id=site.site_id,
        item_code=item.code,
        item_version=item.version,
        item_batch=submission.batch_id,
        step=submission.for_window.next_field if submission.for_window is not None else "",
        assurance=signed_in.assurance if signed_in is not None else Assurance.ANONYMOUS,
        made_at=now,
        expires_at=rfc3339(expires),
        offline=submission.offline,
        sealed=credentials.sealer.seal(msgspec.json.encode(content)),
    )
    code = credentials.slip_code(handover.receipt_number, handover.case_id, now)
    return HandoverFile(handover, code, in_china(expires).date().isoformat())
