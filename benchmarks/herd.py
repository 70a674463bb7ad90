"""A thousand terminals lose the province together and find it again: how hard it is hit when it is back.

Each terminal is the real thing from its outbox's rows to the call: uplink, connection monitor, probe,
back-off and re-entry, in their own threads and by the machine's clock. Two parts are light so that a thousand
fit into one process: the outbox keeps its rows in memory, and the transport is a call that counts and takes
as long as a call does. For each the province is out of reach until its back-offs have grown to their caps;
each has a queue.

``peak_over_steady`` is the most calls within one second from the moment that the province is back, against
the rate at which the same calls would come if they were spread evenly over the window that the province
names. The same fleet with a window of nothing stands beside it.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from benchmarks.report import Row, write_report
from contract.answers import BatchAnswer, EventAnswer, PlatformTime
from contract.envelope import row_identity, split_batch
from contract.sets import Outcome as Word
from foundation.clock import SystemClock, rfc3339
from foundation.errors import Errors
from kiosk_app.province.client import ProvinceClient
from kiosk_app.province.connection import ConnectionMonitor, ConnectionProbe
from kiosk_app.province.outcomes import Answered, Outcome, Unreachable
from kiosk_app.province.uplink import LARGEST_BATCH, Uplink
from offline_store.events import Confirmation, PendingEvent
from offline_store.outbox import Outbox

TERMINALS = 1000
WINDOW_S = 60
OUTAGE_S = 45.0
BATCHES_EACH = 5
CALL_S = 0.02
LIMIT = 2.0
_DRAINS_WITHIN_S = 300.0

Answer = TypeVar("Answer")


class Province:
    """The one that all of them lose and find: counts the calls that reach it, by when they do."""

    def __init__(self, window_s: int) -> None:
        self._window_s = window_s
        self._lock = threading.Lock()
        self._calls_s: list[float] = []
        self._back_s: float | None = None

    def come_back(self) -> None:
        """From now on it answers."""
        with self._lock:
            self._back_s = time.monotonic()

    def is_there(self) -> bool:
        """Whether a call reaches it; one that does is counted."""
        with self._lock:
            if self._back_s is not None:
                self._calls_s.append(time.monotonic() - self._back_s)
            return self._back_s is not None

    def time(self) -> PlatformTime:
        """What it answers to whoever asks for its time."""
        now = rfc3339(SystemClock().utc_now())
        return PlatformTime(time=now, terminal_id="", drain_window_s=self._window_s)

    def peak_over_steady(self, within_s: float) -> float:
        """The most calls in a second against as many calls spread evenly over ``within_s``."""
        with self._lock:
            a_second = Counter(int(call_s) for call_s in self._calls_s)
            return max(a_second.values()) / (len(self._calls_s) / within_s)


class LightClient(ProvinceClient):
    """The two calls of which a herd is made, without a network; its outcomes are observed like real ones."""

    def __init__(self, province: Province, monitor: ConnectionMonitor, closing: threading.Event) -> None:
        self._province = province
        self._monitor = monitor
        self._closing = closing

    def time(self) -> Outcome[PlatformTime]:
        return self._called(self._province.time())

    def send_events(self, batch: bytes) -> Outcome[BatchAnswer]:
        rows = [EventAnswer(id=row_identity(row), outcome=Word.STORED) for row in split_batch(batch)]
        return self._called(BatchAnswer(answers=rows, time=self._province.time().time))

    def _called(self, answer: Answer) -> Outcome[Answer]:
        self._closing.wait(CALL_S)
        outcome: Outcome[Answer] = Unreachable(Errors.PROVINCE_UNREACHABLE)
        if self._province.is_there():
            outcome = Answered(answer)
        self._monitor.observe(outcome)
        return outcome


class LightOutbox(Outbox):
    """A queue of events in memory; nothing in it is refused or stepped back."""

    def __init__(self, events: int, emptied: threading.Semaphore) -> None:
        self._left = events
        self._emptied = emptied
        self._lock = threading.Lock()

    def peek(self, limit: int, *, uploads: bool = False) -> list[PendingEvent]:  # noqa: ARG002
        with self._lock:
            return [_event() for _ in range(min(limit, self._left))]

    def confirm(self, confirmations: Sequence[Confirmation]) -> None:
        with self._lock:
            self._left -= len(confirmations)
            if self._left == 0:
                self._emptied.release()

    def next_try_in_s(self) -> float | None:
        return None


class Terminal:
    """One of the herd."""

    def __init__(self, province: Province, events: int, emptied: threading.Semaphore) -> None:
        clock = SystemClock()
        monitor = ConnectionMonitor(clock)
        self._closing = threading.Event()
        client = LightClient(province, monitor, self._closing)
        outbox = LightOutbox(events, emptied)
        self._uplink = Uplink(outbox, client, "herd", clock, lambda *_: None)
        reentry = self._uplink.reentry
        self._probe = ConnectionProbe(client, monitor, clock, on_time=reentry.heard)
        monitor.listen(reentry.connection_changed)
        monitor.listen(self._uplink.connection_changed)

    def start(self) -> None:
        """Starts both of its threads."""
        self._probe.start()
        self._uplink.start()

    def stop(self) -> None:
        """Ends them."""
        self._closing.set()
        self._probe.stop()
        self._uplink.stop()


def stampede(terminals: int, window_s: int, outage_s: float) -> Province:
    """Lets so many terminals lose their province for ``outage_s``; returns it when all queues are empty."""
    province, emptied = Province(window_s), threading.Semaphore(0)
    events = BATCHES_EACH * LARGEST_BATCH
    herd = [Terminal(province, events, emptied) for _ in range(terminals)]
    try:
        for terminal in herd:
            terminal.start()
        threading.Event().wait(outage_s)
        province.come_back()
        for _ in herd:
            if not emptied.acquire(timeout=_DRAINS_WITHIN_S):
                raise RuntimeError("a queue was not emptied")
    finally:
        for terminal in herd:
            terminal.stop()
    return province


def measure(*, terminals: int, window_s: int, outage_s: float) -> list[Row]:
    """The herd with its window, and the same herd with none."""
    spread, at_once = (stampede(terminals, each, outage_s) for each in (window_s, 0))
    return [
        Row(
            "peak_over_steady",
            "ratio",
            "lower",
            round(spread.peak_over_steady(window_s), 2),
            {"limit": LIMIT, "without a window": round(at_once.peak_over_steady(window_s), 2)},
        )
    ]


def _event() -> PendingEvent:
    return PendingEvent(
        id=str(uuid.uuid4()),
        stream="session",
        type="cn.gov.hubei.dianxiaoer.session.v1",
        subject="terminal/herd",
        time="2026-11-21T02:10:07.123Z",
        monotonic_ms=0,
        clock_trust="synchronised",
        data=b"{}",
        priority=5,
        sequence=1,
        boot_id="herd",
        store_id="herd",
        attempts=0,
    )


def main() -> None:
    """Measures; takes about four minutes."""
    rows = measure(terminals=TERMINALS, window_s=WINDOW_S, outage_s=OUTAGE_S)
    write_report("herd", rows)


if __name__ == "__main__":
    main()
