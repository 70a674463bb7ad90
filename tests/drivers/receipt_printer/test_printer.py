"""A day at the printer: slips come out once, and every outcome is what it says."""

from __future__ import annotations

import logging
import socket
from concurrent.futures import CancelledError

import pytest

from drivers.print_sessions import PurgeOutcome
from drivers.receipt_printer.device import (
    CoverState,
    PaperState,
    Paragraph,
    PrintResult,
    ReceiptPrinterDevice,
    Slip,
)
from drivers.receipt_printer.printer import Patience, ReceiptPrinter
from drivers.receipt_printer.simulator import PrinterFault, ReceiptPrinterSimulator
from drivers.transports.address import TcpAddress, parse_address
from drivers.vocabulary import DeviceState, ModuleState
from foundation.clock import SystemClock
from foundation.counters import Counters
from foundation.errors import Errors
from tests.drivers.listening import PATIENCE_S, Ears
from tests.drivers.receipt_printer.desk import printing
from tests.drivers.receipt_printer.reading import decode_codes
from tests.drivers.receipt_printer.samples import JOB_ID, QR_PAYLOAD, chinese_slip, english_slip


@pytest.mark.parametrize("paper_width_mm", [58, 80])
def test_a_slip_comes_out_and_is_done(paper_width_mm: int) -> None:
    with printing(paper_width_mm) as desk:
        assert desk.print_slip() == PrintResult.done()

        (slip,) = desk.simulator.slips
        assert slip.image.width == paper_width_mm * 8
        assert "提交凭条" in slip.text
        assert "420 1700 0386" in slip.text
        assert decode_codes(slip.image) == [QR_PAYLOAD]
        assert desk.simulator.buffered_bytes == 0
        wear = {"receipt_printer.pages": 1, "receipt_printer.cuts": 1}
        assert desk.counters.figures() == {"receipt_printer.done": 1} | wear


def test_the_job_id_stands_on_the_slip() -> None:
    with printing() as desk:
        desk.print_slip()

        assert desk.texts()[0].splitlines()[-1] == f"No. {JOB_ID}"


def test_slips_come_out_in_the_order_of_asking() -> None:
    with printing() as desk:
        slips = [Slip(f"job-{number}", (Paragraph(f"第{number}张"),)) for number in range(5)]
        results = [desk.printer.print_slip(slip) for slip in slips]

        assert [result.result(PATIENCE_S) for result in results] == [PrintResult.done()] * 5
        assert [text.split("\n")[0] for text in desk.texts()] == [f"第{number}张" for number in range(5)]


def test_the_same_job_is_printed_once() -> None:
    with printing() as desk:
        assert desk.print_slip() == PrintResult.done()
        assert desk.print_slip() == PrintResult.done()

        assert len(desk.simulator.slips) == 1
        assert desk.counters.figure("receipt_printer.repeated") == 1


def bound(job_id: str, *, session: str, subject: str = "") -> Slip:
    return Slip(job_id, (Paragraph(job_id),), session=session, subject=subject)


def test_a_session_prints_for_one_person_and_never_after_its_end() -> None:
    over = PrintResult.not_done(Errors.PRINT_SESSION_OVER)
    with printing() as desk:
        before_anybody_signed_in = desk.print_slip(bound("nobody", session="first"))
        assert before_anybody_signed_in == PrintResult.done()
        assert desk.print_slip(bound("hers", session="first", subject="she")) == PrintResult.done()
        assert desk.print_slip(bound("his", session="first", subject="he")) == over
        assert desk.printer.end_session("first").result(PATIENCE_S) is PurgeOutcome.CLEAN
        assert desk.print_slip(bound("late", session="first", subject="she")) == over
        assert desk.print_slip(bound("next", session="second", subject="he")) == PrintResult.done()
        assert desk.print_slip(bound("test-slip", session="")) == PrintResult.done(), "it is nobody's"
        assert [text.split("\n")[0] for text in desk.texts()] == ["nobody", "hers", "next", "test-slip"]


def test_what_somebody_else_left_in_the_printer_does_not_come_out_for_the_next_person() -> None:
    with printing() as desk:
        desk.simulator.set_fault(PrinterFault.PAPER_OUT)
        desk.wait_until(DeviceState.USER_ERROR)
        desk.simulator.receive_elsewhere("左邻右舍的凭条\n".encode("gb18030"))
        assert desk.simulator.buffered_bytes > 0
        assert desk.printer.begin_session().result(PATIENCE_S) is PurgeOutcome.CLEAN
        assert desk.simulator.buffered_bytes == 0
        desk.simulator.clear_fault(PrinterFault.PAPER_OUT)
        desk.wait_until(DeviceState.ONLINE)
        assert desk.print_slip(bound("hers", session="first")) == PrintResult.done()
        (text,) = desk.texts()
        assert "左邻右舍" not in text


def test_a_printer_that_does_not_say_that_it_forgot_is_not_known_to_be_empty() -> None:
    with printing(patience=Patience(answer_s=0.4, look_s=0.05)) as desk:
        desk.simulator.set_fault(PrinterFault.FORGETS_NOTHING)
        assert desk.printer.end_session("first").result(PATIENCE_S) is PurgeOutcome.UNKNOWN
        desk.simulator.set_fault(PrinterFault.REFUSES_CONNECTIONS)
        desk.wait_until(DeviceState.OFFLINE)
        assert desk.printer.end_session("second").result(PATIENCE_S) is PurgeOutcome.UNKNOWN


def test_a_copy_is_printed_again_and_says_so() -> None:
    with printing() as desk:
        desk.print_slip()
        assert desk.print_slip(chinese_slip(copy=True)) == PrintResult.done()

        first, second = desk.texts()
        assert "副本 COPY" not in first
        assert "副本 COPY" in second


