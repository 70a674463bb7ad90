"""The driver at a real printer, directly and through a real print service: neither of them is ours."""

from __future__ import annotations

import pytest

from drivers.document_printer.device import DocumentPrinterStatus, PaperState, PrintResult, TonerState
from drivers.print_sessions import PurgeOutcome
from drivers.vocabulary import DeviceState, StatusChanged
from foundation.errors import ErrorCode, Errors
from tests.drivers.document_printer.desk import driving
from tests.drivers.document_printer.real_parts import real_printer, real_queue
from tests.drivers.document_printer.samples import document
from tests.drivers.listening import PATIENCE_S


def test_a_document_is_done_when_the_printer_says_so() -> None:
    with real_printer() as real, driving(real.address) as (printer, *_):
        result = printer.print_document(document())
        real.wait_until_it_prints()
        assert not result.done()
        real.go_on()
        assert result.result(PATIENCE_S) == PrintResult.done()


def test_through_the_print_service_too() -> None:
    with (
        real_printer() as real,
        real_queue(real.address) as queue,
        driving(real.address, queue=queue.address) as (printer, *_),
    ):
        result = printer.print_document(document())
        real.wait_until_it_prints()
        assert not result.done()
        real.go_on()
        assert result.result(PATIENCE_S) == PrintResult.done()


def test_nothing_of_a_document_stays_with_the_print_service() -> None:
    wanted = document(pages=2)
    with (
        real_printer() as real,
        real_queue(real.address) as queue,
        driving(real.address, queue=queue.address) as (printer, *_),
    ):
        result = printer.print_document(wanted)
        real.wait_until_it_prints()
        assert len(queue.kept(wanted.pdf)) == 1
        real.go_on()

        assert result.result(PATIENCE_S) == PrintResult.done()
        assert queue.kept(wanted.pdf) == []
        assert queue.kept(wanted.case_id.encode()) != []  # the name of the job, and no more
        assert queue.kept(wanted.subject.encode()) == []


def test_the_end_of_a_session_reaches_the_printer_through_the_print_service() -> None:
    with (
        real_printer() as real,
        real_queue(real.address) as queue,
        driving(real.address, queue=queue.address) as (printer, _, counters),
    ):
        result = printer.print_document(document())
        real.wait_until_it_prints()
        purged = printer.end_session("session-1")
        counters.wait_for("document_printer.cancelled", at_least=2)  # in the queue, and in the printer itself
        real.go_on()  # it looks at the order to cancel when its command has ended

        assert result.result(PATIENCE_S) == PrintResult.not_done(Errors.DOCUMENT_SESSION_OVER)
        assert purged.result(PATIENCE_S) is PurgeOutcome.CLEAN


def test_what_somebody_else_left_in_the_print_service_does_not_come_out_for_the_next_person() -> None:
    with (
        real_printer() as real,
        real_queue(real.address) as queue,
        driving(real.address, queue=queue.address) as (printer, _, counters),
    ):
        queue.takes_from_somebody_else(document().pdf)
        real.wait_until_it_prints()
        purged = printer.begin_session()
        counters.wait_for("document_printer.cancelled", at_least=2)  # in the queue, and in the printer itself
        real.go_on()
        assert purged.result(PATIENCE_S) is PurgeOutcome.CLEAN
        result = printer.print_document(document())
        real.wait_until_it_prints()
        real.go_on()
        assert result.result(PATIENCE_S) == PrintResult.done()


