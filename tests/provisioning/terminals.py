"""A machine to be provisioned, and the tool as a technician uses it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kiosk_app.config import TerminalPaths
from province_platform.server import PlatformServer
from provisioning.__main__ import run_verb

SITE = "WH-WC-001"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a verb ended. ``lines`` is what it said, by subject."""

    exit_code: int
    lines: dict[str, dict[str, str]]


@dataclass(slots=True)
class Machine:
    root: Path
    capture: pytest.CaptureFixture[str]

    @property
    def paths(self) -> TerminalPaths:
        return TerminalPaths(self.root)

    def configure(self, url: str, more: str = "") -> None:
        self.paths.settings.parent.mkdir(parents=True, exist_ok=True)
        self.paths.settings.write_text(f'[platform]\nurl = "{url}"\n{more}', encoding="utf-8")

    def provision(self, *arguments: str) -> Ended:
        exit_code = run_verb([*arguments, "--root", str(self.root), "--json"])
        said: dict[str, Any] = json.loads(self.capture.readouterr().out)
        assert said["exit_code"] == exit_code
        assert said["verb"] == arguments[0]
        return Ended(exit_code, {line["subject"]: line for line in said["lines"]})

    def enrol(self, platform: PlatformServer, *more: str, name: str = "大厅1号机") -> Ended:
        self.configure(platform.terminal_url)
        return self.provision("enrol", "--code", platform.make_enrolment_code(SITE, name), *more)

    def files(self) -> dict[str, bytes]:
        return {
            str(file.relative_to(self.root)): file.read_bytes()
            for file in self.root.rglob("*")
            if file.is_file() and file != self.paths.settings
        }
