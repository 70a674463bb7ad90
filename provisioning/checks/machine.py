"""Store, disk, and that nothing of a person stays in memory or gets to a disk."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from foundation.clock import boot_id
from kiosk_app.terminal.allocator import zeroing_environment
from offline_store.errors import StoreError
from offline_store.keys import KeyProvider
from offline_store.store import OfflineStore
from provisioning.context import Context
from provisioning.report import Line, State, error_line

DISK_ENOUGH_MB = 1024
DISK_LEAST_MB = 256
_PROBE_LIMIT_S = 20.0
_NOWHERE = ("|/bin/false", "|/usr/bin/false")
_PROBE = """
import ctypes
c = ctypes.CDLL(None)
c.malloc.restype = ctypes.c_void_p
c.free.argtypes = [ctypes.c_void_p]
for size in (200, 900, 3000):
    block, guard = c.malloc(size), c.malloc(16)
    ctypes.memset(block, 0x41, size)
    c.free(block)
    assert b"A" * 8 not in ctypes.string_at(block, size)
"""


def check_store(context: Context, keys: KeyProvider) -> list[Line]:
    """Whether the store opens with its key, and what waits in it."""
    words, paths = context.words, context.paths
    if not paths.store.exists():
        return [Line("store", State.GOOD, words.say("provisioning.store_absent"))]
    try:
        store = OfflineStore.open_read_only(paths.store, keys, clock=context.clock, boot_id=boot_id())
        try:
            board = store.board()
        finally:
            store.close()
    except StoreError as fault:
        return [error_line(words, "store", fault.error)]
    lines = [Line("store", State.GOOD, words.say("provisioning.store_good", depth=board.depth))]
    if board.set_aside:
        text = words.say("provisioning.store_set_aside", count=len(board.set_aside))
        lines.append(Line("store", State.ATTENTION, text, words.say("technician.PROV-006")))
    return lines


def check_disk(context: Context) -> list[Line]:
    """Whether the disk has room for what people hand in while the province cannot be reached."""
    words = context.words
    folder = next(path for path in (context.paths.state, *context.paths.state.parents) if path.exists())
    free_mb = shutil.disk_usage(folder).free // (1024 * 1024)
    text = words.say("provisioning.disk_free", megabytes=free_mb)
    if free_mb >= DISK_ENOUGH_MB:
        return [Line("disk", State.GOOD, text)]
    state = State.ATTENTION if free_mb >= DISK_LEAST_MB else State.BAD
    return [Line("disk", state, text, words.say("provisioning.make_room"))]


def check_memory(context: Context) -> list[Line]:
    """Whether this machine overwrites what the terminal's process frees, tried in a process of its own."""
    words = context.words
    try:
        subprocess.run(
            [sys.executable, "-c", _PROBE],
            env=zeroing_environment(os.environ),
            stderr=subprocess.DEVNULL,
            timeout=_PROBE_LIMIT_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        text, remedy = words.say("provisioning.memory_stays"), words.say("provisioning.needs_glibc")
        return [Line("memory", State.BAD, text, remedy)]
    return [Line("memory", State.GOOD, words.say("provisioning.memory_overwritten"))]


def check_swap(context: Context, swaps: Path = Path("/proc/swaps")) -> list[Line]:
    """Whether the kernel may write memory to a disk (proc(5), /proc/swaps: a heading and a line for each)."""
    words = context.words
    try:
        in_use = len(swaps.read_text(encoding="utf-8").splitlines()) > 1
    except OSError:
        in_use = False  # a kernel without swap has no such file
    if in_use:
        text, remedy = words.say("provisioning.swap_on"), words.say("provisioning.turn_swap_off")
        return [Line("swap", State.ATTENTION, text, remedy)]
    return [Line("swap", State.GOOD, words.say("provisioning.swap_off"))]


def check_writing_of_memory(
    context: Context,
    power: Path = Path("/sys/power"),
    core_pattern: Path = Path("/proc/sys/kernel/core_pattern"),
) -> list[Line]:
    """Whether memory may get to a disk by hibernation or a core dump.

    ``/sys/power/disk`` says how the machine hibernates, ``[disabled]`` when it cannot, and is not there
    without hibernation (kernel.org, admin-guide/pm/sleep-states). The terminal's own process forbids its
    dumps; ``core_pattern`` (core(5)) says where those of all others go.
    """
    say = context.words.say
    how = _first_line(power / "disk")
    if how is None or "[disabled]" in how:
        hibernation = Line("hibernation", State.GOOD, say("provisioning.hibernation_off"))
    else:
        text, remedy = say("provisioning.hibernation_on"), say("provisioning.turn_hibernation_off")
        hibernation = Line("hibernation", State.ATTENTION, text, remedy)
    pattern = _first_line(core_pattern)
    if pattern is not None and (not pattern or pattern.startswith(_NOWHERE)):
        dumps = Line("core_dumps", State.GOOD, say("provisioning.core_dumps_off"))
    else:
        text, remedy = say("provisioning.core_dumps_on"), say("provisioning.turn_core_dumps_off")
        dumps = Line("core_dumps", State.ATTENTION, text, remedy)
    return [hibernation, dumps]


def _first_line(file: Path) -> str | None:
    """What the kernel says there; None when there is no such file or it does not say."""
    try:
        return file.read_text(encoding="utf-8", errors="replace").partition("\n")[0]
    except OSError:
        return None
