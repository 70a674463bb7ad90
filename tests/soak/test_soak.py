"""A few seconds of the soak; the whole of it is ``python -m tests.soak``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.soak.__main__ import CLEAN


def test_behind_a_bad_line_nothing_is_lost_and_nothing_is_there_twice(repository: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.soak", "--minutes", "0.15", "--json", "--seed", "1"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    figures = json.loads(run.stdout)
    assert {name: figures[name] for name in CLEAN} == dict.fromkeys(CLEAN, 0)
    assert figures["visits"] > 0
    assert figures["events"] >= 4 * figures["visits"]
    assert figures["link_down"] > 0
