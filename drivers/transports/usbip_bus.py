"""A bus of simulated USB devices, as a backend of pyusb: where no kernel attaches them.

Everything above it (finding a device, its descriptors, claiming, transfers with a time limit) is pyusb's, the
same as over libusb. Below it is USB/IP over one TCP connection for each open device.
"""

from __future__ import annotations

import array
import errno
import select
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import usb.core
from usb.backend import IBackend

from drivers.transports import usbip
from drivers.transports.usbip import Returned, Submit, Unlink, Unlinked

_ANSWERS_WITHIN_S = 5.0
_GET_DESCRIPTOR, _SET_CONFIGURATION = 6, 9
_INTO_HOST, _OUT_OF_HOST = 0x80, 0x00
_DEVICE, _CONFIGURATION, _INTERFACE, _ENDPOINT = 1, 2, 4, 5
_DEVICE_FIELDS = (
    *("bLength", "bDescriptorType", "bcdUSB", "bDeviceClass", "bDeviceSubClass", "bDeviceProtocol"),
    *("bMaxPacketSize0", "idVendor", "idProduct", "bcdDevice", "iManufacturer", "iProduct"),
    *("iSerialNumber", "bNumConfigurations"),
)
_CONFIGURATION_FIELDS = (
    *("bLength", "bDescriptorType", "wTotalLength", "bNumInterfaces", "bConfigurationValue"),
    *("iConfiguration", "bmAttributes", "bMaxPower"),
)
_INTERFACE_FIELDS = (
    *("bLength", "bDescriptorType", "bInterfaceNumber", "bAlternateSetting", "bNumEndpoints"),
    *("bInterfaceClass", "bInterfaceSubClass", "bInterfaceProtocol", "iInterface"),
)
_ENDPOINT_FIELDS = (
    *("bLength", "bDescriptorType", "bEndpointAddress", "bmAttributes", "wMaxPacketSize", "bInterval"),
)
_FORMS = {
    _DEVICE: (struct.Struct("<BBHBBBBHHHBBBB"), _DEVICE_FIELDS),
    _CONFIGURATION: (struct.Struct("<BBHBBBBB"), _CONFIGURATION_FIELDS),
    _INTERFACE: (struct.Struct("<BBBBBBBBB"), _INTERFACE_FIELDS),
    _ENDPOINT: (struct.Struct("<BBBBHB"), _ENDPOINT_FIELDS),
}
"""Descriptors of USB 2.0, chapter 9.6; little-endian."""


@dataclass(slots=True)
class _Attached:
    """An open device. One transfer at a time: a driver's one owner asks for no more."""

    line: socket.socket
    sequence: int = 0
    configuration: int = 1

    def close(self) -> None:
        self.line.close()


@dataclass(slots=True)
class _Found:
    """A device of the list. A server gives it to one host once: whoever has it open is asked through that."""

    device: usbip.Device
    descriptors: dict[int, bytes] = field(default_factory=dict)
    attached: _Attached | None = None


