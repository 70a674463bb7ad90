"""The disk fills up while a file is being sealed: refused in words, nothing is left, and then it goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def test_on_a_real_small_disk(tmp_path: Path, repository: Path) -> None:
    """A disk of 8 MB (tmpfs in a mount namespace) that something else fills up meanwhile."""
    mounted = (
        'mount -t tmpfs -o size=8m none "$1" && exec "$2" -m tests.offline_store.papers_on_small_disk "$1"'
    )
    run = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "sh", "-c", mounted, "sh", str(tmp_path), sys.executable],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == {
        "before": "kept",
        "while it fills up": "ATCH-002",
        "left of it": 0,
        "on the full disk": "ATCH-002",
        "the first is sound": True,
        "after that": "kept",
    }
