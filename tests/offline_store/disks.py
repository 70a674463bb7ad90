"""Bad disks, made by strace(1)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from offline_store.store import OfflineStore
from tests.fakes.clock import ManualClock
from tests.fakes.keys import MemoryKeyProvider
from tests.offline_store.making import BOOT, new_event


def work_on_disk(folder: Path, repository: Path, *, inject: str) -> Any:
    """Runs ``on_failing_disk`` on a store with one event and returns its report.

    The calls that strace's ``inject`` names fail on the write-ahead log, where every commit goes first.
    """
    path = folder / "store.db"
    store = OfflineStore.open(path, MemoryKeyProvider(), clock=ManualClock(), boot_id=BOOT)
    store.outbox.append([new_event("case/old")])
    store.close()
    run = subprocess.run(
        [
            *("strace", "-f", "--seccomp-bpf", "-o", str(folder / "trace"), "-P", f"{path}-wal"),
            *("-e", "trace=pwrite64,fsync,fdatasync", "-e", f"inject={inject}"),
            *(sys.executable, "-m", "tests.offline_store.on_failing_disk", str(path)),
        ],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)
