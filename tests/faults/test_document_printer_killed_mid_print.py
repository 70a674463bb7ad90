"""A real printer behind a real print service loses its power in the middle of a document, and comes back."""

from __future__ import annotations

from drivers.document_printer.device import PrintResult
from drivers.document_printer.printer import Patience
from drivers.document_printer.readings import JobState
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.document_printer.desk import CALM, another_program, driving
from tests.drivers.document_printer.real_parts import real_printer, real_queue
from tests.drivers.document_printer.samples import document, pdf
from tests.drivers.listening import PATIENCE_S


def test_the_print_service_calls_it_completed() -> None:
    """Why it is not believed: it counts a sheet of a document that never came out of any printer."""
    with real_printer() as real, real_queue(real.address) as queue:
        service = another_program(queue.address)
        job_id = service.print_pdf("case-1", pdf())
        assert isinstance(job_id, int)
        real.wait_until_it_prints()
        real.kill()
        with real_printer(port=real.port) as back:
            while not (job := service.job(job_id)) or not job.ended:
                assert back.lasts(0.05)

            assert job.state is JobState.COMPLETED
            assert "cups-ipp-missing-job-history" in service.readings().reasons
            assert another_program(back.address).our_jobs(ended=True) == []


def test_it_is_unknown_also_when_nobody_looked_while_the_printer_was_gone() -> None:
    seldom = Patience(look_s=2.0)
    with (
        real_printer() as real,
        real_queue(real.address) as queue,
        driving(real.address, queue=queue.address, patience=seldom) as (printer, *_),
    ):
        result = printer.print_document(document())
        real.wait_until_it_prints()
        real.kill()
        with real_printer(port=real.port):
            assert result.result(PATIENCE_S) == PrintResult.unknown()


def test_the_outcome_is_unknown_whatever_the_print_service_says() -> None:
    with (
        real_printer() as real,
        real_queue(real.address) as queue,
        driving(real.address, queue=queue.address, patience=CALM) as (printer, ears, counters),
    ):
        result = printer.print_document(document())
        real.wait_until_it_prints()
        real.kill()

        assert result.result(PATIENCE_S) == PrintResult.unknown()
        assert ears.next_state(DeviceState.OFFLINE).error is Errors.DOCUMENT_PRINTER_LOST
        with real_printer(port=real.port) as back:
            ears.next_state(DeviceState.ONLINE)
            following = printer.print_document(document("next"))
            back.wait_until_it_prints()
            back.go_on()

            assert following.result(PATIENCE_S) == PrintResult.done()
            assert counters.figure("document_printer.unknown") == 1
            assert printer.print_document(document()).result(PATIENCE_S) == PrintResult.unknown()
