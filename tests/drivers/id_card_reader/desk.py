"""A reader on a desk: the driver, the simulator on the other end of a real pty, and ears."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from drivers.id_card_reader import link
from drivers.id_card_reader.device import SIGN_IN, ReadingScope
from drivers.id_card_reader.protocol import Command
from drivers.id_card_reader.reader import IdCardReader
from drivers.id_card_reader.simulator import IdCardReaderSimulator, ReaderFault
from drivers.vocabulary import DeviceState
from tests.drivers.listening import PATIENCE_S, AudibleCounters, Ears, FixedDayClock, make_quick, polls


@dataclass
class Desk:
    """What a test has in its hands."""

    simulator: IdCardReaderSimulator
    reader: IdCardReader
    ears: Ears
    counters: AudibleCounters

    def polls(self, count: int) -> None:
        polls(self.reader, count)

    def wait_until_it_looks(self) -> None:
        """Waits until the reader asks its module something again, whatever its status says."""
        self.simulator.asked()
        deadline_s = self.reader.clock.monotonic_s() + PATIENCE_S
        while Command.FIND not in self.simulator.asked():
            assert self.reader.clock.monotonic_s() < deadline_s


def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """For readers that do not answer: it need not take long to find that out."""
    for command in Command:
        monkeypatch.setitem(link._PATIENCE_S, command, 0.1)


@contextmanager
def desk(
    folder: Path,
    *,
    reading: bool = True,
    ready: bool = True,
    fault: ReaderFault | None = None,
    scope: ReadingScope = SIGN_IN,
) -> Iterator[Desk]:
    """A desk on which the reader is started and, when ``ready``, has seen that nothing lies on it."""
    ears, counters = Ears(), AudibleCounters()
    simulator = IdCardReaderSimulator(link=folder / "id_card_reader")
    simulator.start()
    if fault is not None:
        simulator.set_fault(fault)
    reader = IdCardReader(simulator.address, FixedDayClock(), counters, ears, scope)
    make_quick(reader)
    reader.allow_reading(reading)
    reader.start()
    set_up = Desk(simulator, reader, ears, counters)
    try:
        if ready:
            ears.next_state(DeviceState.ONLINE)
            set_up.polls(2)
        yield set_up
    finally:
        assert reader.stop()
        simulator.stop()
