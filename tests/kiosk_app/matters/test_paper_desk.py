"""What prints: every order is answered once, and a document is bound to its session and person."""

from __future__ import annotations

import queue
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, cast

import pytest

from contract.sets import CaseState
from drivers.document_printer.device import Document, DocumentPrinterDevice
from drivers.document_printer.device import PrintResult as DocumentResult
from drivers.receipt_printer.device import PrintResult, ReceiptPrinterDevice, Slip
from foundation.errors import Errors
from kiosk_app.matters.documents import DocumentMaker, NotSetError, SetDocument
from kiosk_app.matters.paper_desk import PaperDesk
from kiosk_app.matters.paper_words import Printery
from kiosk_app.matters.slips import SlipMaker
from kiosk_app.terminal.aids import Language
from kiosk_app.terminal.answers import DocumentMade, DocumentPrinted, SlipPrinted
from kiosk_app.terminal.desk import PrintOrder
from kiosk_app.terminal.session import Handed
from kiosk_app.terminal.voice import PrivateVoice
from tests.fakes.devices import NoDevices
from tests.fakes.items import a_form
from tests.fakes.people import a_citizen, another_citizen
from words import Words

PAGES = SetDocument(b"%PDF-1.7 two pages", 2)


class Printing(NoDevices):
    """Both printers; ``documents`` has what the A4 printer was given."""

    def __init__(self, outcome: Future[Any]) -> None:
        self._outcome = outcome
        self.documents: list[Document] = []
        self.read_aloud: list[tuple[list[str], Language]] = []

    @property
    def voice(self) -> PrivateVoice | None:
        return cast("PrivateVoice", self)

    def read(self, sentences: Sequence[str], language: Language, *, after: bool = False) -> None:
        assert not after, "instead of the page"
        self.read_aloud.append((list(sentences), language))

    @property
    def printer(self) -> ReceiptPrinterDevice | None:
        return cast("ReceiptPrinterDevice", self)

    @property
    def document_printer(self) -> DocumentPrinterDevice | None:
        return cast("DocumentPrinterDevice", self)

    def print_slip(self, slip: Slip) -> Future[PrintResult]:
        return self._outcome

    def print_document(self, document: Document) -> Future[DocumentResult]:
        self.documents.append(document)
        return self._outcome


class Setter:
    """Sets whatever it is given, or raises."""

    def __init__(self, fault: Exception | None = None) -> None:
        self._fault = fault

    def make(self, order: PrintOrder) -> SetDocument:
        if self._fault is not None:
            raise self._fault
        return PAGES

    def interrupt(self) -> None:
        """Nothing is under way for long."""


class Illiterate:
    def make(self, order: PrintOrder) -> Slip:
        raise LookupError("glyph")


def a_slip_maker() -> SlipMaker:
    words = {"zh": Words("zh")}
    return SlipMaker(Printery(words, "一号机", "中心", lambda: "2026-11-21T02:10:07.123Z", lambda: False))


@contextmanager
def desk_with(
    printers: NoDevices, slips: object | None = None, documents: object | None = None
) -> Iterator[tuple[PaperDesk, queue.SimpleQueue[Any]]]:
    answers: queue.SimpleQueue[Any] = queue.SimpleQueue()
    desk = PaperDesk(
        printers,
        cast("SlipMaker", slips or a_slip_maker()),
        cast("DocumentMaker", documents or Setter()),
        answers.put,
    )
    try:
        yield desk, answers
    finally:
        desk.close()
    assert answers.empty(), "more than one answer"


def resolved(result: object) -> Future[Any]:
    outcome: Future[Any] = Future()
    if isinstance(result, Exception):
        outcome.set_exception(result)
    else:
        outcome.set_result(result)
    return outcome


def an_order(session_id: str = "s", person: str = a_citizen().number) -> PrintOrder:
    handed = Handed("c", "20001000001", "v", CaseState.SUBMITTED)
    return PrintOrder(
        session_id, a_form("a-form"), handed, name="", person=person, shown={}, language="zh", large=False
    )


def made(desk: PaperDesk, answers: queue.SimpleQueue[Any], order: PrintOrder) -> DocumentMade:
    desk.make_document(order)
    answer = answers.get(timeout=5)
    assert isinstance(answer, DocumentMade)
    return answer


def test_without_a_printer_the_slip_is_not_printed_and_that_is_known() -> None:
    with desk_with(NoDevices()) as (desk, answers):
        desk.print_slip(an_order())
        assert answers.get(timeout=5) == SlipPrinted("s", done=False, known=True, error=Errors.PRINTER_LOST)