class UsbIpBus(IBackend):  # type: ignore[misc]  # pyusb has no types
    """The devices of the USB/IP server at ``host``:``port``. Used by one thread.

    Raises what pyusb raises: ``USBTimeoutError`` for a time that ran out, ``USBError`` with ``ENODEV`` when
    the device or the bus is gone.
    """

    def __init__(self, host: str, port: int) -> None:
        super().__init__()
        self._address = (host, port)

    def enumerate_devices(self) -> Iterator[_Found]:
        try:
            with socket.create_connection(self._address, _ANSWERS_WITHIN_S) as line:
                line.sendall(usbip.operation(usbip.Operation.LIST))
                content = bytearray()
                while piece := line.recv(4096):
                    content += piece
            devices = usbip.read_devices(bytes(content)[usbip.OPERATION_BYTES :])
        except (OSError, ValueError):
            return  # a bus that is not there has no devices
        yield from map(_Found, devices)

    def open_device(self, dev: _Found) -> _Attached:
        try:
            line = socket.create_connection(self._address, _ANSWERS_WITHIN_S)
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            line.sendall(usbip.import_request(dev.device.bus_id))
            code, status = usbip.read_operation(_exactly(line, usbip.OPERATION_BYTES))
            if code is not usbip.Operation.IMPORTED or status:
                line.close()
                raise usb.core.USBError("the device is attached elsewhere", errno=errno.EBUSY)
            _exactly(line, usbip.DEVICE_BYTES)
        except OSError as loss:
            if isinstance(loss, usb.core.USBError):
                raise
            raise _gone() from loss
        dev.attached = _Attached(line)
        return dev.attached

    def close_device(self, dev_handle: _Attached) -> None:
        dev_handle.close()

    def get_device_descriptor(self, dev: _Found) -> SimpleNamespace:
        described = _described(_DEVICE, self._descriptor(dev, _DEVICE, 18))
        place = {"bus": dev.device.bus, "address": dev.device.number, "speed": usbip.FULL_SPEED}
        ports = tuple(int(part) for part in dev.device.bus_id.partition("-")[2].split(".") if part.isdigit())
        return SimpleNamespace(
            **vars(described), **place, port_number=ports[-1] if ports else None, port_numbers=ports or None
        )

    def get_configuration_descriptor(self, dev: _Found, config: int) -> SimpleNamespace:
        if config:
            raise IndexError(config)
        return _described(_CONFIGURATION, self._configuration(dev)[0][1])

    def get_interface_descriptor(self, dev: _Found, intf: int, alt: int, config: int) -> SimpleNamespace:
        interfaces = [part for kind, part in self._configuration(dev) if kind == _INTERFACE]
        if alt or config:
            raise IndexError(alt)
        return _described(_INTERFACE, interfaces[intf])

    def get_endpoint_descriptor(
        self, dev: _Found, ep: int, intf: int, alt: int, config: int
    ) -> SimpleNamespace:
        if intf or alt or config:
            raise IndexError(intf)
        endpoints = [part for kind, part in self._configuration(dev) if kind == _ENDPOINT]
        audio_only = {"bRefresh": 0, "bSynchAddress": 0}
        return SimpleNamespace(**vars(_described(_ENDPOINT, endpoints[ep])), **audio_only)

    def set_configuration(self, dev_handle: _Attached, config_value: int) -> None:
        self.ctrl_transfer(dev_handle, _OUT_OF_HOST, _SET_CONFIGURATION, config_value, 0, b"", 1000)
        dev_handle.configuration = config_value

    def get_configuration(self, dev_handle: _Attached) -> int:
        return dev_handle.configuration

    def claim_interface(self, dev_handle: _Attached, intf: int) -> None:
        """Nobody else can have it: a server gives a device to one host."""

    def release_interface(self, dev_handle: _Attached, intf: int) -> None:
        """See :meth:`claim_interface`."""

    def is_kernel_driver_active(self, *_: object) -> bool:
        return False  # no kernel is asked

    def ctrl_transfer(
        self,
        dev_handle: _Attached,
        bmRequestType: int,  # noqa: N803 -- pyusb's names
        bRequest: int,  # noqa: N803
        wValue: int,  # noqa: N803
        wIndex: int,  # noqa: N803
        data: Any,
        timeout: int,
    ) -> int:
        setup = struct.pack("<BBHHH", bmRequestType, bRequest, wValue, wIndex, len(data))
        if bmRequestType & _INTO_HOST:
            return _into(data, self._transfer(dev_handle, 0, len(data), timeout, setup=setup))
        self._transfer(dev_handle, 0, bytes(data), timeout, setup=setup)
        return len(data)

    def bulk_write(self, dev_handle: _Attached, ep: int, _intf: int, data: Any, timeout: int) -> int:
        self._transfer(dev_handle, ep & 0x0F, bytes(data), timeout)
        return len(data)

    def bulk_read(self, dev_handle: _Attached, ep: int, _intf: int, buff: Any, timeout: int) -> int:
        return _into(buff, self._transfer(dev_handle, ep & 0x0F, len(buff), timeout))

    def _transfer(
        self,
        attached: _Attached,
        endpoint: int,
        moved: int | bytes,
        timeout_ms: int,
        *,
        setup: bytes = bytes(8),
    ) -> bytes:
        """Moves bytes out, or as many as ``moved`` in; returns what came."""
        attached.sequence += 1
        outgoing = moved if isinstance(moved, bytes) else b""
        length = moved if isinstance(moved, int) else len(moved)
        submit = Submit(attached.sequence, isinstance(moved, int), endpoint, length, setup)
        try:
            attached.line.sendall(usbip.encode(submit) + outgoing)
            if not select.select([attached.line], [], [], timeout_ms / 1000 if timeout_ms else None)[0]:
                attached.sequence += 1
                attached.line.sendall(usbip.encode(Unlink(attached.sequence, submit.sequence)))
            return self._returned(attached, submit)
        except usb.core.USBError:
            raise
        except OSError as loss:
            raise _gone() from loss

    def _returned(self, attached: _Attached, submit: Submit) -> bytes:
        message = usbip.decode(_exactly(attached.line, usbip.MESSAGE_BYTES))
        if isinstance(message, Unlinked):
            raise usb.core.USBTimeoutError("no answer in time", errno=errno.ETIMEDOUT)
        if not isinstance(message, Returned) or message.sequence != submit.sequence:
            raise _gone()
        content = _exactly(attached.line, message.length) if submit.into_host else b""
        if attached.sequence != submit.sequence:  # it came while it was being unwanted
            _exactly(attached.line, usbip.MESSAGE_BYTES)
        if message.status:
            raise usb.core.USBError("the transfer failed", errno=-message.status)
        return content

    def _descriptor(self, dev: _Found, kind: int, length: int) -> bytes:
        known = dev.descriptors.get(kind)
        if known is None:
            attached = dev.attached
            is_ours = attached is None or attached.line.fileno() < 0
            if attached is None or is_ours:
                attached = self.open_device(dev)
            try:
                buffer = array.array("B", bytes(length))
                came = self.ctrl_transfer(
                    attached,
                    _INTO_HOST,
                    _GET_DESCRIPTOR,
                    kind << 8,
                    0,
                    buffer,
                    round(_ANSWERS_WITHIN_S * 1000),
                )
            finally:
                if is_ours:
                    attached.close()
            known = dev.descriptors[kind] = buffer.tobytes()[:came]
        return known

    def _configuration(self, dev: _Found) -> list[tuple[int, bytes]]:
        """The configuration's descriptor and those that follow it, each with its kind."""
        whole, parts = self._descriptor(dev, _CONFIGURATION, 512), []
        while whole and 0 < whole[0] <= len(whole):
            parts.append((whole[1], whole[: whole[0]]))
            whole = whole[whole[0] :]
        return parts


def _described(kind: int, content: bytes) -> SimpleNamespace:
    form, names = _FORMS[kind]
    try:
        values = form.unpack(content[: form.size])
    except struct.error:
        raise _gone() from None
    return SimpleNamespace(**dict(zip(names, values, strict=True)), extra_descriptors=[])


def _into(buffer: Any, content: bytes) -> int:
    buffer[: len(content)] = array.array("B", content)
    return len(content)


def _exactly(line: socket.socket, count: int) -> bytes:
    content = b""
    while len(content) < count:
        piece = line.recv(count - len(content))
        if not piece:
            raise _gone()
        content += piece
    return content


def _gone() -> usb.core.USBError:
    return usb.core.USBError("the device is gone", errno=errno.ENODEV)
