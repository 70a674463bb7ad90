from __future__ import annotations

from pathlib import Path

from benchmarks.outbox import BareFile, OurOutbox, PlainSqlite, measure, new_event


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
    commits, p99, drained = measure(tmp_path, turns=2, commits=5)
    assert (commits.figure, commits.better) == ("durable_commits_per_s", "higher")
    assert set(commits.others) == {"plain sqlite3", "write + fdatasync"}
    assert (p99.figure, p99.unit, p99.better) == ("commit_p99_ms", "ms", "lower")
    assert (drained.figure, set(drained.others)) == ("take_and_confirm_per_s", {"plain sqlite3"})
    for row in (commits, p99, drained):
        assert min(row.ours, *row.others.values()) > 0
