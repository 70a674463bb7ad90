"""A terminal whose disk fills up, as a program that runs in a mount namespace with a tmpfs of its own.

``python -m tests.offline_store.on_small_disk FOLDER``: FOLDER is the small disk. Writes what happened, as
JSON.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from offline_store import disk_room
from offline_store.events import Confirmation
from offline_store.store import OfflineStore
from tests.fakes.clock import ManualClock
from tests.fakes.keys import MemoryKeyProvider
from tests.offline_store.making import BOOT, new_event
from tests.offline_store.on_failing_disk import attempt


def run(folder: Path) -> dict[str, object]:
    """Fills the disk with something else, and goes on until even the ballast does not help."""
    disk_room.BALLAST_BYTES, disk_room.LEAST_FREE_BYTES = 2_000_000, 2_000_000
    store = OfflineStore.open(folder / "store.db", MemoryKeyProvider(), clock=ManualClock(), boot_id=BOOT)
    (promised,) = store.outbox.append([new_event("case/promised")])
    report: dict[str, object] = {"held": store.keep_ballast(), "begins": store.room().takes_sessions}
    filling = folder / "something-else"
    with filling.open("wb") as file:
        file.write(bytes(shutil.disk_usage(folder).free // 4096 * 4096))
    report["begins on a full disk"] = store.room().takes_sessions
    report["case on a full disk"] = attempt(
        lambda: store.outbox.append([new_event("case/full", data=bytes(50_000))])
    )
    report["confirmed"] = attempt(lambda: store.outbox.confirm([Confirmation(promised.id, "stored")]))
    report["held after that"] = store.keep_ballast()
    accepted = 0
    while attempt(lambda: store.outbox.append([new_event("case/more", data=bytes(50_000))])) == "done":
        accepted += 1
    report["more"] = accepted
    report["depth"] = store.outbox.board().depth - accepted
    filling.unlink()
    report["begins before the ballast is back"] = store.room().takes_sessions
    report["held again"] = store.keep_ballast()
    report["begins again"] = store.room().takes_sessions
    report["case again"] = attempt(lambda: store.outbox.append([new_event("case/again")]))
    store.close()
    return report


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(Path(sys.argv[1]))))
