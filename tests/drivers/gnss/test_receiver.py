"""A receiver is online when it has spoken, with or without a fix; fixes are told at their pace."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.gnss.device import FixState, GnssStatus, PositionFixed
from drivers.gnss.simulator import WUCHANG, GnssFault, GnssSimulator, obey, place_from
from drivers.vocabulary import DeviceState, StatusChanged
from tests.drivers.gnss.street import street


def test_a_receiver_that_spoke_is_there_and_says_where_it_is(tmp_path: Path) -> None:
    with street(tmp_path) as there:
        fixed = there.ears.next(PositionFixed)
        assert (fixed.longitude, fixed.latitude) == pytest.approx(WUCHANG, abs=1e-6)
        assert fixed.dilution == 0.8
        status = there.receiver.status()
        assert (status.fix, status.error, status.simulated) == (FixState.FOUND, None, True)


def test_being_carried_away_is_told(tmp_path: Path) -> None:
    with street(tmp_path) as there:
        there.simulator.stand_at(-70.5, -33.25)
        fixed = there.ears.next(PositionFixed, lambda fix: fix.latitude < 0)
        assert (fixed.longitude, fixed.latitude) == pytest.approx((-70.5, -33.25), abs=1e-6)


def test_the_first_status_is_unknown(tmp_path: Path) -> None:
    with street(tmp_path) as there:
        states = [change.status for change in there.ears.all(StatusChanged)]
        assert [status.state for status in states[:2]] == [DeviceState.STARTING, DeviceState.ONLINE]
        assert isinstance(states[0], GnssStatus)
        assert states[0].fix is FixState.UNKNOWN


def test_the_simulator_obeys_lines(tmp_path: Path) -> None:
    simulator = GnssSimulator(link=tmp_path / "gnss")
    simulator.start()
    try:
        for line in ("stand 114.27 30.6", "fault no_fix", "cure", "unplug", "plug"):
            obey(simulator, line)
        for line in ("stand", "stand 200 30", "fault nonsense", "dance"):
            with pytest.raises(ValueError, match=r"."):
                obey(simulator, line)
    finally:
        simulator.stop()
    assert place_from(" 114.27 30.6 ") == (114.27, 30.6)
    assert GnssFault("jumps") is GnssFault.JUMPS


def test_stopping_is_no_loss(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with street(tmp_path) as there:
        there.ears.next(PositionFixed)
    assert "is down" not in caplog.text
    assert there.counters.figure("gnss.failures") == 0
