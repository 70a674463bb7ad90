"""The driver at a real printer, directly and through a real print service: neither of them is ours."""

from __future__ import annotations

from drivers.document_printer.device import (
    PrintResult,
    PurgeOutcome,
)
from foundation.errors import Errors
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
        driving(real.address, queue=queue) as (printer, *_),
    ):
        result = printer.print_document(document())
        real.wait_until_it_prints()
        assert not result.done()
        real.go_on()
        assert result.result(PATIENCE_S) == PrintResult.done()


def test_the_end_of_a_session_reaches_the_printer_through_the_print_service() -> None:
    with (
        real_printer() as real,
        real_queue(real.address) as queue,
        driving(real.address, queue=queue) as (printer, _, counters),
    ):
        result = printer.print_document(document())
        real.wait_until_it_prints()
        purged = printer.end_session("session-1")
        counters.wait_for("document_printer.cancelled", at_least=2)  # in the queue, and in the printer itself
        real.go_on()  # it looks at the order to cancel when its command has ended

        assert result.result(PATIENCE_S) == PrintResult.not_done(Errors.DOCUMENT_SESSION_OVER)
        assert purged.result(PATIENCE_S) is PurgeOutcome.CLEAN
