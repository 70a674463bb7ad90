"""A USB device by its bulk endpoints: real pyusb over a bus that speaks the kernel's USB/IP."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.transports import usbip
from drivers.transports.address import TcpAddress, UsbAddress, is_simulated, parse_address
from drivers.transports.choice import transport_for
from drivers.transports.simulated_usb import SimulatedUsbPlug, UsbShape
from drivers.transports.transport import DeviceLostError
from drivers.transports.usb_pipes import UsbPipes
from drivers.vocabulary import DeviceState
from foundation.clock import SystemClock

SHAPE = UsbShape(vendor_id=0x1234, product_id=0xABCD, serial_number="0001", endpoints=(0x01, 0x81))


@pytest.fixture
def far_end() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


@pytest.fixture
def plug(far_end: socket.socket) -> Iterator[SimulatedUsbPlug]:
    with SimulatedUsbPlug(SHAPE, lambda: TcpAddress(*far_end.getsockname())) as plug:
        yield plug


def pipes_to(address: str) -> UsbPipes:
    transport = transport_for(parse_address(address), SystemClock())
    assert isinstance(transport, UsbPipes)
    return transport


def soon() -> float:
    return SystemClock().monotonic_s() + 5.0


def test_bytes_go_out_and_come_in(plug: SimulatedUsbPlug, far_end: socket.socket) -> None:
    pipes = pipes_to(plug.address)
    pipes.open()
    line, _ = far_end.accept()
    with line:
        question = bytes(range(256)) * 8
        pipes.write_all(question, soon())
        assert line.recv(len(question), socket.MSG_WAITALL) == question
        line.sendall(b"answer")
        assert pipes.read_some(soon()) == b"answer"
        assert pipes.read_some(SystemClock().monotonic_s() + 0.01) == b""
        line.sendall(b"late")
        assert pipes.read_some(soon()) == b"late", "what was not wanted before is not lost"
    pipes.close()


def test_it_is_found_by_its_serial_number_or_its_place_and_by_nothing_else(
    plug: SimulatedUsbPlug, far_end: socket.socket
) -> None:
    for right in (plug.address, plug.address.replace("serial=0001", "place=1-1")):
        pipes = pipes_to(right)
        pipes.open()
        far_end.accept()[0].close()
        pipes.close()
    for wrong in ("serial=0002", "place=1-2"):
        with pytest.raises(DeviceLostError) as lost:
            pipes_to(plug.address.replace("serial=0001", wrong)).open()
        assert lost.value.state is DeviceState.NO_DEVICE


def test_a_pulled_plug_is_no_device_until_it_is_back(plug: SimulatedUsbPlug, far_end: socket.socket) -> None:
    pipes = pipes_to(plug.address)
    pipes.open()
    plug.unplug()
    for use in (lambda: pipes.write_all(b"?", soon()), lambda: pipes.read_some(soon()), pipes.open):
        with pytest.raises(DeviceLostError) as lost:
            use()
        assert lost.value.state is DeviceState.NO_DEVICE
    plug.plug_in()
    pipes.open()
    pipes.close()
    pipes.close()


def test_a_device_that_refuses_transfers_is_offline(plug: SimulatedUsbPlug, far_end: socket.socket) -> None:
    pipes = pipes_to(plug.address)
    pipes.open()
    plug.stall()
    with pytest.raises(DeviceLostError) as lost:
        pipes.write_all(b"?", soon())
    assert lost.value.state is DeviceState.OFFLINE
    plug.go_on()
    pipes.open()
    pipes.write_all(b"?", soon())
    pipes.close()


def test_one_host_has_it_at_a_time(plug: SimulatedUsbPlug, far_end: socket.socket) -> None:
    mine, theirs = pipes_to(plug.address), pipes_to(plug.address)
    mine.open()
    with pytest.raises(DeviceLostError):
        theirs.open()
    mine.close()
    theirs.open()
    theirs.close()


def test_a_bus_that_is_not_there_has_no_devices() -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    with pytest.raises(DeviceLostError) as lost:
        pipes_to(f"usb:///1234:abcd?serial=0001&bus=127.0.0.1:{port}").open()
    assert lost.value.state is DeviceState.NO_DEVICE


def test_without_a_bus_of_its_own_it_is_looked_for_on_the_machines() -> None:
    with pytest.raises(DeviceLostError):
        pipes_to("usb:///1234:abcd?serial=0001").open()


def test_a_line_that_is_not_open_cannot_be_used() -> None:
    with pytest.raises(DeviceLostError):
        pipes_to("usb:///1234:abcd?serial=0001").read_some(soon())


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("usb:///0400:c35a?serial=AB 01", UsbAddress(0x0400, 0xC35A, "AB 01")),
        ("usb:///0400:c35a?place=1-2.3", UsbAddress(0x0400, 0xC35A, place="1-2.3")),
    ],
)
def test_an_address_says_what_it_is_and_which_one(text: str, address: UsbAddress) -> None:
    assert parse_address(text) == address
    assert parse_address(str(address)) == address
    assert not is_simulated(address)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("usb:///0400:c35a", "which one"),
        ("usb://0400/c35a?serial=1", "three slashes"),
        ("usb:///400:c35a?serial=1", "three slashes"),
        ("usb:///0400:c35a?serial=1&baud=9600", "cannot be used"),
        ("usb:///0400:c35a?serial=1&bus=example.com:3240", "cannot be used"),
    ],
)
def test_a_wrong_address_says_what_to_write(text: str, advice: str) -> None:
    with pytest.raises(ValueError, match=r"usb|address") as mistake:
        parse_address(text)
    assert advice in str(mistake.value)


def test_a_device_on_a_bus_that_is_none_is_a_simulated_one(plug: SimulatedUsbPlug) -> None:
    assert is_simulated(parse_address(plug.address))


MESSAGES = st.one_of(
    st.builds(
        usbip.Submit,
        st.integers(0, 2**32 - 1),
        st.booleans(),
        st.integers(0, 15),
        st.integers(0, 2**31 - 1),
        st.binary(min_size=8, max_size=8),
    ),
    st.builds(usbip.Unlink, st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1)),
    st.builds(usbip.Returned, st.integers(0, 2**32 - 1), st.integers(-200, 0), st.integers(0, 2**31 - 1)),
    st.builds(usbip.Unlinked, st.integers(0, 2**32 - 1), st.integers(-200, 0)),
)


@given(MESSAGES)
def test_every_message_is_read_as_it_was_written(
    message: usbip.Submit | usbip.Unlink | usbip.Returned | usbip.Unlinked,
) -> None:
    content = usbip.encode(message)
    assert len(content) == usbip.MESSAGE_BYTES
    assert usbip.decode(content) == message


@given(st.binary(min_size=usbip.MESSAGE_BYTES, max_size=usbip.MESSAGE_BYTES))
def test_any_bytes_are_a_message_that_would_be_written_so_or_none(content: bytes) -> None:
    message = usbip.decode(content)
    assert message is None or usbip.decode(usbip.encode(message)) == message


@given(st.binary(max_size=2000))
def test_any_bytes_are_a_list_of_devices_or_a_mistake(content: bytes) -> None:
    with suppress(ValueError):
        assert len(usbip.read_devices(content)) * usbip.DEVICE_BYTES <= len(content)
