"""The cassette is empty."""

from __future__ import annotations

from drivers.document_printer.device import PaperState
from drivers.document_printer.simulator import DocumentPrinterFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.document_printer import stories

FAULT = DocumentPrinterFault.PAPER_OUT
STATE = DeviceState.USER_ERROR
ERROR = Errors.DOCUMENT_PRINTER_NO_PAPER


def test_between_two_documents_it_is_told_and_nothing_is_sent() -> None:
    said = stories.refused_while_it_lasts(FAULT, STATE, ERROR)
    assert said.paper is PaperState.OUT


def test_at_the_start_it_is_the_first_thing_that_is_told() -> None:
    stories.found_at_the_start(FAULT, STATE, ERROR)


def test_before_the_first_sheet_the_document_is_taken_back() -> None:
    stories.before_the_first_sheet(FAULT, STATE, ERROR)


def test_after_the_first_sheet_the_outcome_is_unknown() -> None:
    stories.after_the_first_sheet(FAULT, STATE)
