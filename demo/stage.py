"""Setting the stage: platform, devices, an enrolled terminal; then the four visits and their account."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

from demo.account import Account
from demo.parts import Part, Parts
from demo.province import Console

SITE = "WH-WC-001"
TERMINAL_NAME = "演示一号机"
_PART_READY_S = 30.0
_DELIVERED_S = 30.0


class Stage:
    """Everything of one run, in the folder ``out``. ``say`` tells what is being done, in plain words."""

    def __init__(self, parts: Parts, out: Path, *, shown: bool, say: Callable[[str], None]) -> None:
        self._parts = parts
        self._out = out
        self._shown = shown
        self._say = say
        self._terminal_root = out / "terminal"
        self._screen_socket = out / "screen.sock"
        self._devices = out / "devices"
        self._pictures = out / "screens"
        self._terminal: Part | None = None
        self._console: Console | None = None

    def set(self) -> None:
        """Starts everything and waits until the terminal shows its first screen."""
        self._pictures.mkdir()
        self._start_platform()
        self._start_devices()
        self._provision()
        self._start_terminal()

    @property
    def console(self) -> Console:
        """The platform's console; there once the platform is."""
        if self._console is None:
            raise RuntimeError("the platform has not been started")
        return self._console

    def _start_platform(self) -> None:
        self._say("1/6 省平台（参考实现）正在启动 … the reference province platform")
        root = self._out / "platform"
        platform = self._parts.start("platform", "province_platform", "serve", "--root", str(root))
        platform.wait_until((root / "platform.json").exists, _PART_READY_S)
        where = json.loads((root / "platform.json").read_text(encoding="utf-8"))
        self._platform_url = where["terminal_url"]
        self._console = Console(where["console_url"])

    def _start_devices(self) -> None:
        self._say("2/6 模拟设备正在启动 … simulated card reader, scanner and printer")
        self._devices.mkdir()
        testbed = self._parts.start(
            "devices", "drivers.testbed", "--folder", str(self._devices), "--real-speed"
        )
        addresses = self._devices / "addresses.json"
        testbed.wait_until(addresses.exists, _PART_READY_S)
        self._addresses: dict[str, str] = json.loads(addresses.read_text(encoding="utf-8"))

    def _provision(self) -> None:
        self._say("3/6 技术员登记终端 … the technician provisions the terminal")
        settings = self._terminal_root / "etc" / "dianxiaoer" / "terminal.toml"
        settings.parent.mkdir(parents=True)
        devices = "".join(f'{name} = "{address}"\n' for name, address in self._addresses.items())
        settings.write_text(
            f'[platform]\nurl = "{self._platform_url}"\n\n[devices]\n{devices}\n'
            f'[reporting]\nheartbeat_s = 5\n\n[machine]\nmodel = "demonstration"\nserial_number = "DEMO-1"\n',
            encoding="utf-8",
        )
        root = str(self._terminal_root)
        code = self._parts.run(
            "province_platform", "enrolment-code",
            "--root", str(self._out / "platform"), "--site", SITE, "--name", TERMINAL_NAME,
        ).strip()  # fmt: skip
        self._parts.run("provisioning", "enrol", "--root", root, "--code", code)
        self._parts.run(
            "provisioning", "site", "--root", root,
            "--longitude", "114.3161", "--latitude", "30.5539", "--crs", "CGCS2000",
            "--source", "surveyed", "--spot", "一楼东侧24小时自助区",
        )  # fmt: skip
        self._say(self._parts.run("provisioning", "check", "--root", root).rstrip())

    def _start_terminal(self) -> None:
        self._say("4/6 终端正在启动 … the terminal")
        window = ["--windowed"] if self._shown else []
        self._terminal = self._parts.start(
            "terminal", "kiosk_app", "--root", str(self._terminal_root),
            "run", "--remote-socket", str(self._screen_socket), *window,
        )  # fmt: skip
        self._terminal.wait_until(self._screen_socket.exists, _PART_READY_S)

    def play_with_person(self) -> int:
        """You are the citizen, until the window is closed or the terminal is ended."""
        self._say("您就是群众。关掉窗口即结束。 You are the citizen; close the window to end.")
        self._say(f"证件、手机码和小票在这里操作 cards, codes and slips: {self._devices}/control.sock")
        return self._terminal.wait() if self._terminal is not None else 1

    def play(self, pace_s: float) -> list[str]:
        """The four visits; returns what was not as it should be, empty when all was."""
        account = Account(self._out, self._terminal_root, self._devices, self.console, self._parts)
        self._say("5/6 群众来办事 … the citizen")
        self._visit(account, "pension_by_card", pace_s)
        self._visit(account, "permit_by_code", pace_s, code=self.console.make_code("ouyang-yi"))
        self._visit(account, "allowance_online", pace_s)
        account.wait_until_delivered(_DELIVERED_S)
        self._say("    省平台断开 … the platform goes away")
        self.console.set_fault("refuse", on=True)
        self._visit(account, "allowance_offline", pace_s)
        account.note_offline_queue()
        self._say("    省平台恢复 … and comes back")
        self.console.set_fault("refuse", on=False)
        account.wait_until_delivered(_DELIVERED_S)
        self._say("6/6 核对 … counting")
        return account.close()

    def _visit(self, account: Account, name: str, pace_s: float, code: str = "") -> None:
        started_s = time.monotonic()
        printed = self._parts.run(
            "demo.citizen", name,
            "--screen", str(self._screen_socket),
            "--devices", str(self._devices / "control.sock"),
            "--pictures", str(self._pictures),
            "--code", code, "--pace-s", str(pace_s),
            timeout_s=300.0,
        )  # fmt: skip
        account.note_screens(json.loads(printed))
        self._say(f"    ✓ {name} ({time.monotonic() - started_s:.1f} s)")
