"""People who hand in cases, and a terminal that says how it is, without end."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Sequence

from contract.answers import Enrolment
from contract.payloads import Actor, Attachment, Case, Rating, Service, Status, Subject
from contract.sealing import Sealer
from contract.sets import (
    Assurance,
    CaseState,
    ItemKind,
    Satisfaction,
    ServiceKind,
    ServiceOutcome,
    Stream,
    SubjectKind,
    TerminalState,
)
from kiosk_app.province.attachment_uplink import PIECE_BYTES
from kiosk_app.reporting.cases import case_events, rating_event, service_event
from kiosk_app.reporting.events import TELEMETRY_PRIORITY, EventMaker
from offline_store.attachments import Attachments, KeptAttachment
from offline_store.events import NewEvent
from offline_store.ledger import Ledger


def visits(
    maker: EventMaker, enrolment: Enrolment, ledger: Ledger, attachments: Attachments | None = None
) -> Iterator[list[NewEvent]]:
    """What belongs together, to be appended in one transaction; endless.

    Each visit is a case with its service, now and then with files (where ``attachments`` keeps some), often a
    second service, often a rating of one of them, and now and then a status of the terminal in between.
    """
    while True:
        papers: list[KeptAttachment] = []
        if attachments is not None:
            sealer = Sealer(enrolment.sealing_key)
            papers = [_paper(attachments, sealer) for _ in range(random.choice((0, 0, 0, 0, 1, 2)))]
        case = _case(maker, enrolment, ledger.next_receipt_number(), papers)
        services = [_service(maker, case, number) for number in (1, 2)]
        yield case_events(maker, case, services[0], papers)
        if random.random() < 0.5:
            yield [_status(maker)]
        if random.random() < 0.5:
            yield [service_event(maker, services[1])]
        if random.random() < 0.7:
            yield [rating_event(maker, _rating(maker, services[0]))]


def _paper(attachments: Attachments, sealer: Sealer) -> KeptAttachment:
    """A picture of one to three pieces."""
    content = random.randbytes(random.randint(1_000, 3 * PIECE_BYTES))
    kept = attachments.keep([content], sealer, media_type="image/jpeg", name="户口簿首页")
    if not isinstance(kept, KeptAttachment):
        raise TypeError(f"a paper was not kept: {kept}")
    return kept


def _case(
    maker: EventMaker, enrolment: Enrolment, receipt_number: int, papers: Sequence[KeptAttachment]
) -> Case:
    return Case(
        case_id=str(uuid.uuid4()),
        receipt_number=f"{enrolment.terminal_number}{receipt_number:06d}",
        terminal_id=enrolment.terminal_id,
        site_id=enrolment.site.site_id,
        region_code=enrolment.site.region_code,
        item_code="call-back",
        item_version=1,
        item_batch="test",
        task_code="11420000010833209R2002014003001",
        kind=ItemKind.FORM,
        state=CaseState.SUBMITTED,
        actor=Actor(assurance=Assurance.ANONYMOUS),
        subject=Subject(kind=SubjectKind.PERSON),
        submitted_at=maker.now(),
        notice_version="1",
        attachments=[
            Attachment(digest=paper.digest, media_type=paper.media_type, size=paper.size, name=paper.name)
            for paper in papers
        ],
    )


def _service(maker: EventMaker, case: Case, number: int) -> Service:
    return Service(
        service_id=str(uuid.uuid4()),
        case_id=case.case_id,
        service_no=number,
        kind=ServiceKind.CALL_BACK_REQUEST,
        outcome=ServiceOutcome.HANDED_IN,
        started_at=maker.now(),
        ended_at=maker.now(),
    )


def _rating(maker: EventMaker, service: Service) -> Rating:
    return Rating(
        rating_id=str(uuid.uuid4()),
        case_id=service.case_id,
        service_id=service.service_id,
        service_no=service.service_no,
        level=Satisfaction.SATISFIED,
        rated_at=maker.now(),
    )


def _status(maker: EventMaker) -> NewEvent:
    """``uptime_s`` is a mark here: no two are alike."""
    status = Status(
        terminal_id=maker.terminal_id,
        state=TerminalState.NORMAL,
        uptime_s=random.getrandbits(48),
        application_version="1",
        item_batch="test",
        disk_free_mb=1,
    )
    return maker.make(Stream.STATUS, status, priority=TELEMETRY_PRIORITY)
