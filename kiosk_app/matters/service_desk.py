"""The hands of the machine: everything that takes time, in threads of its own, answered by messages.

Two lines of work, so that a slow province never holds up the disk: what asks the province, and what commits.
Commits have one worker, so they keep the order in which a person did things.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from contract.session import Wiped
from contract.sets import CaseState, WayOut, WipedPart, WipeOutcome
from foundation.errors import ErrorCode, Errors
from kiosk_app.matters.asking_desk import AskingDesk, signed_out
from kiosk_app.matters.capture_desk import CaptureDesk
from kiosk_app.matters.draft_desk import DraftDesk
from kiosk_app.matters.face_desk import FaceDesk
from kiosk_app.matters.paper_desk import PaperDesk
from kiosk_app.matters.recording import CaseRecorder
from kiosk_app.operations.staff_desk import StaffDesk
from kiosk_app.province.client import ProvinceClient
from kiosk_app.terminal.answers import CaseCommitted
from kiosk_app.terminal.desk import GivenRating, Submission
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.session import CitizenSession
from offline_store.database import Transaction
from offline_store.errors import StoreError

log = logging.getLogger("dianxiaoer.desk")


class CardReading(Protocol):
    """When cards may be read."""

    def allow_identity_card(self, allowed: bool) -> None:
        """Whether an identity card may be read now."""

    def allow_social_card(self, allowed: bool) -> None:
        """Whether a social-security card may be read now."""


class DeskDevices(Protocol):
    """The devices that the desk works with."""

    @property
    def cards(self) -> CardReading:
        """The readers of cards."""

    def expect_code(self, expected: bool) -> None:
        """Whether the scanner looks for a code now."""


class SessionEnder(Protocol):
    """What ends a session: wipe, scan, record."""

    def end(self, session: CitizenSession, way_out: WayOut, wiped: Sequence[Wiped]) -> None:
        """Answers with WipeFinished. ``wiped`` is what was cleared before."""

    def replace_process(self) -> None:
        """Returns at once; answers with ProcessStayed when it failed."""


@dataclass(frozen=True, slots=True)
class Rooms:
    """What of the desk's work has a room of its own."""

    paper: PaperDesk
    capture: CaptureDesk
    drafts: DraftDesk
    staff: StaffDesk
    face: FaceDesk

    def close(self) -> None:
        """Ends the workers; what they are doing is finished first."""
        self.paper.close()
        self.capture.close()
        self.drafts.close()
        self.staff.close()
        self.face.close()

    def end_session(self, session: CitizenSession) -> list[Wiped]:
        """Returns when none of them holds anything of the person any more."""
        self.paper.end_session(session.session_id)
        self.drafts.end_session()
        self.staff.end_session()
        self.face.end_session()
        kept = Wiped(part=WipedPart.DRAFTS, outcome=WipeOutcome.DONE, count=len(session.drafts))
        return [self.capture.end_session(), kept]


class ServiceDesk(AskingDesk):
    """A :class:`kiosk_app.terminal.desk.Desk` over the province, the store and the devices.

    ``client`` asks on behalf of the person who is there and for nobody else: when she leaves, whatever it is
    waiting for is broken off, because every call holds something that she gave.
    """

    def __init__(
        self,
        client: ProvinceClient,
        recorder: CaseRecorder,
        devices: DeskDevices,
        ender: SessionEnder,
        rooms: Rooms,
        post: Callable[[Message], None],
    ) -> None:
        super().__init__(client, recorder, post)
        self._devices = devices
        self._ender = ender
        self._rooms = rooms
        self.paper = rooms.paper
        self.capture = rooms.capture
        self.drafts = rooms.drafts
        self.staff = rooms.staff
        self.face = rooms.face
        self._committing = ThreadPoolExecutor(1, "desk-committing")

    def close(self) -> None:
        """Ends the workers; what they are doing is finished first."""
        self._asking.shutdown()
        self._committing.shutdown()
        self._rooms.close()

    def allow_card_reading(self, allowed: bool) -> None:
        self._devices.cards.allow_identity_card(allowed)

    def allow_social_card(self, allowed: bool) -> None:
        self._devices.cards.allow_social_card(allowed)

    def expect_code(self, expected: bool) -> None:
        self._devices.expect_code(expected)

    # What commits

    def submit(self, submission: Submission) -> None:
        self._answer(
            self._committing,
            lambda: self._committed(submission),
            _not_committed(submission, Errors.STORE_BUSY),
        )

    def _committed(self, submission: Submission) -> CaseCommitted:
        if submission.for_window is not None:
            return self._handed_over(submission)
        try:
            file = self._recorder.record(submission, self._draft_of(submission))
        except StoreError as fault:
            log.error("a case was not committed: %s", fault.error)
            return _not_committed(submission, fault.error)
        self.capture.handed_in(submission.attachments)
        return CaseCommitted(
            session_id=submission.session_id,
            case_id=file.case.case_id,
            receipt_number=file.case.receipt_number,
            service_id=file.service.service_id,
            state=CaseState.SAVED_HERE if file.case.state is CaseState.SUBMITTED else file.case.state,
            hear_by=file.case.hear_by,
            deadline=file.case.deadline,
            code=file.code,
            failure=bool(submission.failed),
        )

    def _handed_over(self, submission: Submission) -> CaseCommitted:
        try:
            file = self._recorder.record_for_window(submission, self._draft_of(submission))
        except StoreError as fault:
            log.error("a form for a window was not committed: %s", fault.error)
            return _not_committed(submission, fault.error)
        return CaseCommitted(
            session_id=submission.session_id,
            case_id=file.handover.case_id,
            receipt_number=file.handover.receipt_number,
            service_id="",
            state=CaseState.SAVED_HERE,
            hear_by="",
            deadline=file.until,
            code=file.code,
            for_window=True,
        )

    def _draft_of(self, submission: Submission) -> Callable[[Transaction], None] | None:
        """What was begun is erased in the commit that hands it in; what failed erases nothing."""
        signed_in = submission.signed_in
        if signed_in is None or submission.failed:
            return None
        return self.drafts.erasure(signed_in.identity.number, submission.item.code)

    def rate(self, rating: GivenRating) -> None:
        def commit() -> None:
            try:
                self._recorder.record_rating(rating)
            except StoreError as fault:
                log.error("a rating was not committed: %s", fault.error)

        self._do(self._committing, commit)

    # The end

    def end_session(self, session: CitizenSession, way_out: WayOut) -> None:
        """Signs out and wipes; the wipe runs behind the commits, so that a rating given last is on disk."""
        provinces = session.provinces
        session.clear()
        if [call for call in self._calls if not (call.done() or call.cancel())]:
            self._client.interrupt()
        leaving = self._leave(provinces)
        calls, self._calls = self._calls, []

        def end() -> None:
            wiped = self._rooms.end_session(session)
            self._let_go_of(calls)
            wiped.append(signed_out(leaving))
            self._ender.end(session, way_out, wiped)

        self._do(self._committing, end)

    def replace_process(self) -> None:
        self._ender.replace_process()


def _not_committed(submission: Submission, error: ErrorCode) -> CaseCommitted:
    return CaseCommitted(
        submission.session_id,
        "",
        "",
        "",
        CaseState.SAVED_HERE,
        "",
        error=error,
        failure=bool(submission.failed),
        for_window=submission.for_window is not None,
    )
