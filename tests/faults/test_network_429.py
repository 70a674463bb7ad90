"""The platform asks to be left alone for a while: it is."""

from __future__ import annotations

import queue
import threading
from pathlib import Path

from foundation.clock import SystemClock
from foundation.errors import Errors
from tests.fakes.scripted_server import Response
from tests.faults.network import WITHIN_S, a_line

WISH_S = 1


class WaitingClock(SystemClock):
    """Real time that tells how long somebody set out to wait."""

    def __init__(self) -> None:
        self.waits_s: queue.Queue[float] = queue.Queue()

    def wait(self, event: threading.Event, timeout_s: float) -> bool:
        self.waits_s.put(timeout_s)
        return super().wait(event, timeout_s)


def test_a_platform_that_has_too_much_to_do_is_left_alone_as_long_as_it_wishes(tmp_path: Path) -> None:
    clock = WaitingClock()
    busy = Response(429, b"", (("retry-after", str(WISH_S)),))
    with a_line(tmp_path, lambda _: busy, clock=clock) as line:
        line.uplink.start()
        assert clock.waits_s.get(timeout=WITHIN_S) == WISH_S
        line.says(Errors.PROVINCE_BUSY)
        assert len(line.server.seen) == 1
        line.mend()


def test_a_date_is_a_wish_too_by_the_platforms_own_clock(tmp_path: Path) -> None:
    clock = WaitingClock()
    headers = (
        ("date", "Sat, 21 Nov 2026 02:10:07 GMT"),
        ("retry-after", "Sat, 21 Nov 2026 02:10:08 GMT"),
    )
    with a_line(tmp_path, lambda _: Response(429, b"", headers), clock=clock) as line:
        line.uplink.start()
        assert clock.waits_s.get(timeout=WITHIN_S) == WISH_S
        line.says(Errors.PROVINCE_BUSY)
        line.mend()
