"""Events of what a person did: the case, its act of handling, the rating of that.

The id of each event is the id that its payload has anyway (case, service, rating), so that whoever knows the
one knows the other: a rating made minutes later names the service that it waits for.
"""

from __future__ import annotations

from collections.abc import Sequence

from contract.handover import HANDOVER, CaseHandover
from contract.payloads import Case, Rating, Service
from contract.sets import Stream
from kiosk_app.reporting.events import CITIZEN_PRIORITY, WAITED_FOR_PRIORITY, EventMaker
from offline_store.attachments import KeptAttachment
from offline_store.events import NewEvent


def case_events(
    maker: EventMaker, case: Case, service: Service, attachments: Sequence[KeptAttachment] = ()
) -> list[NewEvent]:
    """The submission with its files and its act of handling, to be appended in one transaction.

    The case waits for its files: the province takes it when it has them.

    Only who hands in with a line waits for a number: without one the person was told that it comes later.
    """
    priority = CITIZEN_PRIORITY if case.offline else WAITED_FOR_PRIORITY
    files = {kept.id: kept for kept in attachments}
    return [
        *(maker.make_upload(kept, case.case_id, priority) for kept in files.values()),
        maker.make(
            Stream.CASE,
            case,
            priority=priority,
            subject=f"case/{case.case_id}",
            event_id=case.case_id,
            due_on=case.deadline,
            depends_on=tuple(files),
        ),
        service_event(maker, service),
    ]


def handover_event(maker: EventMaker, handover: CaseHandover) -> NewEvent:
    """A form that a window goes on with: as urgent as a case, and no promise of a day."""
    return maker.make(
        Stream.CASE,
        handover,
        priority=CITIZEN_PRIORITY if handover.offline else WAITED_FOR_PRIORITY,
        subject=f"case/{handover.case_id}",
        event_id=handover.case_id,
        word=HANDOVER,
    )


def service_event(maker: EventMaker, service: Service) -> NewEvent:
    """One more act of handling within a case that is in the outbox already."""
    return maker.make(
        Stream.SERVICE,
        service,
        priority=CITIZEN_PRIORITY,
        subject=f"case/{service.case_id}",
        event_id=service.service_id,
        depends_on=(service.case_id,),
    )


def rating_event(maker: EventMaker, rating: Rating) -> NewEvent:
    """A rating, for a service that is in the outbox already."""
    return maker.make(
        Stream.RATING,
        rating,
        priority=CITIZEN_PRIORITY,
        subject=f"case/{rating.case_id}",
        event_id=rating.rating_id,
        depends_on=(rating.service_id,),
    )
