"""A tree of ``/sys`` and ``/dev`` as a kernel and udev would make it, for devices that nobody has."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class MadeUpMachine:
    """Its root, and a hand that plugs things in."""

    root: Path
    _events: int = field(default=0)

    def plug_in(
        self,
        place: str,
        ids: str,
        *,
        maker: str = "",
        product: str = "",
        serial: str = "",
        interface_class: str = "ff",
    ) -> Path:
        """A USB device; returns the folder of its interface, from which a port hangs."""
        vendor_id, product_id = ids.split(":")
        device = self.root / "sys/devices/pci0000:00/0000:00:14.0/usb1" / place
        said = {"manufacturer": maker, "product": product, "serial": serial}
        for name, value in {"idVendor": vendor_id, "idProduct": product_id, **said}.items():
            if value:
                self._write(device / name, value)
        interface = device / f"{place}:1.0"
        self._write(interface / "bInterfaceClass", interface_class)
        for made in (device, interface):
            self._link(self.root / "sys/bus/usb/devices" / made.name, made)
        return interface

    def serial_port(self, interface: Path, name: str, *, by_id: str = "", by_path: str = "") -> None:
        """A serial port on an interface, with the names that udev gives it."""
        port = interface / name / "tty" / name
        port.mkdir(parents=True)
        self._link(port / "device", interface / name)
        self._write(self.root / "dev" / name, "")
        self._link(self.root / "sys/class/tty" / name, port)
        self._names("serial", name, by_id, by_path)

    def camera(self, interface: Path, name: str, title: str, *, index: int = 0, by_path: str = "") -> None:
        node = interface / "video4linux" / name
        self._write(node / "name", title)
        self._write(node / "index", str(index))
        self._write(self.root / "dev" / name, "")
        self._link(self.root / "sys/class/video4linux" / name, node)
        self._names("v4l", name, "", by_path)

    def keys(self, interface: Path, title: str, *, keys: str = "ffffffff") -> None:
        """A device with keys."""
        name = f"event{self._events}"
        self._events += 1
        node = interface / "input/input5" / name
        node.mkdir(parents=True)
        self._write(interface / "input/input5/name", title)
        self._write(interface / "input/input5/capabilities/key", keys)
        self._link(node / "device", interface / "input/input5")
        self._link(self.root / "sys/class/input" / name, node)

    def sound_card(self, interface: Path, number: int, card_id: str, *, plays: bool = True) -> None:
        card = interface / f"sound/card{number}"
        self._write(card / "id", card_id)
        (card / f"pcmC{number}D0{'p' if plays else 'c'}").mkdir()
        self._link(self.root / f"sys/class/sound/card{number}", card)

    def board_port(self, name: str, *, fitted: bool) -> None:
        """A port on the board; the kernel has names for those that nobody soldered, too."""
        node = self.root / "sys/devices/platform/serial8250/tty" / name
        self._write(node / "type", "4" if fitted else "0")
        self._link(node / "device", self.root / "sys/devices/platform/serial8250")
        self._link(self.root / "sys/class/tty" / name, node)

    def settings(self, devices: str) -> None:
        self._write(self.root / "etc/dianxiaoer/terminal.toml", f"[devices]\n{devices}\n")

    def queue(self, name: str, uri: str) -> None:
        file = self.root / "etc/cups/printers.conf"
        before = file.read_text() if file.exists() else ""
        self._write(file, f"{before}<Printer {name}>\nInfo A4\nDeviceURI {uri}\n</Printer>\n")

    def _names(self, folder: str, node: str, by_id: str, by_path: str) -> None:
        for kind, name in (("by-id", by_id), ("by-path", by_path)):
            if name:
                link = self.root / "dev" / folder / kind / name
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(f"../../{node}")

    def _write(self, file: Path, content: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content + "\n")

    def _link(self, link: Path, target: Path) -> None:
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(target)
