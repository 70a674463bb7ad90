"""Making a case of what a person handed in: sealed, numbered, with its act of handling.

The personal part is closed to the province's key here, before anything is stored; what remains in clear is
what routing, counting and the data standard need.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

import msgspec

from contract.answers import CitizenSession, SealedCase
from contract.organisation import Acting
from contract.payloads import Actor, Attachment, Case, Service, Site, Subject
from contract.sets import Assurance, CaseState, ItemKind, Relation, ServiceOutcome, SubjectKind
from foundation.clock import in_china, parse_rfc3339
from kiosk_app.province.credentials import Credentials
from kiosk_app.terminal.desk import Helped, Submission
from kiosk_app.terminal.organisations import acting_in


class Times(Protocol):
    """The best known time, as it goes over the wire."""

    def now(self) -> str:
        """The time now."""


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case ready to be stored, with the act of handling that a rating will attach to."""

    case: Case
    service: Service
    code: str
    """What the QR code on its slip says."""

    @property
    def subject(self) -> str:
        """The subject of its events."""
        return f"case/{self.case.case_id}"


def case_file(
    submission: Submission, credentials: Credentials, site: Site, number: int, times: Times
) -> CaseFile:
    """Seals and fills in. ``number`` is the running figure of the receipt.

    A card's proof goes with a case only where the province gave no session: it is what it has instead. What
    failed is withdrawn from the start: nobody acts on it, promises anything for it, or is named in it.
    """
    now = times.now()
    item, signed_in = submission.item, submission.signed_in
    case_id = str(uuid.uuid4())
    failed = bool(submission.failed)
    sealed = "" if failed else credentials.sealer.seal(msgspec.json.encode(_sealed(submission)))
    helped = submission.helped if not failed else None
    here = helped.helper if helped is not None else signed_in
    actor = Actor(assurance=Assurance.ANONYMOUS)
    if here is not None:
        province = here.province
        proof = (
            credentials.card_proof(case_id, here.sam_number, here.read_at, sealed)
            if here.sam_number and province is None
            else None
        )
        actor = Actor(
            assurance=here.assurance,
            subject_ref=province.subject_ref if province is not None else "",
            province_session=province.session_id if province is not None else "",
            proof=proof,
        )
    acting = acting_in(item, signed_in) if not failed else None
    relation, relation_proof = _relation(acting, helped)
    whose = signed_in.province if signed_in is not None else None
    state, outcome = CaseState.SUBMITTED, ServiceOutcome.HANDED_IN
    if failed:
        state, outcome = CaseState.WITHDRAWN, ServiceOutcome.FAILED
    elif item.kind is ItemKind.QUERY:
        state, outcome = CaseState.COMPLETED, ServiceOutcome.DONE
    case = Case(
        case_id=case_id,
        receipt_number=f"{credentials.enrolment.terminal_number}{number:06d}",
        terminal_id=credentials.enrolment.terminal_id,
        site_id=site.site_id,
        region_code=site.region_code,
        item_code=item.code,
        item_version=item.version,
        item_batch=submission.batch_id,
        task_code=item.task_code,
        handle_code=item.handle_code,
        kind=item.kind,
        state=state,
        actor=actor,
        subject=_subject(acting, whose),
        relation=relation,
        relation_proof=relation_proof,
        submitted_at=now,
        offline=submission.offline,
        hear_by="" if failed else _day_after(now, item.hear_within_days),
        deadline="" if failed else _day_after(now, item.deadline_days),
        call_back=bool(_call_back_number(submission)),
        notice_version=submission.notice_version,
        attachments=[
            Attachment(digest=kept.digest, media_type=kept.media_type, size=kept.size, name=kept.name)
            for kept in submission.attachments
        ],
        sealed=sealed,
    )
    service = Service(
        service_id=str(uuid.uuid4()),
        case_id=case_id,
        service_no=1,
        kind=item.service_kind,
        outcome=outcome,
        started_at=submission.started_at,
        ended_at=now,
        error=submission.failed,
    )
    return CaseFile(case, service, credentials.slip_code(case.receipt_number, case_id, now))


def _relation(acting: Acting | None, helped: Helped | None) -> tuple[Relation, str]:
    """In which capacity the one who stands here acts, and on whose word."""
    if acting is not None:
        return acting.relation, acting.mandate
    return (helped.relation, helped.proof) if helped is not None else (Relation.SELF, "")


def _subject(acting: Acting | None, whose: CitizenSession | None) -> Subject:
    if acting is not None:
        return Subject(kind=SubjectKind.ORGANISATION, subject_ref=acting.subject_ref)
    return Subject(kind=SubjectKind.PERSON, subject_ref=whose.subject_ref if whose is not None else "")


def _sealed(submission: Submission) -> SealedCase:
    identity = submission.signed_in.identity if submission.signed_in is not None else None
    acting = acting_in(submission.item, submission.signed_in)
    return SealedCase(
        person=identity,
        helper=submission.helped.helper.identity if submission.helped is not None else None,
        organisation=acting.organisation if acting is not None else None,
        answers=dict(submission.answers),
        call_back_number=_call_back_number(submission),
    )


def _call_back_number(submission: Submission) -> str:
    """The number that the person left to be called back: the answer of the first step that asks for one."""
    for step in submission.item.steps:
        answer = submission.answers.get(step.field)
        if step.format == "mobile" and isinstance(answer, str):
            return answer
    return ""


def _day_after(now: str, days: int) -> str:
    """The day in Hubei so many days after ``now``; empty when the item promises none."""
    if days == 0:
        return ""
    return (in_china(parse_rfc3339(now)) + timedelta(days=days)).date().isoformat()
