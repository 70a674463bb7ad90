"""Pulls the plug at random points of a recorded run, and opens the store from what is left on the disk."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from offline_store.errors import StoreError
from offline_store.events import Confirmation, NewEvent
from offline_store.store import OfflineStore
from tests.fakes.clock import ManualClock
from tests.fakes.keys import MemoryKeyProvider
from tests.torture.crash_images import Call, Disk, read_record
from tests.torture.reckoning import Arrival, Figures, Promises, reckon, total
from tests.torture.recorded import BOOT
from tests.torture.witness import Line

STORE = "store.db"


@dataclass(frozen=True, slots=True)
class Record:
    """The disk before, and every call since."""

    before: Path
    calls: Sequence[Call]
    witness: Path


@dataclass(slots=True)
class Seen:
    """What the witness had seen when the power went."""

    tried: dict[str, NewEvent] = field(default_factory=dict)
    accepted: set[str] = field(default_factory=set)
    sent: dict[str, None] = field(default_factory=dict)
    confirmed: set[str] = field(default_factory=set)

    def take(self, line: Line) -> None:
        self.tried.update((event.id, event) for event in line.tried)
        self.accepted.update(line.accepted)
        self.sent.update(dict.fromkeys(line.sent))
        self.confirmed.update(line.confirmed)


def run_power_cuts(folder: Path, cuts: int, *, rounds: int, synchronous: str = "FULL") -> dict[str, int]:
    """Pulls the plug ``cuts`` times; the figures are summed over all images. ``unopened`` counts images that
    the store did not open."""
    record = make_record(folder, rounds, synchronous)
    outcomes = [cut_power(record, folder) for _ in range(cuts)]
    figures = total(figures for figures in outcomes if figures is not None)
    return {
        "power_cuts": cuts,
        "unopened": outcomes.count(None),
        **{name: getattr(figures, name) for name in Figures.__slots__},
    }


def make_record(folder: Path, rounds: int, synchronous: str) -> Record:
    """Lets the store work under strace(1)."""
    live, before, witness, trace = (folder / name for name in ("live", "before", "witness", "trace"))
    for made in (live, before):
        made.mkdir()
    OfflineStore.open(live / STORE, MemoryKeyProvider(), clock=ManualClock(), boot_id=BOOT).close()
    (before / STORE).write_bytes((live / STORE).read_bytes())
    watched = (live, live / STORE, live / f"{STORE}-wal", witness)
    run = subprocess.run(
        [
            *("strace", "-f", "-y", "-xx", "-s", "1000000", "--seccomp-bpf", "-o", str(trace)),
            *("-e", "trace=openat,unlink,pwrite64,write,ftruncate,fsync,fdatasync"),
            *(part for path in watched for part in ("-P", str(path))),
            *(sys.executable, "-m", "tests.torture.recorded"),
            *(str(live / STORE), str(witness), str(rounds), synchronous),
        ],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode != 0:
        raise RuntimeError(f"the recorded program failed: {run.stderr}")
    return Record(before, [_moved(call, live, before) for call in read_record(trace)], witness)


def cut_power(record: Record, folder: Path) -> Figures | None:
    """One image, recovered; None when the store does not open."""
    chance = random.Random(random.getrandbits(64))
    disk, seen = Disk(record.before), Seen()
    for call in record.calls[: chance.randint(1, len(record.calls))]:
        if call.path != str(record.witness):
            disk.do(call)
        elif call.name == "write":
            seen.take(msgspec.json.decode(call.data, type=Line))
    with tempfile.TemporaryDirectory(dir=folder) as image:
        disk.pull_the_plug(Path(image), chance)
        try:
            return _recover(Path(image) / STORE, seen)
        except StoreError:
            return None


def _recover(path: Path, seen: Seen) -> Figures:
    """Opens what is left and sends the rest to a platform that has what was sent before the cut."""
    store = OfflineStore.open(path, MemoryKeyProvider(), clock=ManualClock(), boot_id=BOOT)
    try:
        decoded: dict[str, Any] = {key: json.loads(event.data) for key, event in seen.tried.items()}
        arrivals = [
            Arrival(key, seen.tried[key].stream, seen.tried[key].subject, decoded[key]) for key in seen.sent
        ]
        while pending := store.outbox.peek(100):
            arrivals += [
                Arrival(event.id, event.stream, event.subject, json.loads(event.data))
                for event in pending
                # The platform knows an id again; but what was confirmed must never be sent again.
                if event.id not in seen.sent or event.id in seen.confirmed
            ]
            store.outbox.confirm([Confirmation(event.id, "stored") for event in pending])
        store._database.check()
    finally:
        store.close()
    return reckon(Promises(seen.tried, frozenset(seen.accepted)), arrivals, decoded)


def _moved(call: Call, old: Path, new: Path) -> Call:
    """The same call in the folder where the disk of before is."""
    return Call(call.name, call.path.replace(str(old), str(new), 1), call.data, call.offset)
