"""What the driver promises when nothing is wrong, or when only the citizen is in a hurry."""

from __future__ import annotations

import logging

import pytest

from drivers.document_printer.device import (
    Capabilities,
    CoverState,
    Document,
    DocumentPrinterStatus,
    PaperState,
    PrintOutcome,
    PrintResult,
    TonerState,
    TrayState,
    unknown_status,
)
from drivers.document_printer.protocol import A4
from drivers.document_printer.simulator import DocumentPrinterFault, DocumentPrinterSimulator
from drivers.print_sessions import PurgeOutcome
from drivers.vocabulary import DeviceState, StatusChanged
from foundation.errors import Errors
from tests.drivers.document_printer.desk import QUICK, another_program, printing, printing_at
from tests.drivers.document_printer.samples import SOMEBODY_ELSE, document, pdf
from tests.drivers.listening import PATIENCE_S


def test_the_status_starts_unknown_and_is_what_the_printer_says() -> None:
    with printing() as desk:
        told = [change.status for change in desk.ears.all(StatusChanged)]
        assert [status.state for status in told] == [DeviceState.STARTING, DeviceState.ONLINE]
        assert told[-1] == DocumentPrinterStatus(
            device="document_printer",
            state=DeviceState.ONLINE,
            error=None,
            simulated=True,
            paper=PaperState.FULL,
            toner=TonerState.FULL,
            cover=CoverState.CLOSED,
            tray=TrayState.EMPTY,
        )
        printer = desk.printer
    assert printer.status() == unknown_status(simulated=True)
    assert not printer.status().can_print


def test_the_printer_says_what_it_can_do() -> None:
    with printing() as desk:
        assert desk.printer.capabilities == Capabilities(
            "店小二 Simulated A4 Printer", prints_pdf=True, tray_sensor=True
        )


def test_a_document_comes_out_whole_on_a4_under_the_name_of_its_case() -> None:
    with printing() as desk:
        assert desk.print(document(pages=3)) == PrintResult.done()

        (printed,) = desk.simulator.documents
        assert (printed.name, printed.media, printed.pdf) == ("case-of-session-1", A4, pdf(3))
        assert desk.simulator.tray_sheets == desk.counters.figure("document_printer.sheets") == 3
        assert desk.look().tray is TrayState.HOLDS_SHEETS


def test_a_session_prints_as_many_documents_as_it_likes_upon_each_other() -> None:
    with printing() as desk:
        assert {desk.print(document(f"number {number}")).outcome for number in range(3)} == {
            PrintOutcome.DONE
        }
        assert len(desk.simulator.documents) == 3


def test_a_document_that_is_done_is_not_printed_again() -> None:
    with printing() as desk:
        assert desk.print() == desk.print() == PrintResult.done()

        assert len(desk.simulator.documents) == 1
        assert desk.counters.figure("document_printer.repeated") == 1


def test_nothing_of_a_session_is_printed_after_its_end() -> None:
    with printing() as desk:
        assert desk.printer.end_session("session-1").result(PATIENCE_S) is PurgeOutcome.CLEAN

        assert desk.print() == PrintResult.not_done(Errors.DOCUMENT_SESSION_OVER)
        assert desk.simulator.documents == []


def test_a_session_prints_for_one_person() -> None:
    with printing() as desk:
        desk.print()

        refused = desk.print(document("second", subject=SOMEBODY_ELSE))
        assert refused == PrintResult.not_done(Errors.DOCUMENT_SESSION_OVER)
        assert desk.print(document("third")) == PrintResult.done()
        assert len(desk.simulator.documents) == 2


def test_the_end_of_a_session_cancels_what_it_is_printing() -> None:
    with printing(faults=(DocumentPrinterFault.WARMING_UP,)) as desk:
        result = desk.begin()
        purged = desk.printer.end_session("session-1")

        assert result.result(PATIENCE_S) == PrintResult.not_done(Errors.DOCUMENT_SESSION_OVER)
        assert purged.result(PATIENCE_S) is PurgeOutcome.CLEAN
        assert desk.simulator.unfinished == []
        desk.simulator.clear_fault(DocumentPrinterFault.WARMING_UP)
        assert desk.print(document("next", session="session-2")) == PrintResult.done()
        assert [printed.name for printed in desk.simulator.documents] == ["case-of-session-2"]


