"""The disk under the store is full: nothing new is promised, nothing old is lost, and then it goes on."""

from __future__ import annotations

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
