from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.transports.address import (
    BAUDS,
    Address,
    SerialAddress,
    TcpAddress,
    is_simulated,
    parse_address,
)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "serial:///dev/serial/by-id/usb-X?baud=9600",
            SerialAddress("/dev/serial/by-id/usb-X", 9600),
        ),
        ("serial:///dev/ttyS0", SerialAddress("/dev/ttyS0", 115200)),
        ("tcp://192.168.1.40:9100", TcpAddress("192.168.1.40", 9100)),
        ("tcp://[fe80::1]:9100", TcpAddress("fe80::1", 9100)),
    ],
)
def test_an_address_is_one_url(text: str, address: Address) -> None:
    assert parse_address(text) == address
    assert parse_address(str(address)) == address


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("", "serial:///dev/… or tcp://host:port"),
        ("COM3", "serial:///dev/… or tcp://host:port"),
        ("http://printer", "serial:///dev/… or tcp://host:port"),
        ("serial://dev/ttyS0", "three slashes"),
        ("serial:///", "three slashes"),
        ("serial:///dev/ttyS0?baud=fast", "no usable baud 'fast'"),
        ("serial:///dev/ttyS0?baud=115201", "no usable baud '115201'"),
        ("serial:///dev/ttyS0?parity=even", "unknown option 'parity'"),
        ("serial:///dev/ttyUSB0", "/dev/serial/by-id or /dev/serial/by-path"),
        ("serial:///dev/ttyACM12?baud=9600", "the port's number"),
        ("tcp://printer", "tcp://192.168.1.40:9100"),
        ("tcp://printer:0", "tcp://192.168.1.40:9100"),
        ("tcp://printer:99999", "serial:///dev/… or tcp://host:port"),
        ("tcp://printer:9100/path", "tcp://192.168.1.40:9100"),
        ("tcp://who:secret@printer:9100", "tcp://192.168.1.40:9100"),
        ("serial:///dev/tty\0S0", "it has control characters"),
        ("tcp://[::1:9100", "serial:///dev/… or tcp://host:port"),
    ],
)
def test_a_wrong_address_says_what_to_write(text: str, advice: str) -> None:
    with pytest.raises(ValueError) as mistake:  # noqa: PT011 -- the message is looked at below
        parse_address(text)
    assert repr(text) in str(mistake.value)
    assert advice in str(mistake.value)


@given(st.text())
def test_any_text_is_an_address_or_a_value_error(text: str) -> None:
    try:
        address = parse_address(text)
    except ValueError:
        return
    assert parse_address(str(address)) == address


@given(st.sampled_from(BAUDS))
def test_every_baud_survives_writing(baud: int) -> None:
    assert parse_address(str(SerialAddress("/dev/ttyS0", baud))) == SerialAddress("/dev/ttyS0", baud)


@pytest.mark.parametrize(
    ("text", "simulated"),
    [
        ("serial:///dev/pts/7", True),
        ("serial:///run/dianxiaoer/testbed/id_card_reader", True),
        ("serial:///dev/serial/by-id/usb-not-plugged-in", False),
        ("serial:///dev/ttyS0", False),
        ("tcp://127.0.0.1:9100", True),
        ("tcp://localhost:9100", True),
        ("tcp://[::1]:9100", True),
        ("tcp://192.168.1.40:9100", False),
        ("tcp://printer.hall:9100", False),
    ],
)
def test_what_can_only_be_a_simulator_is_known_by_its_address(text: str, simulated: bool) -> None:
    assert is_simulated(parse_address(text)) is simulated


def test_a_link_to_a_pty_stays_simulated_when_it_is_unplugged(tmp_path: Path) -> None:
    link = tmp_path / "reader"
    link.symlink_to("/dev/pts/1")
    assert is_simulated(SerialAddress(str(link)))
    link.unlink()
    assert is_simulated(SerialAddress(str(link)))
