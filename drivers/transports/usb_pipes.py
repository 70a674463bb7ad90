"""A USB device by its bulk endpoints, through libusb: for devices of which the kernel makes no port.

The device is found by vendor, product and serial number or place at each opening, taken from a driver of the
kernel that may have it, claimed, and given back. Every transfer has a limit: libusb takes 0 for none, and so
does no call here.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import usb.backend.libusb1
import usb.core
import usb.util

from drivers.transports.address import UsbAddress
from drivers.transports.transport import DeviceLostError, drain, reason
from drivers.transports.usbip_bus import UsbIpBus
from drivers.vocabulary import DeviceState
from foundation.clock import Clock

_CHUNK_BYTES = 4096
_LEAST_LIMIT_MS = 1
_GONE = frozenset({errno.ENODEV, errno.ENOENT, errno.ENXIO})


class UsbPipes:
    """A :class:`Transport` over the first interface's first pair of bulk endpoints."""

    def __init__(self, address: UsbAddress, clock: Clock) -> None:
        self._address = address
        self._clock = clock
        self._device: Any = None
        self._into: list[Any] = []
        self._out: list[Any] = []

    def open(self) -> None:
        self.close()
        with self._loss_is_one_error("open"):
            device = self._find()
            if device is None:
                raise DeviceLostError(f"no device is at {self._address}", DeviceState.NO_DEVICE)
            self._device = device
            with suppress(NotImplementedError):
                if device.is_kernel_driver_active(0):
                    device.detach_kernel_driver(0)
            device.set_configuration()
            interface = device.get_active_configuration()[(0, 0)]
            usb.util.claim_interface(device, interface)
            bulk = [each for each in interface if _is_bulk(each)]
            self._into = [each for each in bulk if _is_in(each)]
            self._out = [each for each in bulk if not _is_in(each)]
            if not self._into or not self._out:
                raise DeviceLostError(f"{self._address} has no pair of bulk endpoints")
        self.drain_input()

    def close(self) -> None:
        device, self._device = self._device, None
        if device is not None:
            with suppress(usb.core.USBError):
                usb.util.dispose_resources(device)

    def read_some(self, deadline_s: float) -> bytes:
        return self.read_pipe(0, deadline_s)

    def write_all(self, data: bytes, deadline_s: float) -> None:
        self.write_pipe(0, data, deadline_s)

    def drain_input(self) -> int:
        return drain(self.read_some)

    def read_pipe(self, number: int, deadline_s: float, count: int = _CHUNK_BYTES) -> bytes:
        """At most ``count`` bytes of the endpoint into the host with this number; none at the deadline."""
        self._require_open()
        with self._loss_is_one_error("read"):
            try:
                return bytes(self._into[number].read(count, self._limit_ms(deadline_s)))
            except usb.core.USBTimeoutError:
                return b""

    def write_pipe(self, number: int, data: bytes, deadline_s: float) -> None:
        """All of ``data`` to the endpoint out of the host with this number."""
        self._require_open()
        with self._loss_is_one_error("write"):
            taken = self._out[number].write(data, self._limit_ms(deadline_s))
            if taken != len(data):
                raise DeviceLostError(f"{self._address} took no bytes in time")

    def _find(self) -> Any:
        address = self._address
        backend = (
            UsbIpBus(*address.simulated_bus) if address.simulated_bus else usb.backend.libusb1.get_backend()
        )
        if backend is None:
            raise DeviceLostError("libusb is not installed")
        found = usb.core.find(
            find_all=True, backend=backend, idVendor=address.vendor_id, idProduct=address.product_id
        )
        return next((device for device in found if self._is_meant(device)), None)

    def _is_meant(self, device: Any) -> bool:
        place = f"{device.bus}-{'.'.join(map(str, device.port_numbers or ()))}"
        if self._address.place and self._address.place != place:
            return False
        if not self._address.serial_number:
            return True
        try:
            return bool(device.serial_number == self._address.serial_number)
        except ValueError:  # one of the same kind that may not be asked, or has none
            return False

    def _limit_ms(self, deadline_s: float) -> int:
        remaining_s = deadline_s - self._clock.monotonic_s()
        return max(_LEAST_LIMIT_MS, round(remaining_s * 1000)) if remaining_s > 0 else _LEAST_LIMIT_MS

    def _require_open(self) -> None:
        if self._device is None:
            raise DeviceLostError(f"{self._address} is not open")

    @contextmanager
    def _loss_is_one_error(self, action: str) -> Iterator[None]:
        try:
            yield
        except usb.core.USBError as loss:  # an OSError of pyusb's own
            gone = loss.errno in _GONE
            state = DeviceState.NO_DEVICE if gone else DeviceState.OFFLINE
            raise DeviceLostError(f"{self._address}: {action} failed ({reason(loss)})", state) from None
        except NotImplementedError as loss:
            raise DeviceLostError(f"{self._address}: {action} failed ({type(loss).__name__})") from None


def _is_bulk(endpoint: Any) -> bool:
    return bool(usb.util.endpoint_type(endpoint.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK)


def _is_in(endpoint: Any) -> bool:
    return bool(usb.util.endpoint_direction(endpoint.bEndpointAddress) == usb.util.ENDPOINT_IN)
