from __future__ import annotations

from pathlib import Path

from benchmarks.screens import equal_page, measure


def test_the_browser_is_given_the_same_words_in_the_same_places() -> None:
    control = {"name": "办理<养老>", "role": "Button", "rect": [56, 400, 968, 160]}
    page = equal_page([control]).decode()
    assert "left:56px;top:400px;width:968px;height:160px" in page
    assert "办理&lt;养老&gt;" in page


def test_terminal_and_browser_are_started_and_touched(tmp_path: Path) -> None:
    rows = {row.figure: row for row in measure(tmp_path, runs=1, warm_up=0, taps=12)}
    assert list(rows) == [
        "touch_to_picture_p99_ms",
        "touch_to_page_p99_ms",
        "start_to_first_frame_ms",
        "start_to_welcome_ms",
        "resident_mb",
    ]
    for row in rows.values():
        assert row.ours > 0
        assert row.better == "lower"
        assert row.others["limit"] > 0
