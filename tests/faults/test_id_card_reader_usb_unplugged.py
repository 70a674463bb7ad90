"""The reader hangs on USB pipes of its maker's, and its plug is pulled: at rest, and with a card on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from drivers.id_card_reader.card_image import SyntheticCitizen, card_of
from drivers.id_card_reader.device import CardRead
from drivers.id_card_reader.reader import IdCardReader
from drivers.id_card_reader.simulator import IdCardReaderSimulator, ReaderFault
from drivers.id_card_reader.usb_plug import reader_on_usb
from drivers.transports.address import parse_address
from drivers.transports.simulated_usb import SimulatedUsbPlug
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.listening import AudibleCounters, Ears, FixedDayClock, make_quick, polls


@contextmanager
def on_usb() -> Iterator[tuple[IdCardReaderSimulator, SimulatedUsbPlug, Ears, IdCardReader]]:
    simulator, ears = IdCardReaderSimulator(), Ears()
    simulator.start()
    try:
        with reader_on_usb(simulator) as plug:
            reader = IdCardReader(parse_address(plug.address), FixedDayClock(), AudibleCounters(), ears)
            make_quick(reader)
            reader.allow_reading(True)
            reader.start()
            try:
                ears.next_state(DeviceState.ONLINE)
                polls(reader, 2)
                yield simulator, plug, ears, reader
            finally:
                assert reader.stop()
    finally:
        simulator.stop()


@pytest.mark.parametrize("card_lies_there", [False, True], ids=["at rest", "with a card"])
def test_a_pulled_plug_is_told_and_the_reader_works_when_it_is_back(card_lies_there: bool) -> None:
    with on_usb() as (simulator, plug, ears, reader):
        if card_lies_there:
            simulator.put_card(card_of(SyntheticCitizen()))
            ears.next(CardRead)
        plug.unplug()
        lost = ears.next_state(DeviceState.NO_DEVICE)
        assert lost.error is Errors.CARD_READER_LOST
        assert lost.simulated
        simulator.take_card()
        plug.plug_in()
        ears.next_state(DeviceState.ONLINE)
        polls(reader, 2)
        simulator.put_card(card_of(SyntheticCitizen()))
        ears.next(CardRead)


@pytest.mark.parametrize("fault", [ReaderFault.NOISE_BEFORE, ReaderFault.BAD_CHECKSUM], ids=lambda f: f.value)
def test_what_goes_wrong_on_the_line_goes_wrong_on_the_pipes_and_is_read_again(fault: ReaderFault) -> None:
    with on_usb() as (simulator, _, ears, _):
        simulator.set_fault(fault, times=1)
        simulator.put_card(card_of(SyntheticCitizen()))
        assert ears.next(CardRead).card.number == SyntheticCitizen().number


def test_a_reader_whose_firmware_stopped_is_offline_and_back_by_itself() -> None:
    with on_usb() as (simulator, plug, ears, reader):
        plug.stall()
        assert ears.next_state(DeviceState.OFFLINE).error is Errors.CARD_READER_LOST
        plug.go_on()
        ears.next_state(DeviceState.ONLINE)
        polls(reader, 2)
        simulator.put_card(card_of(SyntheticCitizen()))
        ears.next(CardRead)
