from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks.report import Row, write_report


def test_a_report_is_a_table_and_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = Row("durable_commits_per_s", "1/s", "higher", 500.0, {"plain": 1000.0})
    path = write_report("sample", [row], folder=tmp_path / "bench")
    assert path == tmp_path / "bench" / "sample.json"
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "bench": "sample",
        "rows": [
            {
                "figure": "durable_commits_per_s",
                "unit": "1/s",
                "better": "higher",
                "ours": 500.0,
                "others": {"plain": 1000.0},
            }
        ],
    }
    table = capsys.readouterr().out
    assert "durable_commits_per_s (1/s, higher is better)" in table
    assert "0.50 ×" in table


def test_a_name_that_is_no_benchmark_is_answered_with_those_that_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert command.main(["speed"]) == 2
    assert "no such benchmark: speed; there are: " in capsys.readouterr().err
    assert "outbox" in command.names()
    assert "report" not in command.names()
