"""USB over TCP, as the kernel's USB/IP speaks it (Documentation/usb/usbip_protocol.rst, version 1.1.1).

A simulated device that speaks it is a USB device for whoever attaches it: for the kernel of a technician's
laptop (``modprobe vhci-hcd; usbip attach``), where it appears under ``/dev/bus/usb`` like any other, and for
:mod:`drivers.transports.usbip_bus`, where no kernel is asked. Pure functions on bytes; all numbers are
big-endian.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

VERSION = 0x0111
FULL_SPEED = 2
"""12 Mbit/s (linux/usb/ch9.h, ``usb_device_speed``)."""

_OPERATION = struct.Struct(">HHI")
_COUNT = struct.Struct(">I")
_DEVICE = struct.Struct(">256s32sIIIHHHBBBBBB")
_INTERFACE = struct.Struct(">BBBx")
_BUS_ID = struct.Struct(">32s")
_HEADER = struct.Struct(">IIIII")
_SUBMIT = struct.Struct(">IiIIi8s")
_RETURN = struct.Struct(">iiIIi8x")
_UNLINK = struct.Struct(">I24x")
_UNLINKED = struct.Struct(">i24x")

OPERATION_BYTES = _OPERATION.size
BUS_ID_BYTES = _BUS_ID.size
DEVICE_BYTES = _DEVICE.size
MESSAGE_BYTES = _HEADER.size + _SUBMIT.size
"""Every message about a transfer begins with so many bytes, whatever it is."""
_NOT_ISOCHRONOUS = 0xFFFFFFFF


class Operation(IntEnum):
    """What is asked before a device is attached, and the answers."""

    LIST = 0x8005
    LISTED = 0x0005
    IMPORT = 0x8003
    IMPORTED = 0x0003


class Message(IntEnum):
    """What is said about transfers once it is."""

    SUBMIT = 1
    UNLINK = 2
    RETURN = 3
    UNLINKED = 4


@dataclass(frozen=True, slots=True)
class Device:
    """One device of a bus. ``bus_id`` names it there, as ``1-1``."""

    bus_id: str
    vendor_id: int
    product_id: int
    bus: int = 1
    number: int = 1


@dataclass(frozen=True, slots=True)
class Submit:
    """A transfer that the host wants. ``length`` is how much it takes (in) or gives (out)."""

    sequence: int
    into_host: bool
    endpoint: int
    length: int
    setup: bytes = bytes(8)


@dataclass(frozen=True, slots=True)
class Unlink:
    """The host no longer wants the transfer ``unwanted``."""

    sequence: int
    unwanted: int


@dataclass(frozen=True, slots=True)
class Returned:
    """What became of a transfer: ``status`` is 0 or a negative errno, ``length`` how much was moved."""

    sequence: int
    status: int
    length: int


@dataclass(frozen=True, slots=True)
class Unlinked:
    """The transfer that was not wanted will not come any more; with 0 it had come already."""

    sequence: int
    status: int


def operation(code: Operation, status: int = 0) -> bytes:
    """The head of a question or answer before a device is attached."""
    return _OPERATION.pack(VERSION, code, status)


def read_operation(head: bytes) -> tuple[Operation | None, int]:
    """Which it is (None: none that is known) and its status."""
    _, code, status = _OPERATION.unpack(head)
    return (Operation(code) if code in set(Operation) else None), status


def listing(devices: list[Device]) -> bytes:
    """The answer to ``LIST``: each device with one interface."""
    described = b"".join(device_record(device) + _INTERFACE.pack(0xFF, 0, 0) for device in devices)
    return operation(Operation.LISTED) + _COUNT.pack(len(devices)) + described


def device_record(device: Device) -> bytes:
    """A device as both answers describe it."""
    path, bus_id = f"/simulated/{device.bus_id}".encode(), device.bus_id.encode()
    address = (device.bus, device.number, FULL_SPEED)
    return _DEVICE.pack(path, bus_id, *address, device.vendor_id, device.product_id, 0x0100, 0, 0, 0, 1, 1, 1)


def read_devices(content: bytes) -> list[Device]:
    """The devices of an answer to ``LIST``, without its head. Raises ``ValueError`` when it is none."""
    try:
        (count,) = _COUNT.unpack_from(content)
        found, at = [], _COUNT.size
        for _ in range(count):
            record = _DEVICE.unpack_from(content, at)
            found.append(_device(record))
            at += DEVICE_BYTES + record[-1] * _INTERFACE.size
    except struct.error:
        raise ValueError("not a list of USB devices") from None
    return found


def _device(record: tuple[bytes | int, ...]) -> Device:
    bus_id, bus, number, vendor_id, product_id = record[1], record[2], record[3], record[5], record[6]
    assert isinstance(bus_id, bytes)  # noqa: S101 -- struct gives bytes for ``s``
    name = bus_id.rstrip(b"\0").decode("ascii", errors="replace")
    return Device(name, int(vendor_id), int(product_id), int(bus), int(number))


def import_request(bus_id: str) -> bytes:
    """Asks for a device."""
    return operation(Operation.IMPORT) + _BUS_ID.pack(bus_id.encode())


def read_bus_id(content: bytes) -> str:
    """Which device is asked for."""
    (bus_id,) = _BUS_ID.unpack(content)
    return str(bus_id.rstrip(b"\0").decode("ascii", errors="replace"))


def encode(message: Submit | Unlink | Returned | Unlinked) -> bytes:
    """A message of ``MESSAGE_BYTES``; what is moved follows it."""
    if isinstance(message, Submit):
        head = (Message.SUBMIT, message.sequence, 0, int(message.into_host), message.endpoint)
        body = _SUBMIT.pack(0, message.length, 0, _NOT_ISOCHRONOUS, 0, message.setup)
    elif isinstance(message, Unlink):
        head, body = (Message.UNLINK, message.sequence, 0, 0, 0), _UNLINK.pack(message.unwanted)
    elif isinstance(message, Returned):
        head = (Message.RETURN, message.sequence, 0, 0, 0)
        body = _RETURN.pack(message.status, message.length, 0, _NOT_ISOCHRONOUS, 0)
    else:
        head, body = (Message.UNLINKED, message.sequence, 0, 0, 0), _UNLINKED.pack(message.status)
    return _HEADER.pack(*head) + body


def decode(content: bytes) -> Submit | Unlink | Returned | Unlinked | None:
    """The message in these ``MESSAGE_BYTES``; None when it is none that is known."""
    kind, sequence, _, into_host, endpoint = _HEADER.unpack_from(content)
    body = content[_HEADER.size :]
    if kind == Message.SUBMIT:
        _, length, _, _, _, setup = _SUBMIT.unpack(body)
        return Submit(sequence, bool(into_host), endpoint, length, setup)
    if kind == Message.UNLINK:
        return Unlink(sequence, _UNLINK.unpack(body)[0])
    if kind == Message.RETURN:
        status, length, *_ = _RETURN.unpack(body)
        return Returned(sequence, status, length)
    if kind == Message.UNLINKED:
        return Unlinked(sequence, _UNLINKED.unpack(body)[0])
    return None
