"""What wears a device out is counted under one name for all devices, over every restart of the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.id_card_reader.card_image import SyntheticCitizen, card_of
from drivers.id_card_reader.device import CardRead
from drivers.id_card_reader.reader import IdCardReader
from drivers.id_card_reader.simulator import IdCardReaderSimulator
from drivers.vocabulary import DeviceState, Wear, wear_counter
from foundation.clock import boot_id
from offline_store.keys import KeyFileProvider
from offline_store.store import OfflineStore
from tests.drivers.listening import Ears, FixedDayClock, make_quick, polls


@pytest.mark.parametrize("wear", Wear)
def test_a_counter_is_named_by_its_device_and_its_wear(wear: Wear) -> None:
    assert wear_counter("id_card_reader", wear) == f"id_card_reader.{wear.value}"


def read_one_card_and_lose_the_reader(folder: Path) -> dict[str, int]:
    """One run of a terminal; what its store has counted by the end of it."""
    keys = KeyFileProvider(folder / "store.key")
    store = OfflineStore.open(folder / "store.db", keys, clock=FixedDayClock(), boot_id=boot_id())
    ears = Ears()
    simulator = IdCardReaderSimulator(link=folder / "reader")
    simulator.start()
    reader = IdCardReader(simulator.address, FixedDayClock(), store.counters, ears)
    make_quick(reader)
    reader.allow_reading(True)
    reader.start()
    try:
        ears.next_state(DeviceState.ONLINE)
        polls(reader, 2)
        simulator.put_card(card_of(SyntheticCitizen()))
        ears.next(CardRead)
        simulator.unplug()
        ears.next_state(DeviceState.NO_DEVICE)
    finally:
        assert reader.stop()
        simulator.stop()
        figures = store.counters.figures()
        store.close()
    return figures


def test_what_was_counted_before_a_restart_still_counts(tmp_path: Path) -> None:
    first = read_one_card_and_lose_the_reader(tmp_path)
    second = read_one_card_and_lose_the_reader(tmp_path)
    for wear in (Wear.READS, Wear.FAILURES):
        name = wear_counter("id_card_reader", wear)
        assert (first[name], second[name]) == (1, 2)
