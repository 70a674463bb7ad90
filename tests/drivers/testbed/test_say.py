from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.testbed.client import OrderRefusedError, TestbedClient
from drivers.testbed.hardware import SimulatedHardware
from drivers.testbed.orders import Device, Seen
from drivers.testbed.say import main
from drivers.testbed.server import ControlServer


@pytest.fixture
def bed(tmp_path: Path) -> Iterator[TestbedClient]:
    hardware = SimulatedHardware(tmp_path)
    server = ControlServer(tmp_path, hardware)
    hardware.start()
    server.start()
    yield TestbedClient(tmp_path)
    server.stop()
    hardware.stop()


def seen(bed: TestbedClient, device: Device) -> Seen:
    (found,) = (each for each in bed.look().devices if each.device is device)
    return found


def test_whatever_a_device_offers_can_be_done_and_every_fault_made_and_mended(bed: TestbedClient) -> None:
    for device in (each.device for each in bed.look().devices):
        offered = seen(bed, device)
        assert offered.faults
        for doing in offered.doings:
            for value in doing.choices or ["7" if doing.text else ""]:
                bed.act(device, doing.action, value)
        for fault in offered.faults:
            bed.fault(device, fault)
            assert fault in seen(bed, device).wrong
        bed.cure(device)
        assert seen(bed, device).wrong == []
        bed.unplug(device)
        assert not seen(bed, device).plugged
        bed.plug_in(device)
        assert seen(bed, device).plugged


def test_a_printer_that_is_switched_off_by_a_fault_is_unplugged_and_mending_plugs_it_in(
    bed: TestbedClient,
) -> None:
    for device in (Device.RECEIPT_PRINTER, Device.DOCUMENT_PRINTER):
        bed.fault(device, "refuses_connections")
        assert not seen(bed, device).plugged
        bed.cure(device)
        assert seen(bed, device).plugged


def test_what_cannot_be_done_is_refused_with_what_can(bed: TestbedClient) -> None:
    for action, value, why in (
        ("sing", "", "nobody can 'sing' here; there are put, take"),
        ("put", "passport", "put takes one of citizen, "),
        ("take", "away", "take takes no value"),
    ):
        with pytest.raises(OrderRefusedError, match=why):
            bed.act(Device.ID_CARD_READER, action, value)
    with pytest.raises(OrderRefusedError, match="a code needs a text"):
        bed.act(Device.QR_SCANNER, "show")
    with pytest.raises(OrderRefusedError, match="no number of minutes"):
        bed.act(Device.CABINET, "minutes", "999")


def test_what_is_not_on_the_bench_is_refused(bed: TestbedClient) -> None:
    with pytest.raises(OrderRefusedError, match="no social_security_card is on this bench"):
        bed.unplug(Device.SOCIAL_SECURITY_CARD)


def test_a_cabinet_shows_what_it_senses(bed: TestbedClient) -> None:
    bed.act(Device.CABINET, "door", "open")
    bed.act(Device.CABINET, "power", "battery")
    bed.act(Device.CABINET, "minutes", "30")
    bed.act(Device.CABINET, "break_light", "camera")
    facts = seen(bed, Device.CABINET).facts
    assert (facts["door"], facts["power"], facts["minutes"]) == ("open", "battery", "30")
    assert (facts["light.camera"], facts["light.keypad"]) == ("inoperable", "off")


def test_a_shell_gives_the_same_orders(
    bed: TestbedClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = ["--folder", str(tmp_path)]
    for order in (
        "do id_card_reader put permanent_2023",
        "fault id_card_reader hold_still 2",
        "fault receipt_printer paper_out",
        "unplug qr_scanner",
        "plug qr_scanner",
        "cure id_card_reader",
    ):
        assert main([*folder, *order.split()]) == 0
    assert seen(bed, Device.RECEIPT_PRINTER).wrong == ["paper_out"]
    assert main([*folder, "fault", "cabinet", "thirst"]) == 1
    said = capsys.readouterr()
    assert said.out == "ok\n" * 6
    assert said.err.startswith("no: no fault of this device is called 'thirst'; there are bad_crc")
    assert main([*folder, "look"]) == 0
    assert "receipt_printer  plugged  tcp://127.0.0.1:" in capsys.readouterr().out
    assert main([*folder, "help"]) == 0
    assert "  do cabinet door closed|open|inoperable\n" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main([*folder, "cure", "toaster"])


def test_without_a_testbed_a_shell_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--folder", str(tmp_path), "look"]) == 2
    assert capsys.readouterr().err.startswith("no testbed in ")
