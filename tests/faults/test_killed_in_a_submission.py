"""The terminal is killed with -9 at every write, sync and connect of a submission, then started again.

If the case was committed it is on the platform exactly once, otherwise not at all; and the screen never said
saved for one that was not. The kill is injected by the kernel's tracer at the entry of the call, so it hits
the real store, the real uplink and a real platform.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from province_platform.publication import read_reference_batch
from province_platform.server import PlatformServer
from tests.fixtures.places import enrolled_root

CALLS = ("pwrite64", "fdatasync", "fsync", "connect", "sendto", "write", "ftruncate", "unlink")
TRACE = "trace=" + ",".join(CALLS)


class Forker:
    """The process that forks a terminal for each order."""

    def __init__(self, root: Path, url: str, items: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.submissions", str(root), url, str(items)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._line() == "ready"

    def submit(self, strace: list[str], log: Path) -> bool:
        """One submission under the tracer; whether the screen said saved."""
        pid = self._order("submit")
        with _traced(pid, strace, log):
            os.kill(pid, signal.SIGCONT)
            return any(line.startswith("saved ") for line in self._until_gone())

    def recover(self) -> None:
        """The next start, which sends what waits."""
        self._order("recover")
        assert "sent True" in self._until_gone()

    def close(self) -> None:
        self._process.communicate(timeout=10)

    def _order(self, order: str) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()
        said = self._line()
        assert said.startswith("pid "), said
        return int(said.removeprefix("pid "))

    def _until_gone(self) -> list[str]:
        lines = []
        while (line := self._line()) != "gone":
            lines.append(line)
        return lines

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the forker has ended"
        return line.strip()


@contextmanager
def _traced(pid: int, arguments: list[str], log: Path) -> Iterator[None]:
    _wait_until_stopped(pid)
    tracer = subprocess.Popen(
        ["strace", "-f", "-p", str(pid), "-o", str(log), *arguments], stderr=subprocess.PIPE, text=True
    )
    assert tracer.stderr is not None
    attached = tracer.stderr.readline()
    assert "attached" in attached, attached
    try:
        yield
    finally:
        tracer.communicate(timeout=20)


def _wait_until_stopped(pid: int) -> None:
    while "T (stopped)" not in Path(f"/proc/{pid}/status").read_text(encoding="ascii"):
        os.sched_yield()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[tuple[Forker, PlatformServer]]:
    with PlatformServer(tmp_path / "platform") as server:
        root = enrolled_root(server, tmp_path / "enrolment")
        items = tmp_path / "items.json"
        content = read_reference_batch()
        assert content is not None
        items.write_bytes(content)
        forker = Forker(root, server.terminal_url, items)
        try:
            yield forker, server
        finally:
            forker.close()


def cases_of(server: PlatformServer) -> list[str]:
    summary = requests.get(f"{server.console_url}/console/summary", timeout=10).json()
    return [case["case_id"] for case in summary["cases"]]


def calls_made(log: Path) -> dict[str, int]:
    """For each call, how often the busiest thread makes it: the tracer counts by thread."""
    counts = Counter(re.findall(r"^(\d+)\s+(\w+)\(", log.read_text(encoding="utf-8"), re.MULTILINE))
    return {call: max((n for (_, name), n in counts.items() if name == call), default=0) for call in CALLS}


@pytest.mark.timeout(180)
def test_whoever_was_told_saved_is_on_the_platform_once_and_nobody_else_is_half(
    hall: tuple[Forker, PlatformServer], tmp_path: Path
) -> None:
    forker, server = hall
    forker.recover()  # makes the store, so that what is counted below is a submission and nothing else
    log = tmp_path / "calls"
    assert forker.submit(["-e", TRACE], log)
    made = calls_made(log)
    assert made["fdatasync"] + made["fsync"] >= 1, made
    assert made["connect"] >= 1, made
    assert made["pwrite64"] >= 2, made
    assert len(cases_of(server)) == 1

    said, kills = 1, 0
    for call, count in made.items():
        for number in range(1, count + 1):
            before = cases_of(server)
            saved = forker.submit(["-e", TRACE, "-e", f"inject={call}:signal=SIGKILL:when={number}"], log)
            kills += "+++ killed by SIGKILL" in log.read_text(encoding="utf-8")
            forker.recover()
            after = cases_of(server)
            where = f"killed at {call} number {number}"
            assert len(after) == len(set(after)), where
            assert len(after) - len(before) in (0, 1), where
            if saved:
                said += 1
                assert len(after) == len(before) + 1, f"{where}: said saved, but not there"
    assert kills >= 10, made
    assert len(cases_of(server)) >= said
