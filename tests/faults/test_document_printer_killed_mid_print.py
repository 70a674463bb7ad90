"""A real printer behind a real print service loses its power in the middle of a document, and comes back."""

from __future__ import annotations

from drivers.document_printer.device import PrintResult
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.document_printer.desk import CALM, driving
from tests.drivers.document_printer.real_parts import real_printer, real_queue
from tests.drivers.document_printer.samples import document
from tests.drivers.listening import PATIENCE_S


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
