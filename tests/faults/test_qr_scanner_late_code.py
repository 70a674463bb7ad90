"""A code arrives after nobody wants it any more, or before anybody does: it signs nobody in."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.qr_scanner.device import CodeProblem, CodeScanned, CodeUnasked
from drivers.qr_scanner.protocol import CONTINUOUS, HONEYWELL, NEWLAND, TriggerProfile
from drivers.qr_scanner.simulator import ScannerFault
from drivers.vocabulary import DeviceState
from tests.drivers.qr_scanner.hall import hall


@pytest.mark.parametrize("fault", [None, ScannerFault.IN_PIECES, ScannerFault.GARBAGE])
def test_a_code_that_comes_when_nobody_asks_is_not_kept_for_the_next_person(
    tmp_path: Path, fault: ScannerFault | None
) -> None:
    with hall(tmp_path) as there:
        if fault is not None:
            there.simulator.set_fault(fault)
        there.scanner.trigger(False)
        there.simulator.show_code(b"of the person before")
        there.ears.next(CodeUnasked)
        there.simulator.cure()
        there.scanner.trigger(True)
        there.simulator.show_code(b"mine")
        assert there.ears.next(CodeScanned).payload == b"mine"
        assert len(there.ears.all(CodeScanned)) == 1
        assert there.ears.all(CodeProblem) == []
        assert there.scanner.status().state is DeviceState.ONLINE


@pytest.mark.parametrize("profile", [CONTINUOUS, HONEYWELL, NEWLAND], ids=lambda profile: profile.name)
def test_asking_again_and_again_reads_one_code_once(tmp_path: Path, profile: TriggerProfile) -> None:
    with hall(tmp_path, profile) as there:
        for _ in range(3):
            there.scanner.trigger(False)
            there.scanner.trigger(True)
        there.simulator.show_code(b"mine")
        assert there.ears.next(CodeScanned).payload == b"mine"
        there.polls(3)
        assert len(there.ears.all(CodeScanned)) == 1
