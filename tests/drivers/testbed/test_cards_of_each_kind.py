"""A card of each kind can be laid down from another process."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.id_card_reader.card_image import sample_of
from drivers.id_card_reader.device import CardRead, DocumentKind, ReadingScope
from drivers.id_card_reader.reader import IdCardReader
from drivers.testbed.client import TestbedClient
from drivers.testbed.hardware import SimulatedHardware
from drivers.testbed.server import ControlServer
from drivers.transports.address import parse_address
from drivers.vocabulary import DeviceState
from tests.drivers.listening import AudibleCounters, Ears, FixedDayClock, make_quick, polls


@pytest.mark.parametrize("kind", DocumentKind)
def test_a_card_of_each_kind_is_laid_down_and_read(tmp_path: Path, kind: DocumentKind) -> None:
    hardware = SimulatedHardware(tmp_path)
    server = ControlServer(tmp_path, hardware)
    hardware.start()
    server.start()
    ears = Ears()
    reader = IdCardReader(
        parse_address(hardware.addresses()["id_card_reader"]),
        FixedDayClock(),
        AudibleCounters(),
        ears,
        ReadingScope(documents=frozenset(DocumentKind)),
    )
    make_quick(reader)
    reader.allow_reading(True)
    reader.start()
    try:
        ears.next_state(DeviceState.ONLINE)
        polls(reader, 2)
        TestbedClient(tmp_path).put_card(sample_of(kind))
        assert ears.next(CardRead).card.number == sample_of(kind).number
    finally:
        assert reader.stop()
        server.stop()
        hardware.stop()
