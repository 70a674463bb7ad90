"""A scanner of a kind that confirms commands hangs: the line is there, and nothing comes."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.qr_scanner import scanner as scanner_module
from drivers.qr_scanner.device import CodeScanned
from drivers.qr_scanner.protocol import NEWLAND
from drivers.qr_scanner.simulator import ScannerFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.qr_scanner.hall import hall


def test_a_scanner_that_hangs_is_found_out_without_a_citizen_and_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanner_module, "_PROVE_INTERVAL_S", 0.2)
    monkeypatch.setattr(scanner_module, "_COMMAND_S", 0.3)
    with hall(tmp_path, NEWLAND, asking=False) as there:
        there.simulator.set_fault(ScannerFault.NEVER_ANSWERS)
        lost = there.ears.next_state(DeviceState.OFFLINE)
        assert lost.error is Errors.SCANNER_LOST
        assert not there.scanner.status().proven
        there.simulator.cure()
        there.ears.next_state(DeviceState.ONLINE)
        there.scanner.trigger(True)
        there.simulator.show_code(b"code")
        assert there.ears.next(CodeScanned).payload == b"code"
