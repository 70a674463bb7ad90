from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import hang
from benchmarks.hang import measure
from benchmarks.watched_terminal import StallFile
from drivers.testbed.orders import Device


def test_two_processes_share_one_figure(tmp_path: Path) -> None:
    ours, theirs = StallFile(tmp_path / "stall"), StallFile(tmp_path / "stall")
    assert ours.read_ms() == (0.0, 0.0)
    ours.write_ms(12.5, 14.0)
    assert theirs.read_ms() == (12.5, 14.0)
    ours.close()
    theirs.close()


def test_every_device_of_the_terminal_hangs_in_its_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hang, "SESSIONS_ENDED", 1)
    rows = {row.figure: row for row in measure(tmp_path, window_s=1.5, settle_s=0.5)}
    assert set(hang.HANGS) == set(Device), "each device has its row"
    for device in hang.HANGS:
        stall = rows[f"longest_stall_ms_{device.value}"]
        assert (stall.unit, stall.better) == ("ms", "lower")
        assert stall.others["limit"] == 50.0
        assert stall.ours > 0
        assert stall.others["with nothing wrong"] > 0
        assert stall.others["with other programs' turns"] >= stall.ours
        assert rows[f"memory_growth_mb_{device.value}"].others["limit"] > 0
    assert rows["session_end_ms"].ours > 0
