from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

from offline_store.lock import TerminalLock


def test_one_terminal_runs_and_the_next_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "var" / "terminal.lock"
    lock = TerminalLock.take(path)
    assert lock is not None
    assert TerminalLock.take(path) is None
    lock.release()
    lock.release()
    again = TerminalLock.take(path)
    assert again is not None
    again.release()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_terminal_that_was_killed_leaves_no_lock_behind(tmp_path: Path, repository: Path) -> None:
    path = tmp_path / "terminal.lock"
    program = (
        "import sys; from pathlib import Path; from offline_store.lock import TerminalLock\n"
        "lock = TerminalLock.take(Path(sys.argv[1])); print(lock is not None, flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        cwd=repository,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as terminal:
        assert terminal.stdout is not None
        assert terminal.stdout.readline() == "True\n"
        assert TerminalLock.take(path) is None
        terminal.kill()
    lock = TerminalLock.take(path)
    assert lock is not None
    lock.release()
