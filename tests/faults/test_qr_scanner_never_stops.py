"""The scanner never stops talking, as on a line full of noise: no code can ever end."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.qr_scanner import scanner as scanner_module
from drivers.qr_scanner.device import CodeProblem, CodeScanned
from drivers.qr_scanner.protocol import CONTINUOUS, HONEYWELL, NEWLAND, TriggerProfile
from drivers.qr_scanner.simulator import ScannerFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.qr_scanner.hall import hall


@pytest.mark.parametrize("profile", [CONTINUOUS, HONEYWELL, NEWLAND], ids=lambda profile: profile.name)
def test_a_scanner_that_never_stops_is_offline_and_works_when_it_has(
    tmp_path: Path, profile: TriggerProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanner_module, "_LONGEST_BURST_S", 0.3)
    monkeypatch.setattr(scanner_module, "_COMMAND_S", 0.3)
    with hall(tmp_path, profile) as there:
        there.simulator.set_fault(ScannerFault.NEVER_STOPS)
        there.simulator.show_code(b"code")
        assert there.ears.next_state(DeviceState.OFFLINE).error is Errors.SCANNER_LOST
        there.simulator.cure()
        there.ears.next_state(DeviceState.ONLINE)
        there.simulator.show_code(b"after")
        assert there.ears.next(CodeScanned).payload == b"after"
        assert [code.payload for code in there.ears.all(CodeScanned)] == [b"after"]
        assert len(there.ears.all(CodeProblem)) <= 1


def test_a_scanner_that_talks_while_nobody_asks_is_found_out_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanner_module, "_LONGEST_BURST_S", 0.3)
    with hall(tmp_path, asking=False) as there:
        there.simulator.set_fault(ScannerFault.NEVER_STOPS)
        there.simulator.show_code(b"code")
        assert there.ears.next_state(DeviceState.OFFLINE).error is Errors.SCANNER_LOST
        there.simulator.cure()
        there.ears.next_state(DeviceState.ONLINE)
