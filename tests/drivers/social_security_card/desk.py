"""A reader on a desk: the driver, a pcscd of its own with a virtual reader, a virtual card, and ears."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from drivers.social_security_card.address import parse_reader_address
from drivers.social_security_card.device import SocialCardRead, SocialCardReaderStatus, SocialCardRemoved
from drivers.social_security_card.reader import SocialSecurityCardReader
from drivers.social_security_card.simulated_card import VirtualCard
from drivers.social_security_card.simulator import CardFault, SocialSecurityCardSimulator
from drivers.vocabulary import DeviceState
from tests.drivers.listening import AudibleCounters, Ears, FixedDayClock, make_quick, polls

NEXT_PERSON = VirtualCard(name="王小明", card_number="B00000002")
LAST_COMMAND = 8
"""The number of the last command of a whole reading, from 0; the desk's own test holds it to that."""


class SkippingClock(FixedDayClock):
    """The machine's clock, from which a test can skip some minutes."""

    skipped_s = 0.0

    def monotonic_s(self) -> float:
        return super().monotonic_s() + self.skipped_s


@dataclass
class Desk:
    """What a test has in its hands."""

    simulator: SocialSecurityCardSimulator
    reader: SocialSecurityCardReader
    clock: SkippingClock = field(default_factory=SkippingClock)
    ears: Ears = field(default_factory=Ears)
    counters: AudibleCounters = field(default_factory=AudibleCounters)

    def polls(self, count: int) -> None:
        polls(self.reader, count)

    def next_status(self, state: DeviceState) -> SocialCardReaderStatus:
        status = self.ears.next_state(state)
        assert isinstance(status, SocialCardReaderStatus)
        return status

    def card_is_taken(self) -> None:
        self.simulator.remove()
        self.ears.next(SocialCardRemoved)

    def reads_the_next_card(self) -> None:
        """It works: the next person's card is read, and it is theirs."""
        self.simulator.insert(NEXT_PERSON)
        assert self.ears.next(SocialCardRead).card.card_number == NEXT_PERSON.card_number
        assert self.reader.status().state is DeviceState.ONLINE
        assert self.reader.status().error is None

    def program_id(self) -> int:
        child = self.reader._child._child
        assert child is not None
        return child.pid


@contextmanager
def desk(
    *,
    reading: bool = True,
    ready: bool = True,
    plugged_in: bool = True,
    fault: CardFault | None = None,
    at: int = 0,
    card: VirtualCard | None = None,
) -> Iterator[Desk]:
    """A desk on which the reader is started and, when ``ready``, has looked at an empty slot."""
    ears, counters, clock = Ears(), AudibleCounters(), SkippingClock()
    simulator = SocialSecurityCardSimulator()
    simulator.start(reader=plugged_in)
    if fault is not None:
        simulator.set_fault(fault, at=at)
    reader = SocialSecurityCardReader(parse_reader_address(simulator.address), clock, counters, ears)
    make_quick(reader)
    reader.allow_reading(reading)
    reader.start()
    there = Desk(simulator, reader, clock, ears, counters)
    try:
        if ready:
            ears.next_state(DeviceState.ONLINE)
            there.polls(1)
        if card is not None:
            simulator.insert(card)
        yield there
    finally:
        assert reader.stop()
        simulator.stop()
