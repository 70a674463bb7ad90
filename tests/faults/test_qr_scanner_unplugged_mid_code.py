"""The plug is pulled when half of a code is out: half a code is never a code."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.qr_scanner.device import CodeProblem, CodeScanned, CodeUnasked
from drivers.qr_scanner.protocol import CONTINUOUS, HONEYWELL, NEWLAND, TriggerProfile
from drivers.qr_scanner.simulator import ScannerFault
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.qr_scanner.hall import hall


@pytest.mark.parametrize("profile", [CONTINUOUS, HONEYWELL, NEWLAND], ids=lambda profile: profile.name)
def test_half_a_code_is_thrown_away_and_the_next_one_is_read_whole(
    tmp_path: Path, profile: TriggerProfile
) -> None:
    with hall(tmp_path, profile) as there:
        there.simulator.set_fault(ScannerFault.UNPLUGGED_MID_CODE)
        there.simulator.show_code(b"https://example.invalid/?t=before")
        assert there.ears.next_state(DeviceState.NO_DEVICE).error is Errors.SCANNER_LOST
        there.simulator.cure()
        there.simulator.plug_in()
        there.ears.next_state(DeviceState.ONLINE)
        there.simulator.show_code(b"after")
        there.ears.next(CodeScanned, lambda code: code.payload == b"after")
        assert [code.payload for code in there.ears.all(CodeScanned)] == [b"after"]
        assert there.ears.all(CodeProblem) == []


def test_half_a_code_that_nobody_asked_for_is_nothing_at_all(tmp_path: Path) -> None:
    with hall(tmp_path, asking=False) as there:
        there.simulator.set_fault(ScannerFault.UNPLUGGED_MID_CODE)
        there.simulator.show_code(b"https://example.invalid/?t=before")
        there.ears.next_state(DeviceState.NO_DEVICE)
        there.simulator.cure()
        there.simulator.plug_in()
        there.ears.next_state(DeviceState.ONLINE)
        there.simulator.show_code(b"after")
        there.ears.next(CodeUnasked)
        assert there.ears.all(CodeScanned) == []
