"""What a citizen does with a code, over a real pseudo-terminal."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from drivers.qr_scanner.device import CodeProblem, CodeScanned, CodeUnasked
from drivers.qr_scanner.protocol import CONTINUOUS, HONEYWELL, NEWLAND, TriggerProfile
from drivers.qr_scanner.simulator import ScannerFault
from drivers.vocabulary import DeviceState, StatusChanged
from foundation.errors import Errors
from tests.drivers.qr_scanner.hall import hall

PROFILES = [CONTINUOUS, HONEYWELL, NEWLAND]
CODE = "https://example.invalid/code?t=居民码一次性令牌".encode()


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_a_code_is_read_as_it_is(tmp_path: Path, profile: TriggerProfile) -> None:
    with hall(tmp_path, profile) as there:
        there.simulator.show_code(CODE)
        assert there.ears.next(CodeScanned).payload == CODE
        assert there.counters.figure("qr_scanner.reads") == 1


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_several_people_one_after_the_other(tmp_path: Path, profile: TriggerProfile) -> None:
    with hall(tmp_path, profile) as there:
        for number in range(3):
            there.simulator.show_code(b"code-%d" % number)
            assert there.ears.next(CodeScanned).payload == b"code-%d" % number


def test_a_code_in_another_encoding_is_not_touched(tmp_path: Path) -> None:
    with hall(tmp_path) as there:
        there.simulator.show_code("湖北居民码".encode("gb18030"))
        assert there.ears.next(CodeScanned).payload == "湖北居民码".encode("gb18030")


def test_a_code_that_nobody_asked_for_is_thrown_away_and_says_that_somebody_is_there(tmp_path: Path) -> None:
    with hall(tmp_path, asking=False) as there:
        there.simulator.show_code(CODE)
        there.ears.next(CodeUnasked)
        assert there.ears.all(CodeScanned) == []
        there.scanner.trigger(True)
        there.simulator.show_code(b"asked")
        assert there.ears.next(CodeScanned).payload == b"asked"


@pytest.mark.parametrize("profile", [HONEYWELL, NEWLAND], ids=lambda profile: profile.name)
def test_a_triggered_scanner_looks_only_while_it_is_asked(tmp_path: Path, profile: TriggerProfile) -> None:
    with hall(tmp_path, profile, asking=False) as there:
        there.simulator.show_code(CODE)
        there.polls(5)
        assert there.ears.kinds() == ["StatusChanged", "StatusChanged"]
        there.scanner.trigger(True)
        assert there.ears.next(CodeScanned).payload == CODE
        there.scanner.trigger(False)
        there.polls(2)
        there.simulator.show_code(b"late")
        there.polls(5)
        assert len(there.ears.all(CodeScanned)) == 1
        assert there.ears.all(CodeUnasked) == []


def test_a_scanner_that_confirms_has_proved_that_it_is_there_and_another_has_not(tmp_path: Path) -> None:
    with hall(tmp_path, NEWLAND) as there:
        assert there.scanner.status().proven
        assert there.scanner.capabilities.confirms_commands
    with hall(tmp_path, HONEYWELL) as there:
        assert not there.scanner.status().proven
        assert there.scanner.capabilities.triggered
    with hall(tmp_path) as there:
        assert not there.scanner.capabilities.triggered
        assert there.scanner.status().simulated


@pytest.mark.parametrize("fault", [ScannerFault.NO_TERMINATOR, ScannerFault.IN_PIECES])
def test_a_code_without_end_or_in_pieces_is_read(tmp_path: Path, fault: ScannerFault) -> None:
    with hall(tmp_path) as there:
        there.simulator.set_fault(fault)
        there.simulator.show_code(CODE)
        assert there.ears.next(CodeScanned).payload == CODE


def test_no_log_line_and_no_event_shows_a_code(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with hall(tmp_path) as there:
        there.simulator.show_code(b"secret-token")
        scanned = there.ears.next(CodeScanned)
        there.simulator.set_fault(ScannerFault.GARBAGE)
        there.simulator.show_code(b"secret-token")
        there.ears.next(CodeProblem)
        there.simulator.unplug()
        there.ears.next_state(DeviceState.NO_DEVICE)
        shown = caplog.text + repr(there.ears._events) + str(scanned) + repr(there.counters.figures())
    assert "CodeScanned(12 bytes)" in shown
    assert "secret" not in shown


def test_asking_may_begin_before_the_scanner_is_there(tmp_path: Path) -> None:
    with hall(tmp_path, HONEYWELL, asking=False) as there:
        there.simulator.unplug()
        lost = there.ears.next_state(DeviceState.NO_DEVICE)
        assert lost.error is Errors.SCANNER_LOST
        there.scanner.trigger(True)
        there.simulator.plug_in()
        there.simulator.show_code(CODE)
        assert there.ears.next(CodeScanned).payload == CODE
        states = [change.status.state for change in there.ears.all(StatusChanged)]
        assert states == [
            DeviceState.STARTING,
            DeviceState.ONLINE,
            DeviceState.NO_DEVICE,
            DeviceState.ONLINE,
        ]
