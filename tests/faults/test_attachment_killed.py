"""kill -9 at every request of an upload, before it leaves and after its answer: each file arrives once."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from contract.payloads import Case
from province_platform.server import PlatformServer
from tests.fixtures.uploading_terminal import enrol, opened


@pytest.mark.timeout(120)
def test_a_terminal_killed_at_any_request_goes_on_from_there(tmp_path: Path, repository: Path) -> None:
    root = tmp_path / "terminal"
    with PlatformServer(tmp_path / "platform") as platform:
        enrol(root, platform)
        run = subprocess.run(
            [sys.executable, "-m", "tests.fixtures.killed_uploads", str(root), platform.terminal_url],
            cwd=repository,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        lives = [json.loads(line) for line in run.stdout.splitlines()]
        assert sum(life["killed"] for life in lives) >= 2 * 8, "each file: where is it, begin, two pieces"
        for life in lives:
            case = msgspec.convert(life["case"], Case)
            where = f"killed at request {life['point']}, after the answer: {life['after']}"
            found = [hashlib.sha256(content).hexdigest() for content in opened(platform, case)]
            assert found == life["digests"], where
        with closing(sqlite3.connect(platform.database_path)) as connection:
            assert connection.execute("SELECT count(*) FROM cases").fetchone() == (len(lives),)
            uploads = connection.execute("SELECT count(*), sum(case_id = '') FROM attachments").fetchone()
            assert uploads == (2 * len(lives), 0)
        assert len(list((platform.root / "attachments").iterdir())) == 2 * len(lives)
    assert list(root.rglob("*.attachments/*")) == []
