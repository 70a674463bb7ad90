"""What a technician is told of a machine, on trees that a kernel could have made."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from drivers.list.__main__ import main
from drivers.list.candidates import Port, find_candidates
from drivers.qr_scanner.protocol import profile_named
from drivers.transports.address import parse_address
from tests.drivers.list.made_up_machine import MadeUpMachine


@pytest.fixture
def machine(tmp_path: Path) -> MadeUpMachine:
    return MadeUpMachine(tmp_path)


def told(machine: MadeUpMachine, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    main(["--root", str(machine.root), "--json"])
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_a_scanner_is_known_by_its_maker_and_named_by_what_it_is(
    machine: MadeUpMachine, capsys: pytest.CaptureFixture[str]
) -> None:
    interface = machine.plug_in("1-2", "1eab:1c06", maker="Newland", product="FM430", serial="A7")
    machine.serial_port(
        interface, "ttyACM0", by_id="usb-Newland_FM430_A7-if00", by_path="pci-0000:00:14.0-usb-0:2:1.0"
    )
    (found,) = told(machine, capsys)["found"]
    assert found["driver"] == "qr_scanner"
    assert found["names"] == [
        "/dev/serial/by-id/usb-Newland_FM430_A7-if00",
        "/dev/serial/by-path/pci-0000:00:14.0-usb-0:2:1.0",
    ]
    assert found["usb"] == {
        "vendor_id": "1eab",
        "product_id": "1c06",
        "manufacturer": "Newland",
        "product": "FM430",
        "serial_number": "A7",
        "place": "1-2",
    }
    assert "Newland" in found["reason"]["en"]
    address, profile = found["setting"].splitlines()
    assert str(parse_address(address.split('"')[1])).startswith("serial:///dev/serial/by-id/usb-Newland")
    assert profile_named(profile.split('"')[1]).name == "newland"


@pytest.mark.parametrize(
    ("ids", "product", "driver"),
    [
        ("1a86:7523", "ID Card Reader", "id_card_reader"),
        ("1a86:7523", "居民身份证阅读器", "id_card_reader"),
        ("1234:0001", "2D Barcode Scanner", "qr_scanner"),
        ("0c2e:0b6a", "", "qr_scanner"),
        ("1234:0002", "POS58 Printer", "receipt_printer"),
        ("1a86:7523", "USB Serial", None),
        ("10c4:ea60", "", None),
    ],
)
def test_a_serial_device_is_taken_for_what_it_says_and_a_bare_converter_for_nothing(
    machine: MadeUpMachine,
    capsys: pytest.CaptureFixture[str],
    ids: str,
    product: str,
    driver: str | None,
) -> None:
    machine.serial_port(machine.plug_in("1-1", ids, product=product), "ttyUSB0", by_path="pci-1")
    (found,) = told(machine, capsys)["found"]
    assert found["driver"] == driver
    assert bool(found["setting"]) == (driver is not None)


def test_what_the_settings_name_is_taken_whatever_it_says(
    machine: MadeUpMachine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.serial_port(machine.plug_in("1-1", "1a86:7523"), "ttyUSB3", by_path="pci-reader")
    machine.settings('id_card_reader = "serial:///dev/serial/by-path/pci-reader?baud=115200"')
    answer = told(machine, capsys)
    (found,) = answer["found"]
    assert found["driver"] == "id_card_reader"
    assert found["setting"] == ""
    assert answer["missing"] == []


def test_two_devices_that_changed_their_numbers_are_still_themselves(
    machine: MadeUpMachine, capsys: pytest.CaptureFixture[str]
) -> None:
    """As after a start in which the kernel found them the other way round."""
    machine.serial_port(machine.plug_in("1-1", "1a86:7523"), "ttyUSB1", by_path="pci-reader")
    machine.serial_port(machine.plug_in("1-2", "1a86:7523"), "ttyUSB0", by_path="pci-scanner")
    machine.settings(
        'id_card_reader = "serial:///dev/serial/by-path/pci-reader"\n'
        'qr_scanner = "serial:///dev/serial/by-path/pci-scanner"'
    )
    taken = {found["node"]: found["driver"] for found in told(machine, capsys)["found"]}
    assert taken == {"/dev/ttyUSB1": "id_card_reader", "/dev/ttyUSB0": "qr_scanner"}


def test_what_the_settings_name_and_nobody_finds_is_said_and_fails(
    machine: MadeUpMachine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.settings(
        'id_card_reader = "serial:///dev/serial/by-id/usb-GONE"\nreceipt_printer = "tcp://192.168.1.40:9100"'
    )
    assert main(["--root", str(machine.root), "--lang", "en"]) == 1
    shown = capsys.readouterr().out
    assert "id_card_reader  serial:///dev/serial/by-id/usb-GONE" in shown
    assert "there is no /dev/serial/by-id/usb-GONE" in shown
    assert "receipt_printer" not in shown  # in the network, where nobody looks


def test_a_camera_is_one_camera_however_many_nodes_it_has(
    machine: MadeUpMachine, capsys: pytest.CaptureFixture[str]
) -> None:
    interface = machine.plug_in("1-3", "046d:0825", product="Webcam", interface_class="0e")
    machine.camera(interface, "video0", "Webcam C270", by_path="pci-usb-0:3-video-index0")
    machine.camera(interface, "video1", "Webcam C270", index=1)
    (found,) = told(machine, capsys)["found"]
    assert found["driver"] == "camera"
    assert found["setting"] == 'camera = "camera:///dev/v4l/by-path/pci-usb-0:3-video-index0"'


def test_a_sound_card_is_told_by_the_name_that_stays_and_a_microphone_is_none(
    machine: MadeUpMachine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.sound_card(machine.plug_in("1-5", "0d8c:0014", product="USB Audio"), 1, "Device")
    machine.sound_card(machine.plug_in("1-6", "0d8c:0015", product="Microphone"), 2, "Mic", plays=False)
    speaks = [found for found in told(machine, capsys)["found"] if found["setting"]]
    assert [found["setting"] for found in speaks] == ['loudspeaker = "alsa://plughw:CARD=Device"']
    machine.settings(
        'loudspeaker = "alsa://plughw:CARD=Device"\nheadset = "alsa://plughw:CARD=Device"\n'
        'social_security_card = "pcsc:///Away"'
    )
    answer = told(machine, capsys)
    assert "loudspeaker" in [found["driver"] for found in answer["found"]]
    assert [missing["driver"] for missing in answer["missing"]] == ["social_security_card"]


def test_keys_are_told_apart(machine: MadeUpMachine, capsys: pytest.CaptureFixture[str]) -> None:
    for place, title in (("1-1", "Audio Keypad"), ("1-2", "HID Barcode Scanner"), ("1-3", "USB Keyboard")):
        machine.keys(machine.plug_in(place, "1111:2222", interface_class="03"), title)
    machine.keys(machine.plug_in("1-4", "1111:3333", interface_class="03"), "Lamp", keys="0")
    found = told(machine, capsys)["found"]
    assert {entry["description"]: entry["driver"] for entry in found} == {
        "Audio Keypad": "keypad",
        "HID Barcode Scanner": "qr_scanner",
        "USB Keyboard": None,
    }
    scanner = next(entry for entry in found if "Scanner" in entry["description"])
    assert "USB-CDC" in scanner["reason"]["en"]
    assert scanner["setting"].startswith('qr_scanner = "evdev:///dev/input/')


def test_what_none_takes_is_there_with_its_reason(
    machine: MadeUpMachine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.plug_in("1-2", "0529:0620", interface_class="0b")
    machine.plug_in("1-3", "04b8:0202", interface_class="07")
    machine.plug_in("1-4", "1d6b:0002", interface_class="09")
    machine.plug_in("1-5", "dead:beef")
    machine.board_port("ttyS0", fitted=True)
    machine.board_port("ttyS1", fitted=False)
    found = told(machine, capsys)["found"]
    assert {entry["node"]: entry["port"] for entry in found} == {
        "/dev/ttyS0": "serial",
        "usb 1-2": "smart_card",
        "usb 1-3": "usb_printer",
        "usb 1-5": "usb",
    }
    assert all(entry["driver"] is None and entry["reason"]["zh"] for entry in found)


@pytest.mark.parametrize(
    ("ids", "product", "interface_class", "setting"),
    [
        ("0400:c35a", "SDT", "ff", 'id_card_reader = "usb:///0400:c35a?place=1-1"'),
        ("0416:5011", "POS80 Printer", "07", 'receipt_printer = "usb:///0416:5011?place=1-1"'),
    ],
)
def test_what_has_no_port_is_taken_by_its_usb_pipes(
    machine: MadeUpMachine,
    capsys: pytest.CaptureFixture[str],
    ids: str,
    product: str,
    interface_class: str,
    setting: str,
) -> None:
    machine.plug_in("1-1", ids, product=product, interface_class=interface_class)
    (entry,) = told(machine, capsys)["found"]
    assert entry["driver"] == setting.partition(" ")[0]
    assert entry["setting"] == setting


def test_a_queue_is_taken_when_its_printer_can_be_asked(
    machine: MadeUpMachine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.queue("office", "ipp://clerk:secret@192.168.1.60/ipp/print")
    machine.queue("liar", "file:///var/spool/out")
    machine.queue("old", "usb://Maker/Model")
    found = {entry["node"]: entry for entry in told(machine, capsys)["found"]}
    assert found["office"]["setting"] == 'document_printer = "ipp://192.168.1.60/ipp/print"'
    assert [found[name]["driver"] for name in ("liar", "old")] == [None, None]
    assert "secret" not in json.dumps(found)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_reads_in_both_languages(
    machine: MadeUpMachine, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    interface = machine.plug_in("1-2", "0c2e:0b6a", maker="Honeywell", product="1950", serial="X1")
    machine.serial_port(interface, "ttyACM0", by_id="usb-Honeywell-if00")
    assert main(["--root", str(machine.root), "--lang", language]) == 0
    shown = capsys.readouterr().out
    assert "○ qr_scanner  serial  /dev/ttyACM0" in shown
    assert "Honeywell 1950, USB 0c2e:0b6a" in shown
    assert 'qr_scanner = "serial:///dev/serial/by-id/usb-Honeywell-if00?baud=9600"' in shown


def test_an_empty_machine_has_nothing(machine: MadeUpMachine, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(machine.root)]) == 0
    assert capsys.readouterr().out == "没有找到任何设备\n"


def test_settings_that_are_no_toml_are_said(
    machine: MadeUpMachine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.settings("= nothing")
    assert main(["--root", str(machine.root)]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_this_machine_can_be_listed_too(repository: Path) -> None:
    assert all(candidate.port in Port for candidate in find_candidates(Path("/")))
    listed = subprocess.run(
        [sys.executable, "-m", "drivers.list", "--json", "--settings", "/nowhere"],
        capture_output=True,
        check=True,
        timeout=30,
        cwd=repository,
    )
    assert json.loads(listed.stdout).keys() == {"found", "missing"}
