"""Another device is at the reader's address: a code scanner, say, after somebody swapped two plugs."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.id_card_reader.reader import IdCardReader
from drivers.id_card_reader.simulator import IdCardReaderSimulator
from drivers.qr_scanner.protocol import CONTINUOUS, NEWLAND, TriggerProfile
from drivers.qr_scanner.simulator import QrScannerSimulator
from drivers.vocabulary import DeviceState, StatusChanged
from foundation.errors import Errors
from tests.drivers.id_card_reader.desk import impatient
from tests.drivers.listening import AudibleCounters, Ears, FixedDayClock, make_quick


@pytest.mark.parametrize("profile", [CONTINUOUS, NEWLAND], ids=lambda profile: profile.name)
def test_a_scanner_is_never_taken_for_a_reader_and_the_reader_is_found_when_it_is_back(
    tmp_path: Path, profile: TriggerProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient(monkeypatch)
    link = tmp_path / "by-path"
    ears, counters = Ears(), AudibleCounters()
    scanner = QrScannerSimulator(link=link, profile=profile)
    scanner.start()
    reader = IdCardReader(scanner.address, FixedDayClock(), counters, ears)
    make_quick(reader)
    reader.start()
    try:
        assert ears.next_state(DeviceState.OFFLINE).error is Errors.CARD_READER_LOST
        scanner.show_code(b"https://example.invalid/?t=1")
        counters.wait_for("id_card_reader.no_answer", 2)
        states = {change.status.state for change in ears.all(StatusChanged)}
        assert states == {DeviceState.STARTING, DeviceState.OFFLINE}
        scanner.stop()
        right_one = IdCardReaderSimulator(link=link)
        right_one.start()
        try:
            ears.next_state(DeviceState.ONLINE)
        finally:
            assert reader.stop()
            right_one.stop()
    finally:
        assert reader.stop()
        scanner.stop()
