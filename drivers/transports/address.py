"""Where a device is: one URL for each, as it stands in the settings.

A device is named by what it is (vendor, product, serial number) or by the place where it is plugged in, never
by the number that its port happened to get:

serial:///dev/serial/by-id/usb-Example_Reader_0001-if00-port0?baud=115200
serial:///dev/serial/by-path/pci-0000:00:14.0-usb-0:3:1.0-port0?baud=9600
tcp://192.168.1.40:9100
evdev:///dev/input/by-id/usb-Example_Keypad-event-kbd
usb:///0400:c35a?serial=0001
usb:///0416:5011?place=1-2.3
"""

from __future__ import annotations

import ipaddress
import os
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

DEFAULT_BAUD = 115200
BAUDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600)

_NUMBERED_WHEN_PLUGGED_IN = re.compile(r"/dev/tty(USB|ACM)[0-9]+")
"""The kernel counts USB ports in the order in which it finds them. ``/dev/ttyS0`` is a place on the board."""
_USB_IDS = re.compile(r"/([0-9a-f]{4}):([0-9a-f]{4})")
_NUMBERED_INPUT = re.compile(r"/dev/input/event[0-9]+")


@dataclass(frozen=True, slots=True)
class SerialAddress:
    """A serial port with 8 data bits, no parity and 1 stop bit at ``baud`` bits a second."""

    path: str
    baud: int = DEFAULT_BAUD

    def __str__(self) -> str:
        return f"serial://{self.path}?baud={self.baud}"


@dataclass(frozen=True, slots=True)
class TcpAddress:
    """A listener for TCP connections; ``host`` is a name or an address without brackets."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"tcp://[{self.host}]:{self.port}" if ":" in self.host else f"tcp://{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class EvdevAddress:
    """A device that the kernel takes for a keyboard: a keypad, a headset's plug, a scanner that types."""

    path: str

    def __str__(self) -> str:
        return f"evdev://{self.path}"


@dataclass(frozen=True, slots=True)
class UsbAddress:
    """A USB device for which the kernel makes no port: vendor and product, and which one of them.

    ``place`` is where it is plugged in, as ``1-2.3`` (the kernel's name of the device). ``simulated_bus`` is
    the host and port of a bus that is none (USB/IP); None for the machine's own.
    """

    vendor_id: int
    product_id: int
    serial_number: str = ""
    place: str = ""
    simulated_bus: tuple[str, int] | None = None

    def __str__(self) -> str:
        bus = "{}:{}".format(*self.simulated_bus) if self.simulated_bus else ""
        options = {"serial": self.serial_number, "place": self.place, "bus": bus}
        query = urlencode({name: value for name, value in options.items() if value}, safe=":")
        return f"usb:///{self.vendor_id:04x}:{self.product_id:04x}" + (f"?{query}" if query else "")


Address = SerialAddress | TcpAddress | EvdevAddress | UsbAddress


def parse_address(text: str) -> Address:
    """Reads the address of a device. ``str`` of the result is an address again.

    Raises ``ValueError`` with a message that says what was found and what to write instead.
    """
    try:
        if not text.isprintable():
            raise ValueError("it has control characters")
        parts = urlsplit(text)
        port = parts.port
    except ValueError as mistake:
        raise ValueError(
            f"{text!r} is no address ({mistake}); write serial:///dev/… or tcp://host:port"
        ) from None
    if parts.scheme == "serial":
        return _serial_address(text, parts)
    if parts.scheme == "tcp":
        return _tcp_address(text, parts, port)
    if parts.scheme == "evdev":
        return _evdev_address(text, parts)
    if parts.scheme == "usb":
        return _usb_address(text, parts)
    raise ValueError(f"{text!r} is no address of a device; write serial:///dev/… or tcp://host:port")


def parse_evdev_address(text: str) -> EvdevAddress:
    """Reads the address of a device that the kernel takes for a keyboard, and of nothing else.

    Raises ``ValueError`` as :func:`parse_address` does.
    """
    match parse_address(text):
        case EvdevAddress() as address:
            return address
        case _:
            raise ValueError(f"{text!r} is no input device; write evdev:///dev/input/by-id/…")


