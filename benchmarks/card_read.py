"""How long a whole read of an identity card takes, beside what the wire alone needs.

The driver reads synthetic cards from the simulator over a pseudo-terminal that is paced to 115,200 baud. The
clock runs from the question that finds the card (*find*, *select*, *read*) until the listener has the checked
card. Beside it stand, from the same run: the time that the 1,295 bytes of the answer take on the wire, the
time that the simulator itself took to think over all three answers, and the limit, 1.15 times their sum.
"""

from __future__ import annotations

import tempfile
import threading
import time
from pathlib import Path
from statistics import median, quantiles

from benchmarks.report import Row, write_report
from drivers.id_card_reader.card_image import SyntheticCitizen, card_of
from drivers.id_card_reader.device import CardRead, CardRemoved
from drivers.id_card_reader.protocol import Command, encode_command
from drivers.id_card_reader.reader import IdCardReader
from drivers.id_card_reader.simulator import IdCardReaderSimulator
from drivers.vocabulary import DeviceState, StatusChanged
from foundation.clock import SystemClock
from foundation.counters import Counters

READS = 40
BAUD = 115200
REPLY_BYTES = 1295
ALLOWED_SHARE = 1.15
LOOKS_UNTIL_EMPTY = 2
_BITS_A_BYTE = 10
_PATIENCE_S = 10.0
_QUESTIONS = tuple(encode_command(command) for command in (Command.FIND, Command.SELECT, Command.READ_BASE))


class StampedSimulator(IdCardReaderSimulator):
    """A simulator that remembers when it was asked, and how long it thought over a whole read."""

    def __init__(self, link: Path) -> None:
        super().__init__(link=link, paced_baud=BAUD)
        self.found_s = 0.0
        self.thought_s = 0.0
        self._sent_bytes = 0

    def received(self, data: bytes) -> None:
        asked_s = time.monotonic()
        self._sent_bytes = 0
        super().received(data)
        if data in _QUESTIONS:
            if data == _QUESTIONS[0]:
                self.found_s, self.thought_s = asked_s, 0.0
            self.thought_s += time.monotonic() - asked_s - wire_s(self._sent_bytes)

    def send(self, data: bytes) -> None:
        self._sent_bytes += len(data)
        super().send(data)


class Stopwatch:
    """A listener that stops the time at each card."""

    def __init__(self) -> None:
        self.read_s = 0.0
        self.online, self.read, self.removed = (threading.Event() for _ in range(3))

    def __call__(self, event: object) -> None:
        now_s = time.monotonic()
        if isinstance(event, CardRead):
            self.read_s = now_s
            self.read.set()
        elif isinstance(event, CardRemoved):
            self.removed.set()
        elif isinstance(event, StatusChanged) and event.status.state is DeviceState.ONLINE:
            self.online.set()


def wire_s(count: int) -> float:
    """What ``count`` bytes take on a serial line: 8 data bits, a start bit and a stop bit each."""
    return count * _BITS_A_BYTE / BAUD


def wait_for(event: threading.Event) -> None:
    """Waits for what the reader has to tell; raises ``TimeoutError``."""
    if not event.wait(_PATIENCE_S):
        raise TimeoutError("the reader told nothing")
    event.clear()


def measure(folder: Path, *, reads: int) -> list[Row]:
    """Reads ``reads`` cards over a line in ``folder``."""
    simulator, watch = StampedSimulator(folder / "reader"), Stopwatch()
    simulator.start()
    reader = IdCardReader(simulator.address, SystemClock(), Counters(), watch)
    reader.allow_reading(True)
    taken_s, thought_s = [], []
    reader.start()
    try:
        wait_for(watch.online)
        for _ in range(LOOKS_UNTIL_EMPTY):  # what lies there at the start is never read
            reader.submit(reader.idle, time.monotonic() + _PATIENCE_S).result(_PATIENCE_S)
        for _ in range(reads):
            simulator.put_card(card_of(SyntheticCitizen()))
            wait_for(watch.read)
            taken_s.append(watch.read_s - simulator.found_s)
            simulator.take_card()
            thought_s.append(simulator.thought_s)
            wait_for(watch.removed)
    finally:
        reader.stop()
        simulator.stop()
    wire_ms, think_ms = wire_s(REPLY_BYTES) * 1000, median(thought_s) * 1000
    beside = {
        f"limit, {ALLOWED_SHARE} × (wire + think)": round(ALLOWED_SHARE * (wire_ms + think_ms), 3),
        f"wire time of {REPLY_BYTES:,} bytes": round(wire_ms, 3),
        "the simulator's think time": round(think_ms, 3),
    }
    slowest_ms = quantiles(taken_s, n=20)[18] * 1000
    return [
        Row("full_read_p50_ms", "ms", "lower", round(median(taken_s) * 1000, 3), beside),
        Row("full_read_p95_ms", "ms", "lower", round(slowest_ms, 3), beside),
    ]


def main() -> None:
    """Measures on the real clock; takes about half a minute."""
    with tempfile.TemporaryDirectory(prefix="card-") as folder:
        write_report("card_read", measure(Path(folder), reads=READS))


if __name__ == "__main__":
    main()
