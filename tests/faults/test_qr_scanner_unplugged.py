"""The scanner is unplugged and plugged in again; its name stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.qr_scanner.device import CodeProblem, CodeScanned
from drivers.qr_scanner.protocol import CONTINUOUS, HONEYWELL, NEWLAND, TriggerProfile
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.qr_scanner.hall import hall


@pytest.mark.parametrize("profile", [CONTINUOUS, HONEYWELL, NEWLAND], ids=lambda profile: profile.name)
def test_a_scanner_that_was_unplugged_is_no_device_and_works_when_it_is_back(
    tmp_path: Path, profile: TriggerProfile
) -> None:
    with hall(tmp_path, profile) as there:
        there.simulator.show_code(b"before")
        there.ears.next(CodeScanned)
        there.simulator.unplug()
        lost = there.ears.next_state(DeviceState.NO_DEVICE)
        assert lost.error is Errors.SCANNER_LOST
        assert lost.simulated
        there.simulator.plug_in()
        there.ears.next_state(DeviceState.ONLINE)
        there.simulator.show_code(b"after")
        assert there.ears.next(CodeScanned).payload == b"after"
        assert there.ears.all(CodeProblem) == []
