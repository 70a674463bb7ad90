"""Whatever this program or a child of it writes for a moment lies in one folder, which is emptied."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from kiosk_app.composition.temporary_files import TemporaryFiles


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TemporaryFiles:
    monkeypatch.setenv("TMPDIR", "/somewhere else")
    monkeypatch.setattr(tempfile, "tempdir", tempfile.tempdir)
    files = TemporaryFiles(tmp_path / "run")
    files.use()
    return files


def test_this_process_and_its_children_write_there_and_all_of_it_goes(
    files: TemporaryFiles, tmp_path: Path
) -> None:
    folder = tmp_path / "run" / "temporary"
    with tempfile.NamedTemporaryFile(delete=False) as own:
        own.write(b"somebody")
    write = "import tempfile; print(tempfile.mkdtemp())"
    child = subprocess.run([sys.executable, "-c", write], capture_output=True, text=True, check=True)
    assert Path(own.name).parent == Path(child.stdout.strip()).parent == folder
    outside = tmp_path / "outside"
    outside.mkdir()
    (folder / "link").symlink_to(outside)
    assert files.clear() == 3
    assert list(folder.iterdir()) == []
    assert outside.exists(), "a link goes, and not what it leads to"
    assert files.clear() == 0


def test_what_an_earlier_process_left_goes_at_the_start(files: TemporaryFiles, tmp_path: Path) -> None:
    (tmp_path / "run" / "temporary" / "left").write_bytes(b"somebody")
    files.use()
    assert list((tmp_path / "run" / "temporary").iterdir()) == []


def test_what_cannot_be_removed_is_said(tmp_path: Path) -> None:
    assert TemporaryFiles(tmp_path / "not there").clear() is None
