"""A scanner in a hall: the driver, the simulator on the other end of a real pty, and ears."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from drivers.qr_scanner import scanner as scanner_module
from drivers.qr_scanner.protocol import CONTINUOUS, TriggerProfile
from drivers.qr_scanner.scanner import QrScanner
from drivers.qr_scanner.simulator import QrScannerSimulator
from drivers.vocabulary import DeviceState
from foundation.clock import SystemClock
from tests.drivers.listening import PATIENCE_S, AudibleCounters, Ears, make_quick, polls


@dataclass
class Hall:
    """What a test has in its hands."""

    simulator: QrScannerSimulator
    scanner: QrScanner
    ears: Ears
    counters: AudibleCounters

    def polls(self, count: int) -> None:
        polls(self.scanner, count)

    def wait_until_it_listens(self) -> None:
        """Waits until the scanner's line is open again, whatever its status says."""
        deadline_s = self.scanner.clock.monotonic_s() + PATIENCE_S
        while self.scanner.submit(lambda: "open", deadline_s).result(PATIENCE_S) != "open":
            assert self.scanner.clock.monotonic_s() < deadline_s


@contextmanager
def hall(folder: Path, profile: TriggerProfile = CONTINUOUS, *, asking: bool = True) -> Iterator[Hall]:
    """A scanner that is online."""
    ears, counters = Ears(), AudibleCounters()
    simulator = QrScannerSimulator(link=folder / "qr_scanner", profile=profile)
    simulator.start()
    scanner = QrScanner(simulator.address, SystemClock(), counters, ears, profile)
    make_quick(scanner)
    scanner.trigger(asking)
    scanner.start()
    try:
        with patch.multiple(scanner_module, _LISTEN_S=0.01, _RENEW_AFTER_BURST_S=0.1):  # in quick time
            ears.next_state(DeviceState.ONLINE)
            yield Hall(simulator, scanner, ears, counters)
    finally:
        assert scanner.stop()
        simulator.stop()
