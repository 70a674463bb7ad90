"""Only a demonstration lets another process use its screen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kiosk_app.config import TerminalPaths

SETTINGS = """
[platform]
url = "https://127.0.0.1:1"
[devices]
id_card_reader = "serial:///dev/serial/by-id/usb-READER?baud=115200"
"""


def test_a_terminal_with_a_real_device_refuses_a_remote_screen(tmp_path: Path) -> None:
    settings = TerminalPaths(tmp_path).settings
    settings.parent.mkdir(parents=True)
    settings.write_text(SETTINGS, encoding="utf-8")
    socket = tmp_path / "screen.sock"
    run = subprocess.run(
        [sys.executable, "-m", "kiosk_app", "--root", str(tmp_path), "run", "--remote-socket", str(socket)],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert run.returncode == 1
    assert "real devices" in run.stderr
    assert not socket.exists()
