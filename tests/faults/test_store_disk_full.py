"""The disk under the store is full: nothing new is promised, nothing old is lost, and then it goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.offline_store.disks import work_on_disk


def test_a_full_disk_refuses_with_its_code_and_recovers_by_itself(tmp_path: Path, repository: Path) -> None:
    report = work_on_disk(tmp_path, repository, inject="pwrite64:error=ENOSPC:when=1..2")
    assert report == [["STOR-002", 1], ["STOR-002", 1], ["done", 2], ["done", 1]]


def test_a_disk_that_fills_up_in_the_middle_of_a_commit_keeps_none_of_it(
    tmp_path: Path, repository: Path
) -> None:
    report = work_on_disk(tmp_path, repository, inject="pwrite64:error=ENOSPC:when=5")
    assert report == [["STOR-002", 1], ["done", 0], ["done", 1], ["done", 1]]


def test_on_a_small_disk_sessions_are_refused_and_rows_never_before_the_ballast_is_gone(
    tmp_path: Path, repository: Path
) -> None:
    """A real disk of 12 MB (tmpfs in a mount namespace) that something else fills up."""
    mounted = 'mount -t tmpfs -o size=12m none "$1" && exec "$2" -m tests.offline_store.on_small_disk "$1"'
    run = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "sh", "-c", mounted, "sh", str(tmp_path), sys.executable],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    report = json.loads(run.stdout)
    assert report.pop("more") > 10
    assert report == {
        "held": True,
        "begins": True,
        "begins on a full disk": False,
        "case on a full disk": "done",
        "confirmed": "done",
        "held after that": False,
        "depth": 1,
        "begins before the ballast is back": False,
        "held again": True,
        "begins again": True,
        "case again": "done",
    }
