"""The testbed as a program of its own, and the three real drivers on its devices."""

from __future__ import annotations

import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from drivers.id_card_reader.card_image import SyntheticCitizen
from drivers.id_card_reader.device import CardProblem, CardRead, CardRemoved
from drivers.id_card_reader.reader import IdCardReader
from drivers.qr_scanner.device import CodeScanned
from drivers.qr_scanner.protocol import HONEYWELL
from drivers.qr_scanner.scanner import QrScanner
from drivers.receipt_printer.device import Heading, Slip
from drivers.receipt_printer.printer import ReceiptPrinter
from drivers.testbed.client import OrderRefusedError, TestbedClient
from drivers.testbed.orders import Device
from drivers.transports.address import is_simulated, parse_address
from drivers.vocabulary import DeviceState
from foundation.clock import SystemClock
from foundation.errors import Errors
from tests.drivers.listening import PATIENCE_S, AudibleCounters, Ears, FixedDayClock, polls
from tests.drivers.testbed.running import running_testbed


def test_a_citizen_goes_the_whole_way_on_the_devices_of_another_process(tmp_path: Path) -> None:
    ears, counters = Ears(), AudibleCounters()
    with running_testbed(tmp_path, "--profile", "honeywell") as bed:
        texts = bed.addresses()
        named = {device.value for device in Device} - {"social_security_card", "speech"}
        assert texts.keys() == named | {"loudspeaker", "headset"}
        addresses = {
            name: parse_address(texts[name]) for name in ("id_card_reader", "qr_scanner", "receipt_printer")
        }
        assert all(map(is_simulated, addresses.values()))
        reader = IdCardReader(addresses["id_card_reader"], FixedDayClock(), counters, ears)
        scanner = QrScanner(addresses["qr_scanner"], SystemClock(), counters, ears, HONEYWELL)
        printer = ReceiptPrinter(addresses["receipt_printer"], SystemClock(), counters, Ears())
        reader.allow_reading(True)
        devices = (reader, scanner, printer)
        for device in devices:
            device.start()
        try:
            ears.next_state(DeviceState.ONLINE)
            ears.next_state(DeviceState.ONLINE)
            polls(reader, 2)
            bed.put_card(SyntheticCitizen(name="王秀英", valid_until=date(2031, 1, 1)))
            assert ears.next(CardRead).card.name == "王秀英"
            bed.take_card()
            ears.next(CardRemoved)
            bed.show_code(b"\xe9\x84\x82-token")
            scanner.trigger(True)
            assert ears.next(CodeScanned).payload == b"\xe9\x84\x82-token"
            bed.fault(Device.RECEIPT_PRINTER, "paper_out")
            slip = Slip("job-1", (Heading("提交凭条"),))
            refused = printer.print_slip(slip).result(PATIENCE_S)
            assert refused.error is Errors.PRINTER_NO_PAPER
            bed.cure(Device.RECEIPT_PRINTER)
            polls(printer, 1)
            assert printer.print_slip(slip).result(PATIENCE_S).error is None
            (printed,) = bed.slips(at_least=1)
            assert "提交凭条" in printed.text
            with Image.open(printed.picture) as picture:
                assert picture.width >= 576
        finally:
            for device in devices:
                assert device.stop()


def test_devices_fail_and_come_back_by_order(tmp_path: Path) -> None:
    ears = Ears()
    with running_testbed(tmp_path) as bed:
        address = parse_address(bed.addresses()["id_card_reader"])
        reader = IdCardReader(address, FixedDayClock(), AudibleCounters(), ears)
        reader.allow_reading(True)
        reader.start()
        try:
            ears.next_state(DeviceState.ONLINE)
            bed.unplug(Device.ID_CARD_READER)
            ears.next_state(DeviceState.NO_DEVICE)
            bed.plug_in(Device.ID_CARD_READER)
            ears.next_state(DeviceState.ONLINE)
            polls(reader, 2)
            bed.fault(Device.ID_CARD_READER, "hold_still", times=20)
            bed.put_card()
            assert ears.next(CardProblem).error is Errors.CARD_HOLD_STILL
        finally:
            assert reader.stop()


def test_a_wrong_order_says_what_could_be_done_and_the_next_one_is_obeyed(tmp_path: Path) -> None:
    with running_testbed(tmp_path) as bed:
        with pytest.raises(OrderRefusedError, match="'thirst'; there are bad_checksum, half_frame"):
            bed.fault(Device.ID_CARD_READER, "thirst")
        with pytest.raises(OrderRefusedError, match="the field name holds 15 characters"):
            bed.put_card(SyntheticCitizen(name="王" * 16))
        with pytest.raises(OrderRefusedError, match="only 0 slips"):
            bed.slips(at_least=1, timeout_s=0.01)
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(PATIENCE_S)
            connection.connect(str(tmp_path / "control.sock"))
            answers = connection.makefile("rb")
            too_old = '{"do":"put_card","citizen":{"age":"7"}}'
            for nonsense in ("put", '{"do":"dance"}', too_old, "[]"):
                connection.sendall(nonsense.encode() + b"\n")
                assert b'"problem"' in answers.readline()
            connection.sendall(b'{"do":"take_card"}\n')
            assert answers.readline() == b"{}\n"
            answers.close()
        assert bed.slips() == []


def test_without_a_testbed_the_client_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        TestbedClient(tmp_path).take_card()


@pytest.mark.parametrize(
    ("program", "conversation"),
    [
        (
            "drivers.id_card_reader.simulator",
            {
                'put {"name": "王秀英", "valid_until": ""}': "ok",
                "put": "ok",
                "take": "ok",
                "fault bad_checksum 2": "ok",
                "cure": "ok",
                "unplug": "ok",
                "plug": "ok",
                "fault thirst": "no: 'thirst' is not a valid ReaderFault",
                'put {"age": "7"}': "no: a citizen has no age",
                "dance": "no: say put, take, fault, cure, unplug or plug",
            },
        ),
        (
            "drivers.qr_scanner.simulator",
            {
                "show https://example.invalid/鄂": "ok",
                "hide": "ok",
                "fault garbage": "ok",
                "cure": "ok",
                "unplug": "ok",
                "plug": "ok",
                "dance": "no: say show, hide, fault, cure, unplug or plug",
            },
        ),
    ],
)
def test_a_simulator_is_a_program_with_a_language_of_its_own(
    tmp_path: Path, program: str, conversation: dict[str, str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", program, "--link", str(tmp_path / "port")],
        input="".join(f"{line}\n" for line in conversation),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S * 2,
        check=True,
    )
    address, *answers = done.stdout.splitlines()
    assert address == f"serial://{tmp_path / 'port'}?baud=115200"
    assert len(answers) == len(conversation)
    for answer, expected in zip(answers, conversation.values(), strict=True):
        assert answer.startswith(expected)
    assert done.stderr == ""
    assert not (tmp_path / "port").is_symlink()
