"""A scanner in a hall: the driver, the simulator on the other end of a real pty, and ears."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from drivers.qr_scanner.protocol import CONTINUOUS, TriggerProfile
from drivers.qr_scanner.scanner import QrScanner
from drivers.qr_scanner.simulator import QrScannerSimulator
from drivers.vocabulary import DeviceState
from foundation.clock import SystemClock
from tests.drivers.listening import AudibleCounters, Ears, polls


@dataclass
class Hall:
    """What a test has in its hands."""

    simulator: QrScannerSimulator
    scanner: QrScanner
    ears: Ears
    counters: AudibleCounters

    def polls(self, count: int) -> None:
        polls(self.scanner, count)


@contextmanager
def hall(folder: Path, profile: TriggerProfile = CONTINUOUS, *, asking: bool = True) -> Iterator[Hall]:
    """A scanner that is online."""
    ears, counters = Ears(), AudibleCounters()
    simulator = QrScannerSimulator(link=folder / "qr_scanner", profile=profile)
    simulator.start()
    scanner = QrScanner(simulator.address, SystemClock(), counters, ears, profile)
    scanner.trigger(asking)
    scanner.start()
    try:
        ears.next_state(DeviceState.ONLINE)
        yield Hall(simulator, scanner, ears, counters)
    finally:
        assert scanner.stop()
        simulator.stop()