@pytest.mark.parametrize(
    ("reason", "error"),
    [
        ("media-jam", Errors.DOCUMENT_PRINTER_JAMMED),
        ("cover-open", Errors.DOCUMENT_PRINTER_COVER_OPEN),
        ("toner-empty", Errors.DOCUMENT_PRINTER_NO_TONER),
    ],
)
def test_a_trouble_is_told_and_the_document_is_taken_back(reason: str, error: ErrorCode) -> None:
    with real_printer() as real, driving(real.address) as (printer, ears, counters):
        real.tells(f"+{reason}-error", afterwards=f"-{reason}-error")
        result = printer.print_document(document())
        real.wait_until_it_prints()
        counters.wait_for("document_printer.cancelled")
        assert printer.status().error is error
        real.go_on()

        assert result.result(PATIENCE_S) == PrintResult.not_done(error)
        assert ears.next_state(DeviceState.ONLINE).error is None


def test_an_empty_cassette_is_told_before_anybody_prints_and_a_filled_one_too() -> None:
    with real_printer() as real, driving(real.address) as (printer, ears, _):
        real.fill(cassette=0, by_pass=0)
        empty = ears.next_state(DeviceState.USER_ERROR)
        assert isinstance(empty, DocumentPrinterStatus)
        assert (empty.error, empty.paper) == (Errors.DOCUMENT_PRINTER_NO_PAPER, PaperState.OUT)
        refused = printer.print_document(document()).result(PATIENCE_S)
        assert refused == PrintResult.not_done(Errors.DOCUMENT_PRINTER_NO_PAPER)

        real.fill(cassette=100, by_pass=25)
        assert ears.next_state(DeviceState.ONLINE).error is None
        result = printer.print_document(document())
        real.wait_until_it_prints()
        real.go_on()
        assert result.result(PATIENCE_S) == PrintResult.done()


def test_an_empty_by_pass_is_no_empty_cassette() -> None:
    with real_printer() as real, driving(real.address) as (_, ears, _):
        real.fill(cassette=100, by_pass=0)
        low = ears.next(StatusChanged).status
        assert isinstance(low, DocumentPrinterStatus)
        assert (low.paper, low.can_print) == (PaperState.LOW, True)


def test_a_cartridge_that_is_used_up_is_told_before_anybody_prints() -> None:
    with real_printer() as real, driving(real.address) as (_, ears, _):
        real.fill(cassette=100, by_pass=25, toner=0)
        used_up = ears.next_state(DeviceState.HARDWARE_ERROR)
        assert isinstance(used_up, DocumentPrinterStatus)
        assert (used_up.error, used_up.toner) == (Errors.DOCUMENT_PRINTER_NO_TONER, TonerState.OUT)

        real.fill(cassette=100, by_pass=25)
        assert ears.next_state(DeviceState.ONLINE).error is None


def test_what_is_low_is_told_and_the_document_is_done() -> None:
    with real_printer() as real, driving(real.address) as (printer, ears, _):
        real.tells("+media-low-warning", "+toner-low-warning")
        result = printer.print_document(document())
        real.wait_until_it_prints()
        real.go_on()

        assert result.result(PATIENCE_S) == PrintResult.done()
        low = ears.next(StatusChanged).status
        assert isinstance(low, DocumentPrinterStatus)
        assert (low.paper, low.toner, low.error) == (PaperState.LOW, TonerState.LOW, None)


def test_a_document_that_the_printer_gives_up_is_never_done() -> None:
    with real_printer() as real, driving(real.address) as (printer, *_):
        result = printer.print_document(document())
        real.wait_until_it_prints()
        real.go_on(well=False)

        assert result.result(PATIENCE_S) == PrintResult.not_done(Errors.DOCUMENT_REFUSED)


def test_a_queue_of_the_print_service_that_leads_to_a_file_gets_nothing() -> None:
    with (
        real_printer() as real,
        real_queue("file:///dev/null") as queue,
        driving(real.address, queue=queue.address, expect=DeviceState.HARDWARE_ERROR) as (printer, *_),
    ):
        assert printer.status().error is Errors.DOCUMENT_PRINTER_UNFIT
        refused = printer.print_document(document()).result(PATIENCE_S)
        assert refused == PrintResult.not_done(Errors.DOCUMENT_PRINTER_UNFIT)
