"""A receiver under the open sky: the driver, the simulator on the other end of a real pty, and ears."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from drivers.gnss import receiver as receiver_module
from drivers.gnss.receiver import GnssReceiver
from drivers.gnss.simulator import GnssSimulator
from drivers.vocabulary import DeviceState
from foundation.clock import SystemClock
from tests.drivers.listening import AudibleCounters, Ears, make_quick


@dataclass
class Street:
    """What a test has in its hands."""

    simulator: GnssSimulator
    receiver: GnssReceiver
    ears: Ears
    counters: AudibleCounters


@contextmanager
def street(folder: Path) -> Iterator[Street]:
    """A receiver that is online and speaks fifty times a second."""
    ears, counters = Ears(), AudibleCounters()
    simulator = GnssSimulator(link=folder / "gnss", interval_s=0.02)
    simulator.start()
    receiver = GnssReceiver(simulator.address, SystemClock(), counters, ears, tell_every_s=0.0)
    make_quick(receiver)
    receiver.start()
    try:
        with patch.multiple(receiver_module, _LISTEN_S=0.02, SILENT_AFTER_S=0.3):  # in quick time
            ears.next_state(DeviceState.ONLINE)
            yield Street(simulator, receiver, ears, counters)
    finally:
        assert receiver.stop()
        simulator.stop()