def is_simulated(address: Address) -> bool:
    """Whether the device at ``address`` can only be a simulated one.

    That is so for a pseudo-terminal, for a path outside of ``/dev`` (where simulators put their links, which
    stay simulated while they are unplugged), and for a host that is this machine.
    """
    if isinstance(address, TcpAddress):
        return _is_this_machine(address.host)
    if isinstance(address, UsbAddress):
        return address.simulated_bus is not None
    real_path = os.path.realpath(address.path)
    return any(_is_no_hardware(path) for path in (address.path, real_path))


def _serial_address(text: str, parts: SplitResult) -> SerialAddress:
    example = "write for example serial:///dev/serial/by-id/…?baud=115200"
    if parts.netloc or not parts.path.startswith("/") or parts.path == "/" or parts.fragment:
        raise ValueError(
            f"{text!r} names no serial port: three slashes and a whole path are needed; {example}"
        )
    if _NUMBERED_WHEN_PLUGGED_IN.fullmatch(parts.path):
        raise ValueError(
            f"{text!r} is the port's number, which is another one tomorrow; write its name under "
            "/dev/serial/by-id or /dev/serial/by-path, which `python -m drivers.list` shows"
        )
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    baud_text = options.pop("baud", str(DEFAULT_BAUD))
    if options:
        raise ValueError(f"{text!r} has an unknown option {min(options)!r}; only baud is known; {example}")
    if baud_text not in map(str, BAUDS):
        raise ValueError(f"{text!r} has no usable baud {baud_text!r}; one of {', '.join(map(str, BAUDS))}")
    return SerialAddress(parts.path, int(baud_text))


def _tcp_address(text: str, parts: SplitResult, port: int | None) -> TcpAddress:
    extras = (parts.path, parts.query, parts.fragment, parts.username, parts.password)
    if not parts.hostname or not port or any(extras):
        raise ValueError(
            f"{text!r} needs a host and a port and nothing else; write for example tcp://192.168.1.40:9100"
        )
    return TcpAddress(parts.hostname, port)


def _evdev_address(text: str, parts: SplitResult) -> EvdevAddress:
    if parts.netloc or not parts.path.startswith("/") or parts.path == "/" or parts.query or parts.fragment:
        raise ValueError(f"{text!r} names no input device; write evdev:///dev/input/by-id/…")
    if _NUMBERED_INPUT.fullmatch(parts.path):
        raise ValueError(
            f"{text!r} names an input device by a number that changes; write evdev:///dev/input/by-id/… "
            "or evdev:///dev/input/by-path/…"
        )
    return EvdevAddress(parts.path)


def _usb_address(text: str, parts: SplitResult) -> UsbAddress:
    example = "write for example usb:///0400:c35a?serial=0001"
    ids = _USB_IDS.fullmatch(parts.path)
    if parts.netloc or ids is None or parts.fragment:
        raise ValueError(f"{text!r} needs three slashes, a vendor and a product in hexadecimal; {example}")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    serial_number, place, bus = (options.pop(name, "") for name in ("serial", "place", "bus"))
    host, _, port = bus.partition(":")
    if options or (bus and not (_is_this_machine(host) and port.isascii() and port.isdigit())):
        known = "only serial, place and bus (of a simulator on this machine) are known"
        raise ValueError(f"{text!r} has an option that cannot be used; {known}; {example}")
    if not serial_number and not place:
        raise ValueError(
            f"{text!r} does not say which one: add its serial number or the place where it is plugged in, "
            f"which `python -m drivers.list` shows; {example}"
        )
    vendor_id, product_id = (int(number, 16) for number in ids.groups())
    return UsbAddress(vendor_id, product_id, serial_number, place, (host, int(port)) if bus else None)


def _is_this_machine(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_no_hardware(path: str) -> bool:
    return path.startswith(("/dev/pts/", "/dev/shm/")) or not path.startswith("/dev/")  # noqa: S108
