"""Another device is at the scanner's address: the card reader, say, after somebody swapped two plugs."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.id_card_reader.simulator import IdCardReaderSimulator
from drivers.qr_scanner import scanner as scanner_module
from drivers.qr_scanner.device import CodeScanned
from drivers.qr_scanner.protocol import HONEYWELL, NEWLAND
from drivers.qr_scanner.scanner import QrScanner
from drivers.qr_scanner.simulator import QrScannerSimulator
from drivers.vocabulary import DeviceState, StatusChanged
from foundation.clock import SystemClock
from foundation.errors import Errors
from tests.drivers.listening import AudibleCounters, Ears, make_quick


@pytest.mark.parametrize("in_its_place", ["card reader", "scanner of another make"])
def test_a_scanner_that_confirms_is_never_another_device(
    tmp_path: Path, in_its_place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanner_module, "_COMMAND_S", 0.1)
    link = tmp_path / "by-path"
    other = (
        IdCardReaderSimulator(link=link)
        if in_its_place == "card reader"
        else QrScannerSimulator(link=link, profile=HONEYWELL)
    )
    other.start()
    ears = Ears()
    scanner = QrScanner(other.address, SystemClock(), AudibleCounters(), ears, NEWLAND)
    make_quick(scanner)
    scanner.trigger(True)
    scanner.start()
    try:
        assert ears.next_state(DeviceState.OFFLINE).error is Errors.SCANNER_LOST
        states = {change.status.state for change in ears.all(StatusChanged)}
        assert states == {DeviceState.STARTING, DeviceState.OFFLINE}
        other.stop()
        right_one = QrScannerSimulator(link=link, profile=NEWLAND)
        right_one.start()
        try:
            ears.next_state(DeviceState.ONLINE)
            right_one.show_code(b"code")
            assert ears.next(CodeScanned).payload == b"code"
        finally:
            assert scanner.stop()
            right_one.stop()
    finally:
        assert scanner.stop()
        other.stop()