def test_a_slip_is_read_as_it_would_be_printed_and_only_where_there_is_a_voice() -> None:
    printing = Printing(Future())
    with desk_with(printing) as (desk, _):
        desk.read_slip(an_order())
    [(sentences, language)] = printing.read_aloud
    assert language is Language.CHINESE
    assert any("20001000001" in sentence for sentence in sentences)
    assert all(a_citizen().number not in sentence for sentence in sentences)
    assert "" not in sentences
    with desk_with(NoDevices()) as (desk, _):
        desk.read_slip(an_order())


def test_a_slip_that_cannot_be_set_is_not_printed_and_that_is_known() -> None:
    with desk_with(Printing(Future()), slips=Illiterate()) as (desk, answers):
        desk.print_slip(an_order())
        answer = answers.get(timeout=5)
    assert (answer.done, answer.known) == (False, True)


@pytest.mark.parametrize(
    ("result", "done", "known", "error"),
    [
        (PrintResult.done(), True, True, None),
        (PrintResult.not_done(Errors.PRINTER_NO_PAPER), False, True, Errors.PRINTER_NO_PAPER),
        (PrintResult.unknown(), False, False, Errors.PRINT_OUTCOME_UNKNOWN),
        (LookupError("a bug of the driver"), False, False, Errors.PRINT_OUTCOME_UNKNOWN),
    ],
)
def test_of_a_slip_is_said_what_the_driver_knows(
    result: object, done: bool, known: bool, error: object
) -> None:
    with desk_with(Printing(resolved(result))) as (desk, answers):
        desk.print_slip(an_order())
        answer = answers.get(timeout=5)
    assert (answer.done, answer.known, answer.error) == (done, known, error)


@pytest.mark.parametrize(
    ("result", "done", "known", "error"),
    [
        (DocumentResult.done(), True, True, None),
        (
            DocumentResult.not_done(Errors.DOCUMENT_PRINTER_JAMMED),
            False,
            True,
            Errors.DOCUMENT_PRINTER_JAMMED,
        ),
        (DocumentResult.unknown(), False, False, Errors.DOCUMENT_OUTCOME_UNKNOWN),
        (LookupError("a bug of the driver"), False, False, Errors.DOCUMENT_OUTCOME_UNKNOWN),
    ],
)
def test_of_a_document_is_said_what_the_driver_knows(
    result: object, done: bool, known: bool, error: object
) -> None:
    with desk_with(Printing(resolved(result))) as (desk, answers):
        assert made(desk, answers, an_order()) == DocumentMade("s", "c", 2, None)
        desk.print_document("s", "c")
        answer = answers.get(timeout=5)
    assert isinstance(answer, DocumentPrinted)
    assert (answer.done, answer.known, answer.error) == (done, known, error)


@pytest.mark.parametrize("fault", [NotSetError("no font"), LookupError("a bug")])
def test_a_document_that_cannot_be_set_has_no_pages(fault: Exception) -> None:
    with desk_with(Printing(Future()), documents=Setter(fault)) as (desk, answers):
        assert made(desk, answers, an_order()).error is Errors.DOCUMENT_NOT_MADE


def test_a_document_is_handed_over_with_its_session_and_a_token_for_its_person() -> None:
    printers = Printing(resolved(DocumentResult.done()))
    with desk_with(printers) as (desk, answers):
        orders = (
            an_order(),
            replace(an_order(), handed=Handed("d", "20001000002", "v", CaseState.SUBMITTED)),
            replace(
                an_order(person=another_citizen().number),
                handed=Handed("e", "20001000003", "v", CaseState.SUBMITTED),
            ),
        )
        for order in orders:
            made(desk, answers, order)
            desk.print_document("s", order.handed.case_id)
            answers.get(timeout=5)
    mine, mine_too, anothers = printers.documents
    assert {each.session for each in printers.documents} == {"s"}
    assert mine.subject == mine_too.subject != anothers.subject
    assert a_citizen().number not in mine.subject
    assert mine.pdf == PAGES.pdf


def test_another_session_prints_nothing_of_it_and_neither_does_the_same_after_its_end() -> None:
    printers = Printing(resolved(DocumentResult.done()))
    with desk_with(printers) as (desk, answers):
        made(desk, answers, an_order())
        desk.print_document("another", "c")
        assert answers.get(timeout=5).error is Errors.DOCUMENT_NOT_MADE
        desk.end_session("s")
        desk.print_document("s", "c")
        assert answers.get(timeout=5).error is Errors.DOCUMENT_NOT_MADE
        made(desk, answers, an_order())
        desk.print_document("s", "c")
        assert answers.get(timeout=5).error is Errors.DOCUMENT_NOT_MADE, "set after the end: not kept"
    assert printers.documents == []
