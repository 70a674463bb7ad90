"""A file is wholly the old one or wholly the new one, whatever goes wrong in between."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from foundation.atomic_files import sync_folder, write_atomically


def test_the_content_is_there_with_its_mode_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "down" / "enrolment.json"
    write_atomically(path, b"one", mode=0o600)
    assert path.read_bytes() == b"one"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert [file.name for file in path.parent.iterdir()] == ["enrolment.json"]


def test_the_mode_does_not_depend_on_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        write_atomically(tmp_path / "for-all.json", b"x", mode=0o644)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "for-all.json").stat().st_mode) == 0o644


def test_a_secret_is_never_readable_by_others_not_even_while_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    real_fsync = os.fsync

    def look_then_sync(descriptor: int) -> None:
        status = os.fstat(descriptor)
        if stat.S_ISREG(status.st_mode):
            seen.append(stat.S_IMODE(status.st_mode))
        real_fsync(descriptor)

    monkeypatch.setattr(os, "fsync", look_then_sync)
    before = os.umask(0)
    try:
        write_atomically(tmp_path / "store.key", b"secret", mode=0o600)
    finally:
        os.umask(before)
    assert seen == [0o600]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_write_that_fails_leaves_the_old_file_and_no_rest(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "site.json"
    write_atomically(path, b"old")

    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["site.json"]


def test_file_and_folder_are_synced_in_this_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rename is durable only when the folder is synced after it (fsync(2))."""
    steps: list[str] = []
    real_fsync, real_replace = os.fsync, os.replace

    def note_sync(descriptor: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        real_fsync(descriptor)

    def note_replace(source: Path, target: Path) -> None:
        steps.append("replace")
        real_replace(source, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "replace", note_replace)
    write_atomically(tmp_path / "a", b"x")
    assert steps == ["file", "replace", "folder"]


def test_a_reader_sees_the_old_or_the_new_and_never_a_mixture(tmp_path: Path) -> None:
    path, sizes = tmp_path / "batch.json", (1, 100_000)
    write_atomically(path, b"0" * sizes[0])
    done = threading.Event()

    def write() -> None:
        for turn in range(60):
            write_atomically(path, b"%d" % (turn % 2) * sizes[turn % 2])
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen = set()
    while not done.is_set():
        content = path.read_bytes()
        seen.add((content[:1], len(content)))
        assert len(set(content)) == 1
    writer.join()
    assert seen <= {(b"0", sizes[0]), (b"1", sizes[1])}


def test_a_program_killed_while_writing_leaves_the_old_file(tmp_path: Path, repository: Path) -> None:
    path = tmp_path / "enrolment.json"
    write_atomically(path, b"old")
    program = (
        "import os, sys; from pathlib import Path; from foundation import atomic_files;"
        "os.replace = lambda *_: os.kill(os.getpid(), 9);"
        "atomic_files.write_atomically(Path(sys.argv[1]), b'new' * 100000)"
    )
    run = subprocess.run([sys.executable, "-c", program, str(path)], cwd=repository, check=False)
    assert run.returncode == -9
    assert path.read_bytes() == b"old"


def test_a_folder_that_is_not_there_cannot_be_synced(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sync_folder(tmp_path / "nowhere")
