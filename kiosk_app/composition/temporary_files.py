"""Temporary files of this program and of its children: in one folder, which the end of a session empties."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path


class TemporaryFiles:
    """A folder in ``run``, which is on a memory file system on a terminal.

    ``use`` makes it that of this process: to be called once, before anything writes a file.
    """

    def __init__(self, run: Path) -> None:
        self.folder = run / "temporary"

    def use(self) -> None:
        """Makes and empties the folder, and has everybody write there (TMPDIR). Raises ``OSError``."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ["TMPDIR"] = str(self.folder)
        tempfile.tempdir = None  # or a place that was looked up before would stay
        self.clear()

    def clear(self) -> int | None:
        """Removes all that is there; how many entries that were. None when something is left."""
        count = 0
        try:
            for entry in list(self.folder.iterdir()):
                if entry.is_dir() and not entry.is_symlink():
                    shutil.rmtree(entry)
                else:
                    entry.unlink()
                count += 1
        except OSError:
            return None
        return count
