"""One good example of everything that a terminal sends."""

from __future__ import annotations

import uuid
from typing import Any

import msgspec

from contract.envelope import CloudEvent, event_type
from contract.event_types import PAYLOADS
from contract.handover import CaseHandover
from contract.payloads import (
    Actor,
    Alarm,
    Attachment,
    AuditSegment,
    CardProof,
    Case,
    CommandResult,
    DeviceReport,
    Payload,
    Period,
    Position,
    QueueReport,
    Rating,
    Reconciliation,
    Service,
    Site,
    Status,
    Subject,
    UndeliveredCase,
    WaitingCase,
)
from contract.session import Session, Wiped
from contract.sets import (
    Assurance,
    CaseState,
    ClockTrust,
    CommandOutcome,
    CoordinateSource,
    DeviceHealth,
    ItemKind,
    Network,
    ReferenceSystem,
    Satisfaction,
    ServiceKind,
    ServiceOutcome,
    SiteKind,
    Stream,
    SubjectKind,
    TerminalState,
    WayOut,
    WipedPart,
    WipeOutcome,
)

NOW = "2026-11-21T02:10:07.123Z"
TERMINAL = "HB-WH-00017"
CASE_ID = "6f1a4d2e-0f3b-4c58-9a61-1b2c3d4e5f60"
SERVICE_ID = "0b9c8d7e-1a2b-4c3d-8e4f-5a6b7c8d9e0f"
TASK_CODE = "11420000010833209R2002014003001"


def new_id() -> str:
    return str(uuid.uuid4())


def case(**changes: Any) -> Case:
    """A case handed in offline, with every field filled in."""
    facts: dict[str, Any] = {
        "case_id": CASE_ID,
        "receipt_number": "00017000042",
        "terminal_id": TERMINAL,
        "site_id": "WH-JA-0003",
        "region_code": "420102000000",
        "item_code": "elder-allowance",
        "item_version": 1,
        "item_batch": "420000000000-20261120T000000-seed",
        "task_code": TASK_CODE,
        "handle_code": TASK_CODE + "01",
        "kind": ItemKind.FORM,
        "state": CaseState.SAVED_HERE,
        "actor": Actor(
            assurance=Assurance.CARD_PRESENT,
            proof=CardProof(sam_number="05.01-1", read_at=NOW, signature="a..b"),
        ),
        "subject": Subject(kind=SubjectKind.PERSON),
        "submitted_at": NOW,
        "offline": True,
        "hear_by": "2026-12-11",
        "deadline": "2026-11-24",
        "call_back": True,
        "notice_version": "2026-11",
        "attachments": [
            Attachment(digest="sha256:" + "0" * 64, media_type="image/png", size=1, name="手写签名")
        ],
        "sealed": "a.b.c.d.e",
    }
    return Case(**(facts | changes))


def payload(type_: str) -> Payload:
    """An example of the payload that ``type_`` announces."""
    return _EXAMPLES[PAYLOADS[type_]]


def event(type_: str, content: Payload | msgspec.Raw, **changes: Any) -> CloudEvent:
    """An event of ``type_`` with that content."""
    about = getattr(content, "case_id", "")
    facts: dict[str, Any] = {
        "id": new_id(),
        "source": f"terminal/{TERMINAL}",
        "type": type_,
        "subject": f"case/{about}" if about else f"terminal/{TERMINAL}",
        "time": NOW,
        "bootid": "2f3c5a6e-8d1b-4a7c-9e0f-112233445566",
        "storeid": "7d9e1c2b-3a4f-4b5c-8d6e-778899aabbcc",
        "sequence": "42",
        "monotonicms": "123456789",
        "clocktrust": ClockTrust.SYNCHRONISED,
        "data": content if isinstance(content, msgspec.Raw) else msgspec.Raw(msgspec.json.encode(content)),
    }
    return CloudEvent(**(facts | changes))


def case_event(**changes: Any) -> CloudEvent:
    return event(event_type(Stream.CASE), case(), **changes)


