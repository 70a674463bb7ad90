from __future__ import annotations

from pathlib import Path

from benchmarks.outbox import measure, measure_on_slow_disk, new_event
from benchmarks.outbox_contestants import BareFile, OurOutbox, PlainSqlite

FIGURES = [
    "durable_commits_per_s",
    "commit_p99_ms",
    "durable_commits_per_s_four_threads",
    "commit_p99_ms_four_threads",
    "take_and_confirm_per_s",
]


def test_every_contestant_really_stores_what_it_is_given(tmp_path: Path) -> None:
    events = [new_event() for _ in range(3)]
    ours, plain, bare = OurOutbox(tmp_path), PlainSqlite(tmp_path), BareFile(tmp_path)
    for contestant in (ours, plain, bare):
        for event in events:
            contestant.store(event)
    assert (tmp_path / "bare").read_bytes() == b"".join(event.data for event in events)
    assert [ours.take_and_confirm(2) for _ in range(3)] == [2, 1, 0]
    assert [plain.take_and_confirm(2) for _ in range(3)] == [2, 1, 0]
    for contestant in (ours, plain, bare):
        contestant.close()


def test_every_figure_is_measured_beside_its_peers(tmp_path: Path) -> None:
    rows = measure(tmp_path, {}, turns=2, commits=8)
    assert [row.figure for row in rows] == FIGURES
    for row in rows:
        assert row.better == ("lower" if row.unit == "ms" else "higher")
        assert "plain sqlite3" in row.others
        assert ("write + fdatasync" in row.others) == (row.figure != "take_and_confirm_per_s")
        assert min(row.ours, *row.others.values()) > 0


def test_on_the_slow_disk_no_commit_is_faster_than_its_sync(tmp_path: Path) -> None:
    rows = measure_on_slow_disk(tmp_path, turns=1, commits=4, with_peers=False)
    assert [row.figure for row in rows] == [f"{figure}_slow_disk" for figure in FIGURES]
    for rate in (rows[0].ours, *rows[0].others.values()):
        assert rate <= 200
