"""Who is behind a converter that does not say it: the devices themselves answer, on real pseudo-terminals."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from drivers.id_card_reader.simulator import IdCardReaderSimulator
from drivers.list import asking
from drivers.list.__main__ import main
from drivers.qr_scanner.protocol import HONEYWELL, NEWLAND
from drivers.qr_scanner.simulator import QrScannerSimulator
from drivers.transports.serial_port import SerialPort
from drivers.transports.simulated_serial import SimulatedSerialDevice
from foundation.clock import SystemClock
from tests.drivers.id_card_reader.desk import impatient
from tests.drivers.list.made_up_machine import MadeUpMachine


@contextmanager
def behind_a_converter(folder: Path, device: SimulatedSerialDevice) -> Iterator[MadeUpMachine]:
    """A machine with one converter that says nothing, and ``device`` at its other end."""
    machine = MadeUpMachine(folder)
    machine.serial_port(machine.plug_in("1-2", "1a86:7523"), "ttyUSB0", by_path="pci-usb-0:2")
    device.start()
    node = folder / "dev/ttyUSB0"
    node.unlink()
    node.symlink_to(os.path.realpath(device.address.path))
    try:
        yield machine
    finally:
        device.stop()


def ask(machine: MadeUpMachine, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    main(["--root", str(machine.root), "--json", *options])
    (found,) = json.loads(capsys.readouterr().out)["found"]
    answer: dict[str, Any] = found
    return answer


def test_a_card_reader_answers_with_the_number_of_its_module(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reader = IdCardReaderSimulator(link=tmp_path / "reader")
    with behind_a_converter(tmp_path, reader) as machine:
        assert ask(machine, capsys)["driver"] is None
        assert reader.asked() == []  # nobody is asked unless somebody wants it
        found = ask(machine, capsys, "--ask")
    assert found["driver"] == "id_card_reader"
    assert "05.01-20260101-0000000001-0000900001" in found["reason"]["en"]
    assert found["setting"] == 'id_card_reader = "serial:///dev/serial/by-path/pci-usb-0:2?baud=115200"'


def test_a_scanner_that_confirms_is_known_by_that(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient(monkeypatch)
    scanner = QrScannerSimulator(link=tmp_path / "scanner", profile=NEWLAND)
    with behind_a_converter(tmp_path, scanner) as machine:
        found = ask(machine, capsys, "--ask")
    assert found["driver"] == "qr_scanner"
    assert found["setting"].endswith('qr_scanner_profile = "newland"')


def test_whoever_does_not_answer_is_nobody_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient(monkeypatch)
    monkeypatch.setattr(asking, "_CONFIRMS_WITHIN_S", 0.1)
    scanner = QrScannerSimulator(link=tmp_path / "scanner", profile=HONEYWELL)
    with behind_a_converter(tmp_path, scanner) as machine:
        assert ask(machine, capsys, "--ask")["driver"] is None


def test_a_port_that_is_in_use_or_in_the_settings_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient(monkeypatch)
    reader = IdCardReaderSimulator(link=tmp_path / "reader")
    with behind_a_converter(tmp_path, reader) as machine:
        in_use = SerialPort(reader.address, SystemClock())
        in_use.open()
        assert ask(machine, capsys, "--ask")["driver"] is None
        in_use.close()
        machine.settings('id_card_reader = "serial:///dev/serial/by-path/pci-usb-0:2"')
        assert ask(machine, capsys, "--ask")["setting"] == ""
        assert reader.asked() == []
