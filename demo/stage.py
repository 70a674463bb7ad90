"""The four visits of the demo, in a hall that is set up for them, and their account."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

from demo.account import Account
from demo.hall import WELL_FITTED, Hall
from demo.parts import Part, Parts

_DELIVERED_S = 30.0
_CLIPS = Path(__file__).parents[1] / "province_platform" / "reference_clips"


class Stage:
    """Everything of one run, in the folder ``out``. ``say`` tells what is being done, in plain words."""

    def __init__(self, parts: Parts, out: Path, *, shown: bool, say: Callable[[str], None]) -> None:
        self._parts = parts
        self._hall = Hall(parts, out, WELL_FITTED)
        self._out = out
        self._shown = shown
        self._say = say
        self._pictures = out / "screens"
        self._terminal: Part | None = None

    def set(self) -> None:
        """Starts everything and waits until the terminal shows its first screen."""
        self._pictures.mkdir()
        self._say("1/6 省平台（参考实现）正在启动 … the reference province platform")
        self._hall.start_platform()
        self._hall.publish_clips(_CLIPS)
        self._say("2/6 模拟设备正在启动 … simulated card reader, scanner and printer")
        self._hall.start_devices("--real-speed")
        self._say("3/6 技术员登记终端 … the technician provisions the terminal")
        self._hall.provision({"reporting": {"heartbeat_s": 5}})
        self._say(self._hall.check())
        self._say("4/6 终端正在启动 … the terminal")
        self._terminal = self._hall.start_terminal(*(["--windowed"] if self._shown else []))

    def play_with_person(self) -> int:
        """You are the citizen, until the window is closed or the terminal is ended."""
        self._say("您就是群众。关掉窗口即结束。 You are the citizen; close the window to end.")
        self._say(f"证件、手机码和小票在这里操作 cards, codes, slips and faults: {self._hall.panel_url}")
        return self._terminal.wait() if self._terminal is not None else 1

    def play(self, pace_s: float) -> list[str]:
        """The four visits; returns what was not as it should be, empty when all was."""
        console = self._hall.console
        account = Account(self._out, self._hall, self._parts)
        self._say("5/6 群众来办事 … the citizen")
        self._visit(account, "pension_by_card", pace_s)
        self._visit(account, "permit_by_code", pace_s, code=console.make_code("ouyang-yi"))
        self._visit(account, "allowance_online", pace_s)
        account.wait_until_delivered(_DELIVERED_S)
        self._say("    省平台断开 … the platform goes away")
        console.set_fault(refuse=True)
        self._visit(account, "allowance_offline", pace_s)
        account.note_offline_queue()
        self._say("    省平台恢复 … and comes back")
        console.set_fault(refuse=False)
        account.wait_until_delivered(_DELIVERED_S)
        self._say("6/6 核对 … counting")
        return account.close()

    def _visit(self, account: Account, name: str, pace_s: float, code: str = "") -> None:
        started_s = time.monotonic()
        printed = self._parts.run(
            "demo.citizen", name,
            "--screen", str(self._hall.screen_socket),
            "--devices", str(self._hall.device_orders),
            "--pictures", str(self._pictures),
            "--code", code, "--pace-s", str(pace_s),
            timeout_s=300.0,
        )  # fmt: skip
        account.note_screens(json.loads(printed))
        self._say(f"    ✓ {name} ({time.monotonic() - started_s:.1f} s)")
