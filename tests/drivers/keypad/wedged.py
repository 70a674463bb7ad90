"""A scanner that passes for a keyboard, read by the driver of the code scanner."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from drivers.keypad.simulator import SimulatedKeys
from drivers.qr_scanner.scanner import QrScanner
from drivers.vocabulary import DeviceState
from tests.drivers.listening import AudibleCounters, Ears, FixedDayClock, make_quick


@dataclass(frozen=True, slots=True)
class Wedged:
    scanner: QrScanner
    keys: SimulatedKeys
    ears: Ears
    counters: AudibleCounters


@contextmanager
def wedged(folder: Path) -> Iterator[Wedged]:
    """A scanner that is online and asked for a code; all has stopped when this ends."""
    keys = SimulatedKeys(folder / "scanner", headset_sensed=False)
    ears, counters = Ears(), AudibleCounters()
    scanner = QrScanner(keys.address, FixedDayClock(), counters, ears)
    make_quick(scanner)
    scanner.trigger(True)
    keys.start()
    scanner.start()
    try:
        ears.next_state(DeviceState.ONLINE)
        yield Wedged(scanner, keys, ears, counters)
    finally:
        assert scanner.stop()
        keys.stop()
