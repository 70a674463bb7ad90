"""Whatever a simulator does wrong can be said from a test, a shell and the panel, and stands in the guide."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from drivers.testbed.client import TestbedClient
from drivers.testbed.hardware import SimulatedHardware
from drivers.testbed.orders import Device
from drivers.testbed.panel import WORDS, PanelServer
from drivers.testbed.say import main
from drivers.testbed.server import ControlServer
from tests.drivers.listening import PATIENCE_S

GUIDE = "docs/testbed.md"


@pytest.fixture
def whole_bench(tmp_path: Path) -> Iterator[tuple[TestbedClient, PanelServer]]:
    hardware = SimulatedHardware(tmp_path, card_service=True)
    server, panel = ControlServer(tmp_path, hardware), PanelServer(hardware)
    hardware.start()
    server.start()
    panel.start()
    yield TestbedClient(tmp_path), panel
    panel.stop()
    server.stop()
    hardware.stop()


def faults_of(bed: TestbedClient) -> dict[Device, list[str]]:
    return {seen.device: seen.faults for seen in bed.look().devices}


def wrong_with(bed: TestbedClient, device: Device) -> list[str]:
    return next(seen.wrong for seen in bed.look().devices if seen.device is device)


def listed_in(guide: str) -> dict[Device, list[str]]:
    rows = re.findall(r"^\| `(\w+)` \| (`.*`) \|$", guide, flags=re.MULTILINE)
    return {Device(device): re.findall(r"`(\w+)`", names) for device, names in rows}


def test_every_fault_is_said_in_three_ways_and_mended(
    whole_bench: tuple[TestbedClient, PanelServer], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bed, panel = whole_bench
    shell = ["--folder", str(tmp_path)]
    faults = faults_of(bed)
    assert set(faults) == set(Device), "a whole bench"
    for device, names in faults.items():
        for name in names:
            bed.fault(device, name)
            assert wrong_with(bed, device) == [name]
            bed.cure(device)
            assert main([*shell, "fault", device.value, name]) == 0
            assert wrong_with(bed, device) == [name]
            assert main([*shell, "cure", device.value]) == 0
            order = {"do": "fault", "device": device.value, "name": name}
            answer = requests.post(f"{panel.url}panel/orders", json=order, timeout=PATIENCE_S)
            assert answer.status_code == 200
            assert wrong_with(bed, device) == [name]
            bed.cure(device)
            assert wrong_with(bed, device) == []
    assert main([*shell, "help"]) == 0
    offered = capsys.readouterr().out
    for device, names in faults.items():
        assert all(f"  fault {device.value} {name}\n" in offered for name in names)


def test_every_fault_has_its_words_and_its_place_in_the_guide(
    whole_bench: tuple[TestbedClient, PanelServer], repository: Path
) -> None:
    faults = faults_of(whole_bench[0])
    words = tomllib.loads(WORDS.read_text("utf-8"))["fault"]
    for device, names in faults.items():
        for name in names:
            assert f"{device.value}.{name}" in words or name in words, f"{device.value} {name}"
    assert listed_in((repository / GUIDE).read_text("utf-8")) == faults
