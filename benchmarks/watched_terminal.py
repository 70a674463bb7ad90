"""The terminal with a watch on its GUI thread: ``python -m benchmarks.watched_terminal`` and its arguments.

A timer in the event loop is due every 5 ms; how much later than that it ever came is how long the loop stood
still. The longest of it is in a file of eight bytes, ``stall``, in the terminal's root: a shared mapping, so
that writing it costs the loop nothing, and whoever watches begins again by writing zero.
"""

from __future__ import annotations

import mmap
import os
import struct
import sys
import time
from pathlib import Path

from kiosk_app.__main__ import main
from kiosk_app.terminal.allocator import has_zeroing_allocator

TICK_MS = 5
FILE_NAME = "stall"
_FORM = struct.Struct("d")


class StallFile:
    """The longest stall so far in milliseconds, in a file that two processes have mapped."""

    def __init__(self, file: Path) -> None:
        with file.open("a+b") as opened:
            if opened.tell() < _FORM.size:
                opened.truncate(_FORM.size)
            self._mapped = mmap.mmap(opened.fileno(), _FORM.size)

    def read_ms(self) -> float:
        """What stands there."""
        (longest_ms,) = _FORM.unpack_from(self._mapped)
        return float(longest_ms)

    def write_ms(self, longest_ms: float) -> None:
        """Writes another figure there."""
        _FORM.pack_into(self._mapped, 0, longest_ms)

    def close(self) -> None:
        """Lets go of the file."""
        self._mapped.close()


def watch(file: Path) -> None:
    """From here on the event loop of the screens is watched while it runs."""
    from PySide6.QtCore import Qt, QTimer  # noqa: PLC0415 -- not before the allocator is there

    from screens.application import ScreenApplication  # noqa: PLC0415

    run = ScreenApplication.exec
    stalls = StallFile(file)

    def run_watched(application: ScreenApplication) -> int:
        last_s = time.monotonic()

        def tick() -> None:
            nonlocal last_s
            now_s = time.monotonic()
            late_ms = (now_s - last_s) * 1000 - TICK_MS
            last_s = now_s
            if late_ms > stalls.read_ms():
                stalls.write_ms(late_ms)

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
