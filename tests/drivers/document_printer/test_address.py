"""The address of a document printer, as it stands in the settings."""

from __future__ import annotations

import pytest

from drivers.document_printer.address import IppAddress, parse_ipp_address
from drivers.transports.address import TcpAddress


def test_an_address_is_read_and_written_again() -> None:
    address = parse_ipp_address("ipp://192.168.1.60/ipp/print")
    assert address == IppAddress("192.168.1.60", 631, "/ipp/print")
    assert address.tcp == TcpAddress("192.168.1.60", 631)
    assert str(address) == address.uri == "ipp://192.168.1.60:631/ipp/print"
    assert parse_ipp_address(str(address)) == address


def test_an_address_of_version_6_keeps_its_brackets() -> None:
    address = parse_ipp_address("ipp://[fe80::1]:8631/ipp/print")
    assert (address.host, address.authority) == ("fe80::1", "[fe80::1]:8631")
    assert parse_ipp_address(str(address)) == address


def test_a_printer_on_this_machine_is_a_simulated_one_unless_it_hangs_on_usb() -> None:
    assert parse_ipp_address("ipp://localhost:8631/ipp/print").simulated
    assert not parse_ipp_address("ipp://192.168.1.60/ipp/print").simulated
    through_usb = parse_ipp_address("ipp-usb://localhost:60000/ipp/print")
    assert not through_usb.simulated
    assert through_usb.uri == "ipp://localhost:60000/ipp/print"
    assert parse_ipp_address(str(through_usb)) == through_usb


@pytest.mark.parametrize(
    "text",
    [
        "",
        "file:///dev/usb/lp0",
        "cups-pdf:/",
        "socket://192.168.1.60:9100",
        "ipps://192.168.1.60/ipp/print",
        "ipp:///ipp/print",
        "ipp://192.168.1.60:99999/ipp/print",
        "ipp://192.168.1.60/ipp/print?waitjob=false",
        "ipp://somebody:secret@192.168.1.60/ipp/print",
        "ipp://[fe80::1/ipp/print",
        "ipp://192.168.1.60/ipp/ print",
        "ipp://打印机/ipp/print",
        "ipp://192.168.1.60/ipp\n/print",
    ],
)
def test_what_cannot_be_asked_is_refused_and_the_message_helps(text: str) -> None:
    with pytest.raises(ValueError, match="ipp://192"):
        parse_ipp_address(text)