def test_the_status_starts_unknown_and_is_what_the_printer_says() -> None:
    with printing() as desk:
        starting, online = desk.statuses()

        assert starting.state is DeviceState.STARTING
        assert starting.paper is PaperState.UNKNOWN
        assert not starting.can_print
        assert online == desk.printer.status()
        assert online.can_print
        assert (online.paper, online.cover) == (PaperState.FULL, CoverState.CLOSED)
        assert (online.cutter, online.head) == (ModuleState.OK, ModuleState.OK)


def test_a_printer_on_this_machine_is_said_to_be_simulated() -> None:
    with printing() as desk:
        assert desk.printer.status().simulated
    elsewhere = ReceiptPrinter(TcpAddress("192.0.2.7", 9100), SystemClock(), Counters(), lambda _: None)
    assert not elsewhere.status().simulated


def test_low_paper_is_told_once_and_slips_still_come_out() -> None:
    with printing() as desk:
        desk.simulator.set_fault(PrinterFault.PAPER_LOW)

        assert desk.look().paper is PaperState.LOW
        assert desk.look().can_print
        assert desk.print_slip() == PrintResult.done()
        assert [status.paper for status in desk.statuses()].count(PaperState.LOW) == 1


def test_a_hot_head_pauses_the_slip_which_is_done_when_it_has_cooled() -> None:
    with printing(dots_per_s=4000) as desk:
        result = desk.begin()
        desk.simulator.set_fault(PrinterFault.HEAD_HOT)

        assert desk.wait_until(DeviceState.DEVICE_BUSY).head is ModuleState.INOPERABLE
        assert not result.done()
        desk.simulator.clear_fault(PrinterFault.HEAD_HOT)
        assert result.result(PATIENCE_S) == PrintResult.done()


def test_the_printer_tells_how_it_is_in_the_midst_of_printing() -> None:
    with printing(dots_per_s=4000) as desk:
        result = desk.begin()
        desk.simulator.set_fault(PrinterFault.PAPER_LOW)

        told = desk.wait_until(DeviceState.ONLINE)
        assert told.paper is PaperState.LOW
        assert not result.done()
        assert result.result(PATIENCE_S) == PrintResult.done()


def test_a_job_can_be_taken_back_while_it_waits() -> None:
    with printing(dots_per_s=4000) as desk:
        first = desk.begin()
        second = desk.printer.print_slip(english_slip(job_id="job-2"))

        assert second.cancel()
        assert first.result(PATIENCE_S) == PrintResult.done()
        with pytest.raises(CancelledError):
            second.result(PATIENCE_S)
        assert desk.print_slip(english_slip(job_id="job-3")) == PrintResult.done()
        assert [text.splitlines()[-1] for text in desk.texts()] == [f"No. {JOB_ID}", "No. job-3"]


def test_a_job_that_waited_too_long_is_not_printed_after_all() -> None:
    with printing(dots_per_s=4000, patience=Patience(queue_s=0.1)) as desk:
        first = desk.begin()
        second = desk.printer.print_slip(english_slip(job_id="job-2"))

        assert second.result(PATIENCE_S) == PrintResult.not_done(Errors.PRINTER_LOST)
        assert first.result(PATIENCE_S) == PrintResult.done()
        assert len(desk.simulator.slips) == 1


def test_stopping_in_the_middle_is_prompt_and_unknown() -> None:
    with printing(dots_per_s=100) as desk:
        result = desk.begin()
        waiting = desk.printer.print_slip(english_slip(job_id="job-2"))

        assert desk.printer.stop(timeout_s=2.0)
        assert result.result(0) == PrintResult.unknown()
        assert waiting.result(0) == PrintResult.not_done(Errors.PRINTER_LOST)


def test_a_printer_that_was_never_started_prints_nothing_and_says_so() -> None:
    printer: ReceiptPrinterDevice = ReceiptPrinter(
        TcpAddress("127.0.0.1", 9), SystemClock(), Counters(), lambda _: None
    )

    assert printer.print_slip(chinese_slip()).result(0) == PrintResult.not_done(Errors.PRINTER_LOST)
    assert printer.status().state is DeviceState.UNKNOWN


def test_what_somebody_else_left_in_the_printer_does_not_come_out() -> None:
    """The printer holds a stranger's slip, because its cover was open, when the terminal starts."""
    with ReceiptPrinterSimulator() as simulator:
        simulator.set_fault(PrinterFault.COVER_OPEN)
        with socket.create_connection(("127.0.0.1", simulator.port)) as stranger:
            stranger.sendall(b"somebody else\n\x1dVB\x00")
        assert simulator.wait_for(lambda: simulator.buffered_bytes > 0, PATIENCE_S)

        ears = Ears()
        printer = ReceiptPrinter(parse_address(simulator.address), SystemClock(), Counters(), ears)
        printer.start()
        ears.next_state(DeviceState.USER_ERROR)
        simulator.clear_fault(PrinterFault.COVER_OPEN)
        result = printer.print_slip(chinese_slip()).result(PATIENCE_S)
        assert printer.stop()

        assert result == PrintResult.done()
        assert ["somebody" in slip.text for slip in simulator.slips] == [False]


def test_no_word_of_a_slip_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), printing() as desk:
        desk.print_slip()
        desk.simulator.set_fault(PrinterFault.DISCONNECT_MID_PRINT)
        desk.print_slip(english_slip(job_id="job-2"))

    assert f"slip {JOB_ID}: done" in caplog.text
    assert "slip job-2: unknown (PRNT-005)" in caplog.text
    for word in ("欧", "居住证", "Residence", "42017000386", QR_PAYLOAD):
        assert word not in caplog.text
