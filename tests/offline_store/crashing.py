"""Kills a process at the n-th write or sync of what it does with the store, for every n.

Run as a program: ``python -m tests.offline_store.crashing STORE FOLDER ACT``. It copies STORE into FOLDER for
each n, forks a child that opens the copy, attaches strace(1) to it, and lets it do ACT; strace ends the child
with SIGKILL as it enters its n-th ``pwrite64``, ``fdatasync``, ``fsync`` or ``ftruncate``. The child says
through a pipe that its call returned, by ``write``, which is none of these. The program writes one line of
JSON for each n until a child survives, and then the system calls of that child.

A killed process keeps the page cache, so this shows what is atomic; that a commit is synced before the call
returns is read from the system calls of the survivor.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

import offline_store.migrations  # noqa: F401  loaded once, before the forks
from contract.sealing import Opener, Sealer, make_private_key
from offline_store.attachments import KeptAttachment
from offline_store.events import Confirmation
from offline_store.store import OfflineStore
from tests.fakes.clock import ManualClock
from tests.fakes.keys import MemoryKeyProvider
from tests.offline_store.making import BOOT, new_event, new_upload

CALLS = "pwrite64,fdatasync,fsync,ftruncate"
_PR_SET_PTRACER = 0x59616D61
_PR_SET_PTRACER_ANY = ctypes.c_ulong(-1)


Say = Callable[[], object]
Act = Callable[[OfflineStore, Path, Say], None]


def append(store: OfflineStore, _path: Path, say: Say) -> None:
    """Two events that belong together: both or none."""
    store.outbox.append([new_event("case/new", data=bytes(5000)), new_event("case/new", "service")])
    say()


def attach(store: OfflineStore, _path: Path, say: Say) -> None:
    """A sealed file, and the case that waits for it."""
    sealer = Sealer(Opener(make_private_key()).public_key())
    kept = store.attachments.keep([bytes(200_000)], sealer, media_type="image/jpeg", name="户口簿")
    assert isinstance(kept, KeptAttachment)
    store.outbox.append([new_upload(kept), new_event("case/new", needs=(kept.id,))])
    say()


def confirm(store: OfflineStore, _path: Path, say: Say) -> None:
    """The one event of the store."""
    (event,) = store.outbox.peek(1)
    store.outbox.confirm([Confirmation(event.id, "stored", "42-0001")])
    say()


def close(store: OfflineStore, path: Path, say: Say) -> None:
    """Moves the log into the file; what was said before it is not lost by it."""
    append(store, path, say)
    store.close()


def create(_store: OfflineStore, path: Path, say: Say) -> None:
    """Makes a store where there is none."""
    new_path = path.with_suffix(".new")
    OfflineStore.open(new_path, MemoryKeyProvider(), clock=ManualClock(), boot_id=BOOT)
    say()


def rotate(store: OfflineStore, path: Path, say: Say) -> None:
    """Encrypts the whole store under another key."""
    store.close()
    keys = MemoryKeyProvider()
    keys.rotate()
    OfflineStore.open(path, keys, clock=ManualClock(), boot_id=BOOT)
    say()


ACTS: dict[str, Act] = {
    "append": append,
    "attach": attach,
    "confirm": confirm,
    "close": close,
    "create": create,
    "rotate": rotate,
}


def run(template: Path, folder: Path, act: Act) -> None:
    """Writes what became of each child; the copies stay in ``folder`` as n.db."""
    for point in count(1):
        path = folder / f"{point}.db"
        shutil.copy(template, path)
        said, killed, calls = _one_child(path, act, point)
        _write_line({"path": str(path), "said": said, "killed": killed})
        if not killed:
            _write_line({"calls": calls})
            return


def _one_child(path: Path, act: Act, point: int) -> tuple[bool, bool, list[str]]:
    ready_read, ready_write = os.pipe()
    go_read, go_write = os.pipe()
    said_read, said_write = os.pipe()
    child = os.fork()
    if child == 0:
        ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _PR_SET_PTRACER_ANY, 0, 0, 0)
        store = OfflineStore.open(path, MemoryKeyProvider(), clock=ManualClock(), boot_id=BOOT)
        os.write(ready_write, b"r")
        os.read(go_read, 1)
        act(store, path, lambda: os.write(said_write, b"said"))
        os._exit(0)
    os.close(said_write)
    os.read(ready_read, 1)
    trace = path.with_suffix(".trace")
    with subprocess.Popen(
        [
            *("strace", "-y", "-s", "0", "-o", str(trace), "-p", str(child), "-e", f"trace={CALLS},write"),
            *("-e", f"inject={CALLS}:signal=KILL:when={point}"),
        ],
        stderr=subprocess.PIPE,
        text=True,
    ) as strace:
        assert strace.stderr is not None
        attached = strace.stderr.readline()
        if "attached" not in attached:
            os.kill(child, 9)
            os.waitpid(child, 0)
            raise RuntimeError(f"strace could not attach: {attached}")
        os.write(go_write, b"g")
        _, status = os.waitpid(child, 0)
        strace.communicate()
    said = os.read(said_read, 4) == b"said"
    for descriptor in (ready_read, ready_write, go_read, go_write, said_read):
        os.close(descriptor)
    return said, os.WIFSIGNALED(status), trace.read_text(encoding="utf-8").splitlines()


def _write_line(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]), ACTS[sys.argv[3]])
