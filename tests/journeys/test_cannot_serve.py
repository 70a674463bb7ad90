"""A terminal that cannot serve says so on its screen, with what to do, and waits for somebody."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from demo.hall import Hall, offscreen
from demo.lines import Lines
from demo.parts import Parts
from demo.visit import Visit
from province_platform.faults import FaultChange
from province_platform.server import PlatformServer
from provisioning.__main__ import run_verb
from tests.journeys.halls import JourneyHall

SETTINGS = """
[platform]
url = "https://127.0.0.1:9"

[devices]
receipt_printer = "tcp://127.0.0.1:9"
"""

LOCKED = """
[platform]
url = "URL"

[devices]
receipt_printer = "tcp://127.0.0.1:9"

[keys]
provider = "province:"
"""


@pytest.mark.parametrize(
    ("damage", "sentence", "code"),
    [
        ("", "本机还没有在省里登记，现在不能办业务。请到窗口办，或打12345。", "ENRL-004"),
        ("var/lib/dianxiaoer/enrolment.json", "本机的设置不对，现在不能办业务。", "CONF-001"),
    ],
    ids=["not enrolled", "damaged"],
)
def test_the_screen_says_why_and_the_code_and_the_process_ends_when_it_is_told(
    tmp_path: Path, damage: str, sentence: str, code: str
) -> None:
    with Parts(tmp_path / "logs", offscreen(tmp_path)) as parts:
        hall = Hall(parts, tmp_path)
        settings = hall.terminal_root / "etc" / "dianxiaoer" / "terminal.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text(SETTINGS, encoding="utf-8")
        if damage:
            (hall.terminal_root / damage).parent.mkdir(parents=True)
            (hall.terminal_root / damage).write_text("half a fi", encoding="utf-8")
        terminal = hall.start_terminal()
        screen = Lines(hall.screen_socket)
        visit = Visit("visit", screen, hall.device_orders)
        visit.sees("out_of_service")
        visit.reads(sentence)
        visit.reads(code)
        screen.close()
        assert terminal.is_running()
        terminal.end()
        assert terminal.wait() == 1
        assert code in terminal.log.read_text(encoding="utf-8")


def test_a_second_process_for_the_same_terminal_ends_and_disturbs_nobody(
    hall: JourneyHall, tmp_path: Path
) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "kiosk_app", "--root", str(hall.hall.terminal_root), "run"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 1
    assert "another process runs this terminal" in second.stderr
    assert "Traceback" not in second.stderr
    with hall.visitor() as visit:
        visit.sees("attract")


def test_a_terminal_whose_key_is_half_at_the_province_serves_as_soon_as_the_line_is_back(
    tmp_path: Path,
) -> None:
    with (
        PlatformServer(tmp_path / "platform") as platform,
        Parts(tmp_path / "logs", offscreen(tmp_path)) as parts,
    ):
        hall = Hall(parts, tmp_path)
        settings = hall.terminal_root / "etc" / "dianxiaoer" / "terminal.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text(LOCKED.replace("URL", platform.terminal_url), encoding="utf-8")
        code = platform.make_enrolment_code("WH-WC-001", "锁着的终端")
        assert run_verb(["enrol", "--root", str(hall.terminal_root), "--code", code]) == 0
        platform.turn(FaultChange(refuse=True))
        terminal = hall.start_terminal()
        screen = Lines(hall.screen_socket)
        visit = Visit("visit", screen, hall.device_orders)
        visit.sees("out_of_service")
        visit.reads("KEYS-006")
        platform.turn(FaultChange(refuse=False))
        visit.sees("attract")
        screen.close()
        terminal.end()
        assert terminal.wait() == 0
