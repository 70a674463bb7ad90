from __future__ import annotations

from pathlib import Path

from benchmarks.realtime import measure


def test_ratings_are_committed_seen_on_the_console_and_timed(tmp_path: Path) -> None:
    median, slowest = measure(tmp_path, ratings=3, warm_up=1)
    assert (median.figure, median.unit, median.better) == ("commit_to_visible_p50_ms", "ms", "lower")
    assert slowest.figure == "commit_to_visible_p99_ms"
    assert set(median.others) == set(slowest.others) == {"a bare HTTPS POST"}
    assert median.others["a bare HTTPS POST"] > 0
    assert 0 < median.ours <= slowest.ours
