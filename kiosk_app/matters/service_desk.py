"""The hands of the machine: everything that takes time, in threads of its own, answered by messages.

Two lines of work, so that a slow province never holds up the disk: what asks the province, and what commits.
Commits have one worker, so they keep the order in which a person did things.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol

from contract.answers import CitizenSession as ProvinceSession
from contract.answers import Identity, LicenceAnswer, QueryResult
from contract.items import Item
from contract.sets import CaseState, ItemKind, WayOut
from drivers.receipt_printer.device import PrintOutcome, PrintResult, ReceiptPrinterDevice
from foundation.clock import parse_rfc3339
from foundation.errors import ErrorCode, Errors
from kiosk_app.matters.answering import Value
from kiosk_app.matters.recording import CaseRecorder
from kiosk_app.matters.slips import SlipMaker
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.outcomes import Answered, Outcome
from kiosk_app.terminal.desk import GivenRating, SlipOrder, Submission
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.messages import (
    CaseCommitted,
    LicenceAnswered,
    QueryAnswered,
    SignInAnswered,
    SlipPrinted,
)
from kiosk_app.terminal.session import CitizenSession
from offline_store.errors import StoreError

log = logging.getLogger("dianxiaoer.desk")


class DeskDevices(Protocol):
    """The devices that the desk works with."""

    @property
    def printer(self) -> ReceiptPrinterDevice | None:
        """The receipt printer, or None where none is fitted."""

    def allow_card_reading(self, allowed: bool) -> None:
        """Whether a card may be read now."""

    def expect_code(self, expected: bool) -> None:
        """Whether the scanner looks for a code now."""


class SessionEnder(Protocol):
    """What ends a session: wipe, scan, record."""

    def end(self, session: CitizenSession, way_out: WayOut) -> None:
        """Answers with WipeFinished."""

    def replace_process(self) -> None:
        """Does not return when it succeeds."""


class ServiceDesk:
    """A :class:`kiosk_app.terminal.desk.Desk` over the province, the store and the devices."""

    def __init__(
        self,
        client: ProvinceClient,
        recorder: CaseRecorder,
        devices: DeskDevices,
        ender: SessionEnder,
        slips: SlipMaker,
        post: Callable[[Message], None],
    ) -> None:
        self._client = client
        self._recorder = recorder
        self._devices = devices
        self._ender = ender
        self._slips = slips
        self._post = post
        self._asking = ThreadPoolExecutor(2, "desk-asking")
        self._committing = ThreadPoolExecutor(1, "desk-committing")

    def close(self) -> None:
        """Ends the workers; what they are doing is finished first."""
        self._asking.shutdown()
        self._committing.shutdown()

    def allow_card_reading(self, allowed: bool) -> None:
        self._devices.allow_card_reading(allowed)

    def expect_code(self, expected: bool) -> None:
        self._devices.expect_code(expected)

    # What asks the province

    def sign_in_by_card(self, session_id: str, identity: Identity, sam_number: str, read_at: str) -> None:
        moment = parse_rfc3339(read_at)

        def ask() -> None:
            outcome = self._client.sign_in_by_card(identity, sam_number, moment)
            self._post(_signed_in(session_id, outcome, by_card=True))

        self._submit(self._asking, ask)

    def sign_in_by_code(self, session_id: str, payload: bytes) -> None:
        def ask() -> None:
            self._post(_signed_in(session_id, self._client.sign_in_by_code(payload), by_card=False))

        self._submit(self._asking, ask)

    def fetch_licence(self, session_id: str, province: ProvinceSession, kind: str, item_code: str) -> None:
        def ask() -> None:
            outcome: Outcome[LicenceAnswer] = self._client.licence(province, kind, item_code)
            licence = outcome.value.licence if isinstance(outcome, Answered) else None
            self._post(LicenceAnswered(session_id, licence, _error(outcome)))

        self._submit(self._asking, ask)

    def query(
        self, session_id: str, province: ProvinceSession | None, item: Item, answers: dict[str, Value]
    ) -> None:
        if province is None:
            self._post(QueryAnswered(session_id, None, Errors.PROVINCE_UNREACHABLE))
            return

        def ask() -> None:
            outcome: Outcome[QueryResult] = self._client.query(province, item.code, answers)
            result = outcome.value if isinstance(outcome, Answered) else None
            self._post(QueryAnswered(session_id, result, _error(outcome)))

        self._submit(self._asking, ask)

    # What commits

    def submit(self, submission: Submission) -> None:
        def commit() -> None:
            self._post(self._committed(submission))

        self._submit(self._committing, commit)

    def _committed(self, submission: Submission) -> CaseCommitted:
        query = submission.item.kind is ItemKind.QUERY
        try:
            file = self._recorder.record(submission)
        except StoreError as fault:
            log.error("a case was not committed: %s", fault.error)
            return CaseCommitted(submission.session_id, "", "", "", CaseState.SAVED_HERE, "", fault.error)
        return CaseCommitted(
            session_id=submission.session_id,
            case_id=file.case.case_id,
            receipt_number=file.case.receipt_number,
            service_id=file.service.service_id,
            state=CaseState.COMPLETED if query else CaseState.SAVED_HERE,
            hear_by=file.case.hear_by,
        )

    def rate(self, rating: GivenRating) -> None:
        def commit() -> None:
            try:
                self._recorder.record_rating(rating)
            except StoreError as fault:
                log.error("a rating was not committed: %s", fault.error)

        self._submit(self._committing, commit)

    # What prints

    def print_slip(self, order: SlipOrder) -> None:
        printer = self._devices.printer
        if printer is None:
            self._post(SlipPrinted(order.session_id, done=False, known=True, error=Errors.PRINTER_LOST))
            return

        def printed(future: Future[PrintResult]) -> None:
            result = future.result()
            self._post(
                SlipPrinted(
                    order.session_id,
                    done=result.outcome is PrintOutcome.DONE,
                    known=result.outcome is not PrintOutcome.UNKNOWN,
                    error=result.error,
                )
            )

        printer.print_slip(self._slips.make(order)).add_done_callback(printed)

    # The end

    def end_session(self, session: CitizenSession, way_out: WayOut) -> None:
        """Signs out and wipes; the wipe runs behind the commits, so that a rating given last is on disk."""
        province = session.province
        session.clear()

        def end() -> None:
            self._ender.end(session, way_out)

        if province is not None:
            self._submit(self._asking, _SignOut(self._client, province))
        del province
        self._submit(self._committing, end)

    def replace_process(self) -> None:
        self._ender.replace_process()

    @staticmethod
    def _submit(executor: ThreadPoolExecutor, work: Callable[[], None]) -> None:
        executor.submit(work).add_done_callback(_log_bug)


class _SignOut:
    """Tells the province that the person has gone; what comes of it matters to nobody here."""

    def __init__(self, client: ProvinceClient, province: ProvinceSession) -> None:
        self._client = client
        self._province = province

    def __call__(self) -> None:
        self._client.sign_out(self._province)


def _signed_in(session_id: str, outcome: Outcome[ProvinceSession], *, by_card: bool) -> SignInAnswered:
    session = outcome.value if isinstance(outcome, Answered) else None
    return SignInAnswered(session_id, by_card, session, _error(outcome))


def _error(outcome: Outcome[Any]) -> ErrorCode | None:
    return None if isinstance(outcome, Answered) else outcome.error


def _log_bug(future: Future[None]) -> None:
    bug = future.exception()
    if bug is not None:
        log.error("the desk met a bug: %s", type(bug).__name__)
