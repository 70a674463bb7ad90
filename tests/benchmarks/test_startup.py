from __future__ import annotations

from pathlib import Path

from benchmarks.startup import measure


def test_a_real_terminal_and_a_bare_window_are_started_and_timed(tmp_path: Path) -> None:
    first_frame, welcome = measure(tmp_path, runs=1, warm_up=0)
    assert (first_frame.figure, first_frame.unit) == ("start_to_first_frame_ms", "ms")
    assert welcome.figure == "start_to_welcome_ms"
    assert set(first_frame.others) == set(welcome.others) == {"a bare QML window"}
    assert first_frame.others["a bare QML window"] > 0
    assert 0 < first_frame.ours < welcome.ours
