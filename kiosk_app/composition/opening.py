"""The first thing that a terminal does: it shows that it is there.

Nothing that does not draw this picture is loaded before it stands.
"""

from __future__ import annotations

import logging
import time
from pathlib import Path

from screens.opening import Opening

log = logging.getLogger("dianxiaoer")

_FIRST_FRAME_WITHIN_S = 2.0
"""A terminal whose screen is off starts all the same."""


def show_opening(*, windowed: bool) -> Opening:
    """Returns when the picture stands, or cannot be seen by anybody. In the main thread."""
    opening = Opening(fullscreen=not windowed)
    if opening.wait_until_drawn(_FIRST_FRAME_WITHIN_S):
        log.info("first frame %d ms after the process was started", process_age_ms())
    else:
        log.warning("no frame within %.0f s; starting without", _FIRST_FRAME_WITHIN_S)
    return opening


def process_age_ms() -> int:
    """Milliseconds since the kernel made this process (proc(5): stat field 22, in ticks since boot)."""
    fields = Path("/proc/self/stat").read_bytes().rpartition(b")")[2].split()
    started_s = int(fields[19]) / 100
    return round((time.clock_gettime(time.CLOCK_BOOTTIME) - started_s) * 1000)
