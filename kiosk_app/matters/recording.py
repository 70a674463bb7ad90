"""Committing what a person did: a case with its act of handling in one transaction, a rating in another."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from contract.answers import CaseAnswer
from contract.payloads import Rating, Site
from contract.rating_tags import TAG_SET
from kiosk_app.matters.handing_in import CaseFile, case_file
from kiosk_app.matters.handing_over import HandoverFile, handover_file
from kiosk_app.province.credentials import Credentials
from kiosk_app.reporting.cases import case_events, handover_event, rating_event
from kiosk_app.reporting.events import EventMaker
from kiosk_app.terminal.desk import GivenRating, Submission
from offline_store.database import Transaction
from offline_store.store import OfflineStore


class CaseRecorder:
    """Writes to the outbox. Every method raises ``StoreError`` and then has written nothing."""

    def __init__(self, store: OfflineStore, maker: EventMaker, credentials: Credentials, site: Site) -> None:
        self._store = store
        self._maker = maker
        self._credentials = credentials
        self._site = site

    def record(self, submission: Submission, along: Callable[[Transaction], None] | None = None) -> CaseFile:
        """Makes a case of it, sealed; when this returns it is on the disk, and what is ``along`` done."""
        number = self._store.ledger.next_receipt_number()
        file = case_file(submission, self._credentials, self._site, number, self._maker)
        events = case_events(self._maker, file.case, file.service, submission.attachments)
        self._store.outbox.append(events, along)
        return file

    def record_for_window(
        self, submission: Submission, along: Callable[[Transaction], None] | None = None
    ) -> HandoverFile:
        """Makes of it what a window goes on with, sealed; on the disk when this returns, as above."""
        number = self._store.ledger.next_receipt_number()
        file = handover_file(submission, self._credentials, self._site, number, self._maker)
        self._store.outbox.append([handover_event(self._maker, file.handover)], along)
        return file

    def slip_code(self, case: CaseAnswer) -> str:
        """What the QR code says on the slip of a case that was handed in before, here or elsewhere."""
        return self._credentials.slip_code(case.receipt_number, case.case_id, self._maker.now())

    def record_rating(self, given: GivenRating) -> None:
        """A rating of one act of handling; when this returns it is on the disk."""
        rating = Rating(
            rating_id=str(uuid.uuid4()),
            case_id=given.case_id,
            service_id=given.service_id,
            service_no=1,
            level=given.level,
            tags=list(given.tags),
            tag_set=TAG_SET,
            rated_at=self._maker.now(),
        )
        self._store.outbox.append([rating_event(self._maker, rating)])
