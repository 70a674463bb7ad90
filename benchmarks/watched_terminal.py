"""The terminal with a watch on its GUI thread: ``python -m benchmarks.watched_terminal`` and its arguments.

A timer in the event loop is due every 5 ms; how much later than that it ever came is how long the loop stood
still. The time in which the thread could have gone on and the kernel gave the processor to other programs
(proc(5), ``schedstat``) is no stall of ours and taken off; the longest with it is kept beside.

Both are in a file of sixteen bytes, ``stall``, in the terminal's root: a shared mapping, so that writing it
costs the loop nothing, and whoever watches begins again by writing zeros.
"""

from __future__ import annotations

import mmap
import os
import struct
import sys
import threading
import time
from pathlib import Path

from kiosk_app.__main__ import main
from kiosk_app.terminal.allocator import has_zeroing_allocator

TICK_MS = 5
FILE_NAME = "stall"
_FORM = struct.Struct("dd")
_NS_IN_MS = 1_000_000


class StallFile:
    """The longest stall so far in milliseconds, without and with the delays of a busy machine.

    Two processes share it.
    """

    def __init__(self, file: Path) -> None:
        with file.open("a+b") as opened:
            if opened.tell() < _FORM.size:
                opened.truncate(_FORM.size)
            self._mapped = mmap.mmap(opened.fileno(), _FORM.size)

    def read_ms(self) -> tuple[float, float]:
        """What stands there: our own, and all of it."""
        own_ms, whole_ms = _FORM.unpack_from(self._mapped)
        return float(own_ms), float(whole_ms)

    def write_ms(self, own_ms: float, whole_ms: float) -> None:
        """Writes other figures there."""
        _FORM.pack_into(self._mapped, 0, own_ms, whole_ms)

    def close(self) -> None:
        """Lets go of the file."""
        self._mapped.close()


class Schedule:
    """How long the thread that makes it has waited for a processor, in milliseconds since it began."""

    def __init__(self) -> None:
        self._file = os.open(f"/proc/self/task/{threading.get_native_id()}/schedstat", os.O_RDONLY)

    def waited_ms(self) -> float:
        """The second field, in nanoseconds."""
        return int(os.pread(self._file, 100, 0).split()[1]) / _NS_IN_MS


def watch(file: Path) -> None:
    """From here on the event loop of the screens is watched while it runs."""
    from PySide6.QtCore import Qt, QTimer  # noqa: PLC0415 -- not before the allocator is there

    from screens.application import ScreenApplication  # noqa: PLC0415

    run = ScreenApplication.exec
    stalls = StallFile(file)

    def run_watched(application: ScreenApplication) -> int:
        schedule = Schedule()
        last_s, last_waited_ms = time.monotonic(), schedule.waited_ms()

        def tick() -> None:
            nonlocal last_s, last_waited_ms
            now_s, waited_ms = time.monotonic(), schedule.waited_ms()
            whole_ms = (now_s - last_s) * 1000 - TICK_MS
            own_ms = whole_ms - (waited_ms - last_waited_ms)
            last_s, last_waited_ms = now_s, waited_ms
            longest_own_ms, longest_whole_ms = stalls.read_ms()
            if own_ms > longest_own_ms or whole_ms > longest_whole_ms:
                stalls.write_ms(max(own_ms, longest_own_ms), max(whole_ms, longest_whole_ms))

        timer = QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(tick)
        timer.start(TICK_MS)
        return run(application)

    setattr(ScreenApplication, "exec", run_watched)  # noqa: B010 -- a method of its own, behind mypy's back


if __name__ == "__main__":
    if has_zeroing_allocator(os.environ):  # not in the life before the allocator
        watch(Path(sys.argv[sys.argv.index("--root") + 1]) / FILE_NAME)
    sys.exit(main())
