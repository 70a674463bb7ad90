"""What a terminal's store does in a while, as a program whose system calls strace(1) writes down.

``python -m tests.torture.recorded STORE WITNESS ROUNDS SYNCHRONOUS``: hands in cases and confirms them, one
thing at a time, and closes and opens the store once in the middle. SYNCHRONOUS is FULL, as the store sets it,
or something weaker, to show that the images would find it.
"""

from __future__ import annotations

import random
import sys
from itertools import islice
from pathlib import Path

from foundation.clock import SystemClock
from kiosk_app.province.platform_clock import PlatformClock
from kiosk_app.reporting.events import EventMaker
from offline_store.store import OfflineStore
from tests.fakes.keys import MemoryKeyProvider
from tests.fixtures.enrolments import an_enrolment
from tests.torture.citizens import visits
from tests.torture.witness import Witness

BOOT = "6f0f8f3e-0000-4000-8000-000000000003"


def work(path: Path, witness: Witness, rounds: int, synchronous: str) -> None:
    """One opening of the store."""
    clock, enrolment = SystemClock(), an_enrolment()
    store = OfflineStore.open(path, MemoryKeyProvider(), clock=clock, boot_id=BOOT)
    if synchronous != "FULL":
        with store._database.writing():
            pass
        store._database._writer.connection.execute(f"PRAGMA synchronous = {synchronous}")
    maker = EventMaker(enrolment.terminal_id, clock, PlatformClock(clock))
    for events in islice(visits(maker, enrolment, store.ledger), rounds):
        witness.append(store.outbox, events)
        if random.random() < 0.4:
            pending = store.outbox.peek(random.randint(1, 10))
            witness.confirm(store.outbox, [event.id for event in pending])
    store.close()


if __name__ == "__main__":
    file, witness_path, half, level = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) // 2, sys.argv[4]
    saw = Witness(witness_path)
    for _ in range(2):
        work(file, saw, half, level)
    saw.close()
