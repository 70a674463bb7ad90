from __future__ import annotations

from pathlib import Path

from benchmarks.catch_up import measure


def test_what_waited_arrives_and_a_case_meanwhile_too(tmp_path: Path) -> None:
    rows = {row.figure: row for row in measure(tmp_path, events=300)}
    assert rows["events_per_s"].ours > 0
    assert rows["events_per_s"].others["bare posts of as many bytes"] > 0
    assert rows["memory_growth_mb"].others["limit"] == 50.0
    assert rows["longest_stall_ms"].ours > 0
    assert rows["case_meanwhile_ms"].others["limit"] == 2000.0
