from __future__ import annotations

from pathlib import Path

from benchmarks.card_read import BAUD, REPLY_BYTES, measure, wire_s


def test_the_wire_time_is_that_of_8n1() -> None:
    assert round(wire_s(REPLY_BYTES) * 1000, 1) == 112.4
    assert wire_s(BAUD) == 10.0


def test_a_read_is_measured_beside_the_wire_and_the_simulator(tmp_path: Path) -> None:
    p50, p95 = measure(tmp_path, reads=2)
    limit, wire, think = p50.others.values()
    assert (p50.figure, p50.unit, p50.better) == ("full_read_p50_ms", "ms", "lower")
    assert wire == 112.413
    assert wire < p50.ours <= p95.ours  # the line is paced: no read is faster than its own bytes
    assert think >= 0
    assert abs(limit - 1.15 * (wire + think)) < 0.01
