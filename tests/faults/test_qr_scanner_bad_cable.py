"""The scanner's cable is loose: it goes and comes, and goes again."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers import supervision
from drivers.qr_scanner.device import CodeScanned
from drivers.qr_scanner.protocol import CONTINUOUS, HONEYWELL, NEWLAND, TriggerProfile
from drivers.vocabulary import DeviceState, StatusChanged
from foundation.errors import Errors
from tests.drivers.qr_scanner.hall import hall


@pytest.mark.parametrize("profile", [CONTINUOUS, HONEYWELL, NEWLAND], ids=lambda profile: profile.name)
def test_a_scanner_on_a_loose_cable_is_offered_only_when_it_stays(
    tmp_path: Path, profile: TriggerProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervision, "_SETTLING_S", 3600.0)
    with hall(tmp_path, profile) as there:
        for times in (1, 2, 3):
            there.simulator.unplug()
            assert there.ears.next_state(DeviceState.NO_DEVICE).error is Errors.SCANNER_LOST
            there.simulator.plug_in()
            there.counters.wait_for("qr_scanner.failures", times)
            if times < 3:
                there.ears.next_state(DeviceState.ONLINE)
        there.wait_until_it_listens()
        there.simulator.show_code(b"in the meantime")  # what works is used, although it is not offered
        there.ears.next(CodeScanned)
        assert there.scanner.status().state is DeviceState.NO_DEVICE
        monkeypatch.setattr(supervision, "_SETTLING_S", 0.0)
        there.ears.next_state(DeviceState.ONLINE)
        states = [change.status.state for change in there.ears.all(StatusChanged)]
        assert states.count(DeviceState.NO_DEVICE) == 3
