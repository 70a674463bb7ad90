"""A code comes in pieces, or without its line end: a slow engine, or a converter that holds bytes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.qr_scanner.device import CodeProblem, CodeScanned, CodeUnasked
from drivers.qr_scanner.protocol import CONTINUOUS, HONEYWELL, NEWLAND, TriggerProfile
from drivers.qr_scanner.simulator import ScannerFault
from drivers.vocabulary import DeviceState
from tests.drivers.qr_scanner.hall import hall

CODE = "https://example.invalid/code?t=一次性令牌".encode()


@pytest.mark.parametrize("fault", [ScannerFault.IN_PIECES, ScannerFault.NO_TERMINATOR])
@pytest.mark.parametrize("profile", [CONTINUOUS, HONEYWELL, NEWLAND], ids=lambda profile: profile.name)
def test_a_code_is_whole_or_not_at_all(tmp_path: Path, profile: TriggerProfile, fault: ScannerFault) -> None:
    with hall(tmp_path, profile) as there:
        there.simulator.set_fault(fault)
        there.simulator.show_code(CODE)
        assert there.ears.next(CodeScanned).payload == CODE
        there.simulator.cure()
        there.simulator.show_code(b"after")
        assert there.ears.next(CodeScanned).payload == b"after"
        assert there.ears.all(CodeProblem) == []
        assert there.scanner.status().state is DeviceState.ONLINE


@pytest.mark.parametrize("fault", [ScannerFault.IN_PIECES, ScannerFault.NO_TERMINATOR])
def test_a_code_that_nobody_asked_for_is_one_event_however_it_comes(
    tmp_path: Path, fault: ScannerFault
) -> None:
    with hall(tmp_path, asking=False) as there:
        there.simulator.set_fault(fault)
        there.simulator.show_code(CODE)
        there.ears.next(CodeUnasked)
        there.simulator.cure()
        there.scanner.trigger(True)
        there.simulator.show_code(b"after")
        assert there.ears.next(CodeScanned).payload == b"after"
        assert len(there.ears.all(CodeUnasked)) == 1
