"""Finding whatever may be a device of the terminal: files under ``/sys`` and ``/dev`` are looked at, no more.

Nothing is opened or asked, so that looking disturbs no device that works. Source: the kernel's
Documentation/ABI (sysfs-bus-usb, sysfs-class-tty, sysfs-class-input) and the names that udev's rules give.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

_USB_INTERFACE = re.compile(r"[0-9]+-[0-9.]+:[0-9]+\.[0-9]+")
_CARD, _PLAYS = re.compile(r"card[0-9]+"), re.compile(r"pcmC[0-9]+D[0-9]+p")
_PRINTER_CLASS, _SMART_CARD_CLASS, _HID_CLASS, _HUB_CLASS = "07", "0b", "03", "09"


class Port(Enum):
    """How a candidate is reached."""

    SERIAL = "serial"
    VIDEO = "video"
    INPUT = "input"
    SOUND = "sound"
    """A sound card that plays; its lasting name is an address of ALSA."""
    USB_PRINTER = "usb_printer"
    SMART_CARD = "smart_card"
    PRINT_QUEUE = "print_queue"
    USB = "usb"
    """A USB device for which the kernel made no port at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsbIdentity:
    """What a USB device says of itself, and the place where it is plugged in (``1-2.3``)."""

    vendor_id: str
    product_id: str
    manufacturer: str = ""
    product: str = ""
    serial_number: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Something that may be a device. ``names`` are lasting paths to it, the best first.

    A name by identity (vendor, product, serial number) comes before one by place; ``node`` is the name that
    changes from start to start.
    """

    port: Port
    node: str
    names: tuple[str, ...] = ()
    description: str = ""
    usb: UsbIdentity | None = None


def find_candidates(root: Path) -> list[Candidate]:
    """Everything under ``root``, ``/`` for this machine; sorted, so that two looks can be compared."""
    found = [
        *_serial_ports(root),
        *_cameras(root),
        *_keyboards(root),
        *_sound_cards(root),
        *_print_queues(root),
    ]
    found += _other_usb_devices(root, {candidate.usb.place for candidate in found if candidate.usb})
    return sorted(found, key=lambda candidate: (list(Port).index(candidate.port), candidate.node))


def _serial_ports(root: Path) -> list[Candidate]:
    found = []
    for entry in _entries(root / "sys/class/tty"):
        if not (entry / "device").exists():
            continue  # a console or a pseudo-terminal
        if _read(entry / "type") == "0":
            continue  # a place on the board where no port was ever soldered
        names = _lasting_names(root, "dev/serial", entry.name)
        found.append(_candidate(root, Port.SERIAL, entry, f"/dev/{entry.name}", names))
    return found


def _cameras(root: Path) -> list[Candidate]:
    return [
        _candidate(
            root,
            Port.VIDEO,
            entry,
            f"/dev/{entry.name}",
            _lasting_names(root, "dev/v4l", entry.name),
            _read(entry / "name"),
        )
        for entry in _entries(root / "sys/class/video4linux")
        if _read(entry / "index") in ("", "0")  # the others give out data about pictures, not pictures
    ]


def _keyboards(root: Path) -> list[Candidate]:
    found = []
    for entry in _entries(root / "sys/class/input"):
        keys = _read(entry / "device/capabilities/key")
        if entry.name.startswith("event") and keys not in ("", "0"):
            names = _lasting_names(root, "dev/input", entry.name)
            description = _read(entry / "device/name")
            found.append(_candidate(root, Port.INPUT, entry, f"/dev/input/{entry.name}", names, description))
    return found


def _sound_cards(root: Path) -> list[Candidate]:
    """Cards with a device that plays (``pcmC0D0p``); ALSA's id of a card stays when its number changes."""
    return [
        _candidate(
            root,
            Port.SOUND,
            entry,
            f"/dev/snd/controlC{entry.name.removeprefix('card')}",
            (f"alsa://plughw:CARD={_read(entry / 'id')}",),
            _read(entry / "id"),
        )
        for entry in _entries(root / "sys/class/sound")
        if _CARD.fullmatch(entry.name) and any(_PLAYS.fullmatch(part.name) for part in _entries(entry))
    ]


def _print_queues(root: Path) -> list[Candidate]:
    """The queues of CUPS, as its own file lists them; none when it cannot be read."""
    found, name = [], ""
    for line in _read(root / "etc/cups/printers.conf").splitlines():
        word, _, rest = line.strip().partition(" ")
        if word in ("<Printer", "<DefaultPrinter"):
            name = rest.rstrip(">").strip()
        elif word == "DeviceURI" and name:
            found.append(Candidate(port=Port.PRINT_QUEUE, node=name, description=_without_user(rest.strip())))
    return found


def _other_usb_devices(root: Path, known_places: set[str]) -> list[Candidate]:
    found = []
    for entry in _entries(root / "sys/bus/usb/devices"):
        identity = None if _USB_INTERFACE.fullmatch(entry.name) else _usb_identity(root, entry.resolve())
        classes = _interface_classes(entry.resolve())
        if identity is None or not classes or identity.place in known_places or _HUB_CLASS in classes:
            continue
        port = Port.USB
        if _SMART_CARD_CLASS in classes:
            port = Port.SMART_CARD
        elif _PRINTER_CLASS in classes:
            port = Port.USB_PRINTER
        elif classes <= {_HID_CLASS, "e0", "08"}:
            continue  # mice, Bluetooth and disks
        found.append(Candidate(port=port, node=f"usb {identity.place}", usb=identity))
    return found


def _interface_classes(device: Path) -> set[str]:
    return {
        _read(child / "bInterfaceClass") for child in _entries(device) if _USB_INTERFACE.fullmatch(child.name)
    }


def _candidate(
    root: Path, port: Port, entry: Path, node: str, names: tuple[str, ...], description: str = ""
) -> Candidate:
    usb = _usb_identity(root, entry.resolve())
    return Candidate(port=port, node=node, names=names, description=description, usb=usb)


def _usb_identity(root: Path, device: Path) -> UsbIdentity | None:
    """Of the nearest USB device at or above ``device`` in the tree of the kernel."""
    top = (root / "sys").resolve()
    while device != top and top in device.parents:
        vendor_id = _read(device / "idVendor")
        if vendor_id:
            return UsbIdentity(
                vendor_id=vendor_id,
                product_id=_read(device / "idProduct"),
                manufacturer=_read(device / "manufacturer"),
                product=_read(device / "product"),
                serial_number=_read(device / "serial"),
                place=device.name,
            )
        device = device.parent
    return None


def _lasting_names(root: Path, folder: str, node: str) -> tuple[str, ...]:
    return tuple(
        f"/{folder}/{kind}/{link.name}"
        for kind in ("by-id", "by-path")
        for link in _entries(root / folder / kind)
        if link.is_symlink() and link.readlink().name == node
    )


def _without_user(uri: str) -> str:
    """A queue's address may carry somebody's name and password."""
    return re.sub(r"//[^/@]*@", "//", uri)


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []  # no such class of devices here


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
