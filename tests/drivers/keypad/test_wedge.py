"""A scanner that passes for a keyboard is a scanner: its keys reach nobody else, its codes come out whole."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from drivers.qr_scanner.device import CodeProblem, CodeScanned, CodeUnasked
from drivers.qr_scanner.protocol import HONEYWELL
from drivers.qr_scanner.scanner import QrScanner
from drivers.vocabulary import DeviceState, Wear, wear_counter
from foundation.clock import SystemClock
from foundation.counters import Counters
from foundation.errors import Errors
from tests.drivers.keypad.wedged import wedged
from tests.drivers.listening import Ears

CODE = "eHB:Token-0042/Az09+=?&"


def test_a_code_is_read_with_its_capitals_and_signs(tmp_path: Path) -> None:
    with wedged(tmp_path) as there:
        there.keys.type_text(CODE + "\r")
        assert there.ears.next(CodeScanned).payload == CODE.encode()
        assert there.counters.figure(wear_counter("qr_scanner", Wear.READS)) == 1


def test_a_code_without_a_terminator_ends_with_a_silence(tmp_path: Path) -> None:
    with wedged(tmp_path) as there:
        there.keys.type_text(CODE)
        assert there.ears.next(CodeScanned).payload == CODE.encode()


def test_what_comes_unasked_is_thrown_away(tmp_path: Path) -> None:
    with wedged(tmp_path) as there:
        there.scanner.trigger(False)
        there.keys.type_text(CODE + "\r")
        there.ears.next(CodeUnasked)
        assert there.ears.all(CodeScanned) == []


def test_more_than_a_code_can_be_is_refused(tmp_path: Path) -> None:
    with wedged(tmp_path) as there:
        there.keys.type_text("x" * 1100 + "\r")
        assert there.ears.next(CodeProblem).error is Errors.CODE_NOT_READABLE


def test_nothing_that_was_typed_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), wedged(tmp_path) as there:
        there.keys.type_text(CODE + "\r")
        there.ears.next(CodeScanned)
    assert CODE not in caplog.text


def test_a_keyboard_takes_no_trigger_and_that_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with wedged(tmp_path) as there:
        address = there.keys.address
        there.scanner.stop()
        ears = Ears()
        triggered = QrScanner(address, SystemClock(), Counters(), ears, HONEYWELL)
        triggered.trigger(True)
        triggered.start()
        try:
            assert ears.next_state(DeviceState.OFFLINE).error is Errors.SCANNER_LOST
        finally:
            assert triggered.stop()
    assert "takes no commands" in caplog.text
