"""A hall: the reference platform, the simulated devices and one terminal, each a process of its own.

Everything goes through the doors that the real ones have: the platform's console, the technician's tool, the
terminal's command line. Nothing here imports the terminal or the platform.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from demo.parts import Part, Parts
from demo.province import Console

SITE = "WH-WC-001"
FITTED = ("id_card_reader", "qr_scanner", "receipt_printer")
"""What every terminal has, by the names of the settings."""
WELL_FITTED = (*FITTED, "document_printer", "camera", "keypad", "loudspeaker", "headset", "cabinet", "gnss")
"""Everything that the testbed simulates without a card service of its own."""
TERMINAL_NAME = "演示一号机"
PORTRAIT = (1080, 1920)
_READY_S = 60.0

Settings = Mapping[str, Mapping[str, str | int]]
"""Sections of the terminal's settings file."""


def offscreen(folder: Path, size: tuple[int, int] = PORTRAIT) -> dict[str, str]:
    """The environment for a screen in memory: Qt's offscreen platform reads it from a file in ``folder``."""
    width, height = size
    screen = {"name": "portrait", "x": 0, "y": 0, "width": width, "height": height}
    dots = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    file = folder / "screen.json"
    file.write_text(json.dumps({"screens": [screen | dots]}), encoding="ascii")
    return {"QT_QPA_PLATFORM": f"offscreen:configfile={file}", "QT_QUICK_BACKEND": "software"}


class Hall:
    """Starts its parts one by one, in the order of the methods; ``parts`` ends them.

    ``fitted`` are the simulated devices that the terminal is given, by the names of its settings.
    """

    def __init__(self, parts: Parts, folder: Path, fitted: Sequence[str] = FITTED) -> None:
        self._parts = parts
        self._fitted = tuple(fitted)
        self.folder = folder
        self.platform_root = folder / "platform"
        self.terminal_root = folder / "terminal"
        self.devices = folder / "devices"
        self.screen_socket = folder / "screen.sock"
        self._addresses: dict[str, str] = {}
        self.platform_url = ""
        self._console: Console | None = None

    @property
    def console(self) -> Console:
        """The platform's console; there once the platform is."""
        if self._console is None:
            raise RuntimeError("the platform has not been started")
        return self._console

    @property
    def device_orders(self) -> Path:
        """The socket on which the simulated devices take orders."""
        return self.devices / "control.sock"

    @property
    def panel_url(self) -> str:
        """The page on which a person handles the simulated devices; there once these are."""
        where = json.loads((self.devices / "panel.json").read_text(encoding="utf-8"))
        return str(where["url"])

    def start_platform(self, *options: str) -> None:
        """Starts the platform and waits until it listens."""
        platform = self._parts.start(
            "platform", "province_platform", "serve", "--root", str(self.platform_root), *options
        )
        platform.wait_until((self.platform_root / "platform.json").exists, _READY_S)
        where = json.loads((self.platform_root / "platform.json").read_text(encoding="utf-8"))
        self.platform_url = where["terminal_url"]
        self._console = Console(where["console_url"])

    def publish_clips(self, folder: Path) -> None:
        """Publishes the clips of signing of a folder."""
        self._parts.run("province_platform", "publish-clips", "--root", str(self.platform_root), str(folder))

    def join(self, other: Hall) -> None:
        """Instead of a platform of its own: that of ``other``, to which its terminal is a further one."""
        self.platform_url, self._console = other.platform_url, other.console

    def start_devices(self, *options: str) -> None:
        """Starts the simulated devices and waits until they are there."""
        self.devices.mkdir()
        testbed = self._parts.start("devices", "drivers.testbed", "--folder", str(self.devices), *options)
        addresses = self.devices / "addresses.json"
        testbed.wait_until(addresses.exists, _READY_S)
        found = json.loads(addresses.read_text(encoding="utf-8"))
        self._addresses = {name: found[name] for name in self._fitted}

    def provision(self, settings: Settings | None = None) -> None:
        """Writes the terminal's settings, enrols it with a code of the platform, and says where it stands.

        ``settings`` are sections beside platform and devices, or additions to these. Unless they say how,
        nothing restarts the machine.
        """
        sections: dict[str, Mapping[str, str | int]] = {
            "platform": {"url": self.platform_url},
            "devices": self._addresses,
            "machine": {"model": "demonstration", "serial_number": "DEMO-1", "restart_command": ""},
        }
        for name, options in (settings or {}).items():
            sections[name] = {**sections.get(name, {}), **options}
        file = self.terminal_root / "etc" / "dianxiaoer" / "terminal.toml"
        file.parent.mkdir(parents=True)
        file.write_text("\n".join(_section(name, options) for name, options in sections.items()), "utf-8")
        root = ("--root", str(self.terminal_root))
        code = self.console.make_enrolment_code(SITE, TERMINAL_NAME)
        self._parts.run("provisioning", "enrol", *root, "--code", code)
        self._parts.run(
            "provisioning", "site", *root,
            "--longitude", "114.3161", "--latitude", "30.5539", "--crs", "CGCS2000",
            "--source", "surveyed", "--spot", "一楼东侧24小时自助区",
        )  # fmt: skip

    def check(self) -> str:
        """What the technician's tool says of the terminal."""
        return self._parts.run("provisioning", "check", "--root", str(self.terminal_root)).rstrip()

    def start_terminal(self, *options: str, module: str = "kiosk_app") -> Part:
        """Starts the terminal and waits until its screen can be used."""
        terminal = self._parts.start(
            "terminal", module, "--root", str(self.terminal_root),
            "run", "--remote-socket", str(self.screen_socket), *options,
        )  # fmt: skip
        terminal.wait_until(self.screen_socket.exists, _READY_S)
        return terminal


def _section(name: str, options: Mapping[str, str | int]) -> str:
    """A table of TOML; its basic strings and whole numbers are written as in JSON."""
    lines = [f"{option} = {json.dumps(value, ensure_ascii=False)}" for option, value in options.items()]
    return "\n".join([f"[{name}]", *lines, ""])