def test_a_document_cut_short_after_its_first_sheet_is_unknown_and_the_sheet_is_left_behind() -> None:
    with printing(seconds_per_sheet=0.05) as desk:
        result = desk.printer.print_document(document(pages=200))
        desk.wait_for(lambda: desk.simulator.tray_sheets > 0)
        desk.printer.end_session("session-1")

        assert result.result(PATIENCE_S) == PrintResult.unknown()
        assert desk.counters.figure("document_printer.sheets") == desk.simulator.tray_sheets
        assert desk.wait_until(DeviceState.USER_ERROR).error is Errors.DOCUMENT_SHEETS_LEFT
        assert desk.simulator.documents == []


def test_documents_in_the_queue_of_a_session_that_ends_are_not_begun() -> None:
    with printing(faults=(DocumentPrinterFault.WARMING_UP,)) as desk:
        first = desk.begin()
        others = [desk.printer.print_document(document(f"number {number}")) for number in range(3)]
        desk.printer.end_session("session-1")

        over = PrintResult.not_done(Errors.DOCUMENT_SESSION_OVER)
        assert [result.result(PATIENCE_S) for result in (first, *others)] == [over] * 4


def test_a_document_taken_back_in_time_is_never_sent() -> None:
    with printing(faults=(DocumentPrinterFault.WARMING_UP,)) as desk:
        first = desk.begin()
        second = desk.printer.print_document(document("second"))
        assert second.cancel()
        desk.simulator.clear_fault(DocumentPrinterFault.WARMING_UP)

        assert first.result(PATIENCE_S) == PrintResult.done()
        assert desk.print(document("third")) == PrintResult.done()
        assert len(desk.simulator.documents) == 2


def test_what_a_program_that_died_left_in_the_printer_never_comes_out() -> None:
    with DocumentPrinterSimulator() as simulator:
        simulator.set_fault(DocumentPrinterFault.WARMING_UP)
        another_program(simulator.address).print_pdf("case-of-nobody", pdf())
        assert simulator.unfinished == ["case-of-nobody"]

        with printing_at(simulator) as desk:
            assert simulator.unfinished == []
            assert desk.counters.figure("document_printer.cancelled") == 1
            simulator.clear_fault(DocumentPrinterFault.WARMING_UP)
            assert desk.print() == PrintResult.done()

        assert [printed.name for printed in simulator.documents] == ["case-of-session-1"]


def test_stopping_in_the_middle_is_prompt_and_unknown() -> None:
    with printing(faults=(DocumentPrinterFault.WARMING_UP,)) as desk:
        result = desk.begin()
        assert desk.printer.stop(timeout_s=1.0)

        assert result.result(0) == PrintResult.unknown()


def test_after_the_stop_nothing_is_begun() -> None:
    with printing() as desk:
        assert desk.printer.stop()

        assert desk.print() == PrintResult.not_done(Errors.DOCUMENT_PRINTER_LOST)
        assert desk.printer.end_session("session-1").result(0) is PurgeOutcome.UNKNOWN


def test_a_document_that_takes_for_ever_is_taken_back() -> None:
    with printing(patience=QUICK, faults=(DocumentPrinterFault.WARMING_UP,)) as desk:
        assert desk.print() == PrintResult.not_done(Errors.DOCUMENT_PRINTER_BROKEN)
        assert desk.simulator.unfinished == []


def test_events_are_told_only_on_change() -> None:
    with printing() as desk:
        for _ in range(5):
            desk.look()
        assert desk.told() == [DeviceState.STARTING, DeviceState.ONLINE]


@pytest.mark.parametrize("case_id", ["", "王小明", "two words", "x" * 65])
def test_a_case_id_that_cannot_be_the_name_of_a_job_is_a_bug(case_id: str) -> None:
    with pytest.raises(ValueError, match="case id"):
        Document("first", case_id, "session-1", "subject", pdf())


def test_what_is_no_pdf_is_a_bug() -> None:
    with pytest.raises(ValueError, match="PDF"):
        Document("first", "case-1", "session-1", "subject", b"<html>")


def test_nobody_is_in_the_log_or_in_a_repr(caplog: pytest.LogCaptureFixture) -> None:
    secret = "420106199003077715"
    wanted = Document("first", "case-1", "session-1", secret, pdf() + secret.encode())
    with caplog.at_level(logging.DEBUG), printing() as desk:
        desk.print(wanted)
        told = repr((wanted, desk.printer.__dict__, desk.ears.all(object), desk.simulator.documents))
        desk.printer.end_session("session-1").result(PATIENCE_S)
        said = told + caplog.text
        assert secret not in said
        assert "document first: done" in caplog.text
