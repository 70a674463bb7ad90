"""How many cases a second the outbox makes durable, beside what the disk, plain SQLite and peers can do.

All store the same events, each durable before the next begins, on the same disk, in turns of a few hundred so
that a noisy neighbour meets all of them; then again with 5 ms added to each sync, as eMMC has it (rows that
end in ``_slow_disk``), in a process of its own with slow_sync.c loaded:

* ``ours``: the outbox as it is: encrypted, with sequences, priorities and dependencies;
* ``plain sqlite3``: one unencrypted table with the same columns and a unique id, WAL, ``synchronous=FULL``,
  and nothing else;
* ``write + fdatasync``: the payload appended to a file; what the disk itself can do;
* persist-queue, litequeue and the storage of thingsboard-gateway as they come, where they install.

Limits: ours at least 0.35 of plain SQLite on the disk as it is and 0.9 on the slow one, and ten times
persist-queue when rows are taken and confirmed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from statistics import median, quantiles

from benchmarks.outbox_contestants import BareFile, Contestant, OurOutbox, PlainSqlite, peers
from benchmarks.report import FOLDER, Row, write_report
from foundation.clock import SystemClock, rfc3339
from offline_store.events import NewEvent

TURNS, COMMITS_PER_TURN = 12, 250
SLOW_TURNS, SLOW_COMMITS_PER_TURN = 4, 24
THREADS = 4
BATCH = 100
PAYLOAD_BYTES = 1024
_SHIM = Path(__file__).with_name("slow_sync.c")
Makers = Mapping[str, Callable[[Path], Contestant]]


def new_event() -> NewEvent:
    """A case with a payload of the usual size."""
    return NewEvent(
        id=str(uuid.uuid4()),
        stream="case",
        type="case.submitted",
        subject=f"case/{uuid.uuid4()}",
        time=rfc3339(SystemClock().utc_now()),
        monotonic_ms=round(time.monotonic() * 1000),
        clock_trust="synchronised",
        data=os.urandom(PAYLOAD_BYTES),
        priority=0,
    )


def seconds_per_commit(store: Callable[[NewEvent], None], commits: int) -> list[float]:
    """How long each of so many commits took."""
    taken_s: list[float] = []
    for event in [new_event() for _ in range(commits)]:
        started_s = time.perf_counter()
        store(event)
        taken_s.append(time.perf_counter() - started_s)
    return taken_s


def from_threads(store: Callable[[NewEvent], None], commits: int) -> tuple[float, list[float]]:
    """Commits a second from four threads together, and how long each took."""
    each: list[list[float]] = []
    workers = [
        threading.Thread(target=lambda: each.append(seconds_per_commit(store, commits // THREADS)))
        for _ in range(THREADS)
    ]
    started_s = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    taken_s = [second for part in each for second in part]
    return len(taken_s) / (time.perf_counter() - started_s), taken_s


def drained_per_s(take_and_confirm: Callable[[int], int]) -> float:
    """How many waiting events a second are taken and confirmed, in batches where there are batches."""
    started_s = time.perf_counter()
    drained = 0
    while taken := take_and_confirm(BATCH):
        drained += taken
    return drained / (time.perf_counter() - started_s)


def measure(folder: Path, others: Makers, *, turns: int, commits: int) -> list[Row]:
    """Runs the contest in ``folder``: all rows, ours first."""
    contestants: dict[str, Contestant] = {"ours": OurOutbox(folder), "plain sqlite3": PlainSqlite(folder)}
    contestants |= {name: make(folder) for name, make in others.items()}
    bare = BareFile(folder)
    storing = {name: each.store for name, each in contestants.items()} | {"write + fdatasync": bare.store}
    figures = _Figures()
    for _ in range(turns):
        for name, store in storing.items():
            taken_s = seconds_per_commit(store, commits)
            figures.add("durable_commits_per_s", name, len(taken_s) / sum(taken_s))
            figures.add("commit_p99_ms", name, *taken_s)
            rate, taken_s = from_threads(store, commits)
            figures.add("durable_commits_per_s_four_threads", name, rate)
            figures.add("commit_p99_ms_four_threads", name, *taken_s)
        for name, contestant in contestants.items():
            figures.add("take_and_confirm_per_s", name, drained_per_s(contestant.take_and_confirm))
    for contestant in contestants.values():
        contestant.close()
    bare.close()
    return figures.rows()


class _Figures:
    """What was measured, by figure and contestant."""

    def __init__(self) -> None:
        self._values: dict[str, dict[str, list[float]]] = {}

    def add(self, figure: str, name: str, *values: float) -> None:
        self._values.setdefault(figure, {}).setdefault(name, []).extend(values)

    def rows(self) -> list[Row]:
        return [_row(figure, by_name) for figure, by_name in self._values.items()]


def _row(figure: str, by_name: Mapping[str, Sequence[float]]) -> Row:
    if "_ms" in figure:
        told = {name: quantiles(values, n=100)[98] * 1000 for name, values in by_name.items()}
    else:
        told = {name: median(values) for name, values in by_name.items()}
    rounded = {name: round(value, 3) for name, value in told.items()}
    unit, better = ("ms", "lower") if "_ms" in figure else ("1/s", "higher")
    ours = rounded.pop("ours")
    return Row(figure, unit, "lower" if better == "lower" else "higher", ours, rounded)


def measure_on_slow_disk(folder: Path, *, turns: int, commits: int, with_peers: bool = True) -> list[Row]:
    """The same with 5 ms added to each sync, in a process of its own."""
    shim = folder / "slow_sync.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", shim, _SHIM, "-ldl"], check=True)
    slow = subprocess.run(
        [sys.executable, "-m", "benchmarks.outbox", str(folder), str(turns), str(commits)]
        + (["peers"] if with_peers else []),
        env={**os.environ, "LD_PRELOAD": str(shim)},
        stdout=subprocess.PIPE,
        check=True,
        cwd=Path(__file__).resolve().parent.parent,
    )
    rows = [Row(**row) for row in json.loads(slow.stdout)]
    return [replace(row, figure=f"{row.figure}_slow_disk") for row in rows]


def main() -> None:
    """Measures on the disk of the checkout, which is the one that the figures are about."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="outbox-", dir=FOLDER))
    try:
        rows = measure(folder, peers(), turns=TURNS, commits=COMMITS_PER_TURN)
        slow = folder / "slow"
        slow.mkdir()
        rows += measure_on_slow_disk(slow, turns=SLOW_TURNS, commits=SLOW_COMMITS_PER_TURN)
        write_report("outbox", rows)
    finally:
        shutil.rmtree(folder)


def measure_here(folder: Path, turns: int, commits: int, *, with_peers: bool) -> None:
    """The child of :func:`measure_on_slow_disk`: the rows as JSON."""
    rows = measure(folder, peers() if with_peers else {}, turns=turns, commits=commits)
    print(json.dumps([asdict(row) for row in rows]))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure_here(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), with_peers=len(sys.argv) > 4)
    else:
        main()
