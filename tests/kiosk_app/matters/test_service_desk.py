"""The desk answers every call exactly once, also when something behind it has a bug."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, cast

import pytest

from contract.answers import Identity
from contract.sets import CaseState
from drivers.receipt_printer.device import PrintResult, ReceiptPrinterDevice, Slip
from foundation.errors import Errors
from kiosk_app.matters.recording import CaseRecorder
from kiosk_app.matters.service_desk import ServiceDesk
from kiosk_app.matters.slips import SlipMaker
from kiosk_app.province.client import ProvinceClient
from kiosk_app.terminal.desk import SlipOrder, Submission
from kiosk_app.terminal.messages import CaseCommitted, SignInAnswered, SlipPrinted
from kiosk_app.terminal.session import Handed
from offline_store.errors import StoreFullError
from tests.fakes.devices import NoDevices, NoEnd
from tests.fakes.items import a_form
from words import Words

SOMEBODY = Identity(name="王某", number="42999919440817002X", birth_date="1944-08-17", address="某处")


class Broken:
    """Whatever is asked of it, it has a bug."""

    def __getattr__(self, name: str) -> Any:
        def fail(*_: object, **__: object) -> object:
            raise LookupError(name)

        return fail


class Full:
    def record(self, submission: Submission) -> object:
        raise StoreFullError("no room")


class Printing(NoDevices):
    def __init__(self, outcome: Future[PrintResult]) -> None:
        self._outcome = outcome

    @property
    def printer(self) -> ReceiptPrinterDevice | None:
        return cast("ReceiptPrinterDevice", self)

    def print_slip(self, slip: Slip) -> Future[PrintResult]:
        return self._outcome


@contextmanager
def desk_with(
    recorder: object, devices: NoDevices, slips: object
) -> Iterator[tuple[ServiceDesk, queue.SimpleQueue[Any]]]:
    answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
    desk = ServiceDesk(
        cast("ProvinceClient", Broken()),
        cast("CaseRecorder", recorder),
        devices,
        NoEnd(),
        cast("SlipMaker", slips),
        answers.put,
    )
    try:
        yield desk, answers
    finally:
        desk.close()
    assert answers.empty(), "more than one answer"


def a_submission() -> Submission:
    return Submission(
        session_id="s",
        item=a_form("a-form"),
        batch_id="b",
        signed_in=None,
        answers={},
        notice_version="1",
        started_at="2026-11-21T02:10:07.123Z",
        offline=False,
    )


def an_order() -> SlipOrder:
    handed = Handed("c", "20001000001", "v", CaseState.SUBMITTED)
    return SlipOrder("s", a_form("a-form"), handed, name="", shown={}, language="zh", large=False)


def a_maker() -> SlipMaker:
    words = {"zh": Words("zh")}
    return SlipMaker(words, "一号机", "中心", lambda: "2026-11-21T02:10:07.123Z", lambda: False)


def test_a_sign_in_that_meets_a_bug_is_answered_all_the_same() -> None:
    with desk_with(Broken(), NoDevices(), Broken()) as (desk, answers):
        desk.sign_in_by_card("s", SOMEBODY, "1", "2026-11-21T02:10:07.123Z")
        answer = answers.get(timeout=5)
    assert isinstance(answer, SignInAnswered)
    assert answer.session is None
    assert answer.error is Errors.PROVINCE_NOT_UNDERSTOOD


@pytest.mark.parametrize(("recorder", "error"), [(Full(), Errors.STORE_FULL), (Broken(), Errors.STORE_BUSY)])
def test_what_was_not_committed_is_never_said_to_be_saved(recorder: object, error: object) -> None:
    with desk_with(recorder, NoDevices(), Broken()) as (desk, answers):
        desk.submit(a_submission())
        answer = answers.get(timeout=5)
    assert isinstance(answer, CaseCommitted)
    assert answer.error is error
    assert answer.case_id == ""


def test_without_a_printer_the_slip_is_not_printed_and_that_is_known() -> None:
    with desk_with(Broken(), NoDevices(), a_maker()) as (desk, answers):
        desk.print_slip(an_order())
        assert answers.get(timeout=5) == SlipPrinted("s", done=False, known=True, error=Errors.PRINTER_LOST)


def test_a_slip_that_cannot_be_set_is_not_printed_and_that_is_known() -> None:
    with desk_with(Broken(), Printing(Future()), Broken()) as (desk, answers):
        desk.print_slip(an_order())
        answer = answers.get(timeout=5)
    assert (answer.done, answer.known) == (False, True)


def test_a_driver_with_a_bug_knows_nothing_of_the_paper() -> None:
    outcome: Future[PrintResult] = Future()
    outcome.set_exception(LookupError())
    with desk_with(Broken(), Printing(outcome), a_maker()) as (desk, answers):
        desk.print_slip(an_order())
        answer = answers.get(timeout=5)
    assert (answer.done, answer.known) == (False, False)
    assert answer.error is Errors.PRINT_OUTCOME_UNKNOWN


def test_done_is_done() -> None:
    outcome: Future[PrintResult] = Future()
    outcome.set_result(PrintResult.done())
    with desk_with(Broken(), Printing(outcome), a_maker()) as (desk, answers):
        desk.print_slip(an_order())
        assert answers.get(timeout=5) == SlipPrinted("s", done=True, known=True, error=None)
