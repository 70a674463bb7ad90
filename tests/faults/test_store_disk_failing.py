"""The disk under the store is read-only or does not keep its word: a code of its own, and no promise."""

from __future__ import annotations

from pathlib import Path

from tests.offline_store.disks import work_on_disk


def test_a_disk_that_became_read_only_promises_nothing(tmp_path: Path, repository: Path) -> None:
    report = work_on_disk(tmp_path, repository, inject="pwrite64:error=EROFS:when=1+")
    assert report == [["STOR-005", 1]] * 4


def test_a_sync_that_fails_is_no_promise(tmp_path: Path, repository: Path) -> None:
    report = work_on_disk(tmp_path, repository, inject="fsync,fdatasync:error=EIO:when=1")
    assert report == [["STOR-005", 1], ["done", 0], ["done", 1], ["done", 1]]
