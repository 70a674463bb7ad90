from __future__ import annotations

from benchmarks.herd import measure


def test_a_herd_is_counted_with_its_window_and_without() -> None:
    (row,) = measure(terminals=4, window_s=1, outage_s=0.5)
    assert (row.figure, row.better) == ("peak_over_steady", "lower")
    assert row.ours > 0
    assert set(row.others) == {"limit", "without a window"}
