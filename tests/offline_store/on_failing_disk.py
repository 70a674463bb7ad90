"""A sender at work on a store, as a program that strace(1) can give a bad disk to.

``python -m tests.offline_store.on_failing_disk STORE`` appends an event, confirms the one that was there, and
does both again; it writes what each call came to, and the depth after each, as JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from offline_store.errors import StoreError
from offline_store.events import Confirmation
from offline_store.store import OfflineStore
from tests.fakes.clock import ManualClock
from tests.fakes.keys import MemoryKeyProvider
from tests.offline_store.making import BOOT, new_event


def attempt(call: Callable[[], object]) -> str:
    """``done``, or the code of the fault."""
    try:
        call()
    except StoreError as fault:
        return str(fault.error)
    return "done"


def run(path: Path) -> list[tuple[str, int]]:
    """What each of the four calls came to, and how many events wait after it."""
    store = OfflineStore.open(path, MemoryKeyProvider(), clock=ManualClock(), boot_id=BOOT)
    (old,) = store.outbox.peek(1)
    event = new_event("case/new")
    calls: list[Callable[[], object]] = [
        lambda: store.outbox.append([event]),
        lambda: store.outbox.confirm([Confirmation(old.id, "stored")]),
    ]
    report = [(attempt(call), store.outbox.board().depth) for call in calls * 2]
    store.close()
    return report


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(Path(sys.argv[1]))))