_EXAMPLES: dict[type[Payload], Payload] = {
    Site: Site(
        site_id="WH-JA-0003",
        name="江岸区样例街道政务服务中心",
        kind=SiteKind.SERVICE_CENTRE,
        organisation="江岸区样例街道办事处",
        region_code="420102000000",
        address="湖北省武汉市江岸区样例路1号",
        network=Network.GOVERNMENT_EXTRANET,
    ),
    Position: Position(
        terminal_id=TERMINAL,
        site_id="WH-JA-0003",
        longitude=114.3092,
        latitude=30.5998,
        crs=ReferenceSystem.CGCS2000,
        coordinate_source=CoordinateSource.SURVEYED,
        measured_at=NOW,
    ),
    Status: Status(
        terminal_id=TERMINAL,
        state=TerminalState.WARNING,
        worst_device="receipt_printer",
        capabilities_lost=["slip"],
        devices=[DeviceReport(device="receipt_printer", health=DeviceHealth.LOW, details={"paper": "low"})],
        queue=QueueReport(
            depth=3,
            oldest_s=61,
            cases_waiting=1,
            earliest_deadline="2026-11-24",
            cases=[
                WaitingCase(
                    case_id=CASE_ID,
                    receipt_number="00017000042",
                    item_code="elder-allowance",
                    site_id="WH-JA-0003",
                    deadline="2026-11-24",
                )
            ],
        ),
        counters={"id_card_reader.bad_checksum": 2},
        period=Period(first_sequence=7, last_sequence=9),
    ),
    Case: case(),
    UndeliveredCase: UndeliveredCase(
        case_id=CASE_ID, owner="江岸区样例街道办事处", deadline="2026-12-01", reason="终端未连上平台"
    ),
    Service: Service(
        service_id=SERVICE_ID,
        case_id=CASE_ID,
        service_no=1,
        kind=ServiceKind.APPLICATION,
        outcome=ServiceOutcome.HANDED_IN,
        started_at=NOW,
        ended_at=NOW,
    ),
    Rating: Rating(
        rating_id="3c2b1a09-8f7e-4d6c-9b5a-4f3e2d1c0b9a",
        case_id=CASE_ID,
        service_id=SERVICE_ID,
        service_no=1,
        level=Satisfaction.SATISFIED,
        tags=["412"],
        rated_at=NOW,
    ),
    CaseHandover: CaseHandover(
        case_id="7c6b5a49-3827-4160-9f8e-7d6c5b4a3928",
        receipt_number="00017000043",
        terminal_id=TERMINAL,
        site_id="WH-JA-0003",
        item_code="elder-allowance",
        item_version=1,
        item_batch="420000000000-20261120T000000-seed",
        step="pay_to",
        assurance=Assurance.CARD_PRESENT,
        made_at=NOW,
        expires_at="2026-11-28T02:10:07.123Z",
        sealed="eyJhbGciOiJFQ0RILUVTIn0.sealed",
    ),
    Alarm: Alarm(
        alarm_id="5e4d3c2b-1a09-4f8e-8d7c-6b5a49382716",
        terminal_id=TERMINAL,
        code="PRNT-002",
        open=True,
        since=NOW,
    ),
    Session: Session(
        session_id="9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d",
        terminal_id=TERMINAL,
        started_at=NOW,
        ended_at=NOW,
        way_out=WayOut.DONE,
        wipe_clean=True,
        wiped=[Wiped(part=WipedPart.ATTACHMENTS, outcome=WipeOutcome.DONE, count=1)],
    ),
    CommandResult: CommandResult(
        command_id="2d3e4f50-6172-4839-8a4b-5c6d7e8f9a0b",
        terminal_id=TERMINAL,
        outcome=CommandOutcome.EXPIRED,
        code="CMND-001",
    ),
    AuditSegment: AuditSegment(
        chain_id="1f2e3d4c-5b6a-4798-8897-a6b5c4d3e2f1", first_entry=1, last_entry=9, head="a" * 64
    ),
    Reconciliation: Reconciliation(
        terminal_id=TERMINAL,
        stream=Stream.CASE,
        first_sequence=40,
        last_sequence=42,
        count=2,
        digest="sha256:" + "0" * 64,
        set_aside=[41],
        cut_at=NOW,
    ),
}
