"""Everything is looked at, nothing is changed, and what is not good comes with what to do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from drivers.testbed.hardware import SimulatedHardware
from drivers.transports.simulated_serial import SimulatedSerialDevice
from foundation.clock import SystemClock, boot_id
from kiosk_app.config.fitting import DEVICES
from offline_store.keys import KeyFileProvider
from offline_store.lock import TerminalLock
from offline_store.store import OfflineStore
from province_platform.server import PlatformServer
from provisioning.checks.machine import check_disk, check_swap, check_writing_of_memory
from provisioning.checks.province import check_enrolment, check_platform
from provisioning.context import Context
from provisioning.report import State
from tests.fakes.clock import ManualClock
from tests.fixtures.stores import an_event
from tests.provisioning.terminals import Machine
from words import Words

PLACE = ("site", "--longitude", "114.27", "--latitude", "30.60", "--crs", "CGCS2000", "--source", "surveyed")


def states(lines: dict[str, dict[str, str]]) -> dict[str, str]:
    return {subject: line["state"] for subject, line in lines.items()}


def test_a_bare_machine_is_told_where_to_begin(machine: Machine) -> None:
    ended = machine.provision("check")
    assert ended.exit_code == 1
    assert "terminal.example.toml" in ended.lines["settings"]["text"]
    assert machine.files() == {}


def test_a_machine_that_is_not_enrolled_is_told_to_enrol(machine: Machine, platform: PlatformServer) -> None:
    machine.configure(platform.terminal_url)
    ended = machine.provision("check")
    assert (ended.exit_code, ended.lines["enrolment"]["code"]) == (1, "ENRL-004")
    assert ended.lines["platform"]["state"] == "skipped"
    assert machine.files() == {}


@contextmanager
def plugged_in(device: SimulatedSerialDevice) -> Iterator[str]:
    device.start()
    try:
        yield str(device.address)
    finally:
        device.stop()


def test_a_whole_machine_with_all_its_devices_is_ready(
    machine: Machine, platform: PlatformServer, tmp_path: Path
) -> None:
    hardware = SimulatedHardware(tmp_path / "devices")
    machine.enrol(platform)
    machine.provision(*PLACE)
    hardware.start()
    try:
        fitted = "".join(f'{setting} = "{at}"\n' for setting, at in hardware.addresses().items())
        machine.configure(platform.terminal_url, f"[devices]\n{fitted}")
        before = machine.files()
        ended = machine.provision("check")
    finally:
        hardware.stop()
    assert ended.exit_code == 0
    found = states(ended.lines)
    assert found.keys() >= set(DEVICES)
    not_on_the_bench = ("social_security_card", "headset_plug", "document_camera")
    assert {found.pop(device) for device in not_on_the_bench} == {"skipped"}
    assert set(found.values()) <= {"good", "attention"}
    assert all("演示" in ended.lines[device]["text"] for device in ("id_card_reader", "camera", "speech"))
    assert machine.files() == before


def test_a_device_that_is_not_there_is_bad_and_one_that_is_not_fitted_is_not(
    machine: Machine, platform: PlatformServer
) -> None:
    machine.enrol(platform)
    machine.configure(
        platform.terminal_url,
        '[devices]\nid_card_reader = "serial:///dev/serial/by-id/absent"\nreceipt_printer = "tcp://127.0.0.1:9"\n',
    )
    ended = machine.provision("check")
    assert ended.exit_code == 1
    assert (ended.lines["id_card_reader"]["code"], ended.lines["receipt_printer"]["code"]) == (
        "CARD-001",
        "PRNT-001",
    )
    assert ended.lines["qr_scanner"]["state"] == "skipped"
    assert ended.lines["keys"]["code"] == "KEYS-001", "a terminal with real devices is in service"
    assert "3" in ended.lines["all"]["text"]


def test_a_running_terminal_keeps_its_devices(machine: Machine, platform: PlatformServer) -> None:
    machine.enrol(platform)
    settings = '[devices]\nqr_scanner = "serial:///dev/serial/by-id/absent"\n[keys]\nprovider = "province:"\n'
    machine.configure(platform.terminal_url, settings)
    running = TerminalLock.take(machine.paths.store.with_name("terminal.lock"))
    assert running is not None
    try:
        ended = machine.provision("check")
    finally:
        running.release()
    assert ended.exit_code == 0
    assert ended.lines["devices"]["state"] == "skipped"
    again = TerminalLock.take(machine.paths.store.with_name("terminal.lock"))
    assert again is not None
    again.release()


def test_the_queue_is_told_as_it_is(machine: Machine, platform: PlatformServer) -> None:
    machine.enrol(platform)
    keys = KeyFileProvider(machine.paths.store_key)
    store = OfflineStore.open(machine.paths.store, keys, clock=SystemClock(), boot_id=boot_id())
    refused, waiting = an_event(), an_event(subject="case/1")
    store.outbox.append([refused, waiting])
    store.outbox.set_aside(refused.id, code="PROV-006", reason="task_code")
    ended = machine.provision("check")
    store.close()
    assert ended.exit_code == 0
    assert "1" in ended.lines["store"]["text"]
    assert ended.lines["store"]["state"] == "attention"


def test_a_store_whose_key_is_gone_is_bad(machine: Machine, platform: PlatformServer) -> None:
    machine.enrol(platform)
    keys = KeyFileProvider(machine.paths.store_key)
    OfflineStore.open(machine.paths.store, keys, clock=SystemClock(), boot_id=boot_id()).close()
    machine.paths.store_key.unlink()
    ended = machine.provision("check")
    assert (ended.exit_code, ended.lines["store"]["code"]) == (1, "STOR-003")


def test_a_platform_that_is_down_is_bad(machine: Machine, platform: PlatformServer) -> None:
    machine.enrol(platform)
    machine.configure("https://127.0.0.1:1")
    ended = machine.provision("check")
    assert (ended.exit_code, ended.lines["platform"]["code"]) == (1, "PROV-001")
    assert ended.lines["clock"]["state"] == "skipped"


@pytest.mark.parametrize(
    ("days", "state"),
    [(0, State.GOOD), (1050, State.GOOD), (1080, State.ATTENTION), (1200, State.BAD), (-9, State.BAD)],
)
def test_a_certificate_is_good_until_its_day(
    machine: Machine, platform: PlatformServer, days: int, state: State
) -> None:
    machine.enrol(platform)
    clock = ManualClock(datetime.now(UTC) + timedelta(days=days))
    _, certificate = check_enrolment(Context(machine.paths, Words("zh"), clock))
    assert certificate.state is state
    assert bool(certificate.remedy) == (state is not State.GOOD)


@pytest.mark.parametrize(
    ("seconds", "state"), [(0.0, State.GOOD), (-3600.0, State.ATTENTION), (90.0, State.ATTENTION)]
)
def test_a_clock_that_is_off_is_told(
    machine: Machine, platform: PlatformServer, seconds: float, state: State
) -> None:
    machine.enrol(platform)
    clock = ManualClock(datetime.now(UTC) + timedelta(seconds=seconds))
    answers, told = check_platform(Context(machine.paths, Words("en"), clock), platform.terminal_url)
    assert (answers.state, told.state) == (State.GOOD, state)


def test_swap_and_a_full_disk_are_told(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = Context(machine.paths, Words("zh"), SystemClock())
    swaps = tmp_path / "swaps"
    swaps.write_text("Filename Type Size Used Priority\n/dev/sda2 partition 999 0 -2\n")
    assert check_swap(context, swaps)[0].state is State.ATTENTION
    swaps.write_text("Filename Type Size Used Priority\n")
    assert check_swap(context, swaps)[0].state is State.GOOD
    assert check_swap(context, tmp_path / "none")[0].state is State.GOOD
    for free_mb, state in ((5000, State.GOOD), (500, State.ATTENTION), (10, State.BAD)):
        usage = type("Usage", (), {"free": free_mb * 1024 * 1024})
        monkeypatch.setattr("provisioning.checks.machine.shutil.disk_usage", lambda _, usage=usage: usage)
        assert check_disk(context)[0].state is state


@pytest.mark.parametrize(
    ("disk", "pattern", "hibernation", "dumps"),
    [
        ("[disabled]\n", "|/bin/false\n", State.GOOD, State.GOOD),
        (None, "\n", State.GOOD, State.GOOD),
        ("[platform] shutdown reboot\n", "core\n", State.ATTENTION, State.ATTENTION),
        (None, "|/usr/lib/systemd/systemd-coredump %P\n", State.GOOD, State.ATTENTION),
        (None, None, State.GOOD, State.ATTENTION),
    ],
)
def test_hibernation_and_core_dumps_are_told(
    machine: Machine,
    tmp_path: Path,
    disk: str | None,
    pattern: str | None,
    hibernation: State,
    dumps: State,
) -> None:
    for name, content in (("disk", disk), ("core_pattern", pattern)):
        if content is not None:
            (tmp_path / name).write_text(content)
    context = Context(machine.paths, Words("zh"), SystemClock())
    lines = check_writing_of_memory(context, tmp_path, tmp_path / "core_pattern")
    assert [(line.subject, line.state) for line in lines] == [
        ("hibernation", hibernation),
        ("core_dumps", dumps),
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_people_read_lines_that_stand_below_each_other(
    machine: Machine, platform: PlatformServer, language: str
) -> None:
    machine.enrol(platform)
    command = [sys.executable, "-m", "provisioning", "check", "--root", str(machine.root), "--lang", language]
    child = subprocess.run(command, capture_output=True, text=True, timeout=40, check=False)
    assert child.returncode == 0
    assert child.stderr == ""
    assert ("✓ 省平台" if language == "zh" else "✓ Province") in child.stdout
    assert child.stdout.splitlines()[-1].endswith(
        "可以开放使用。" if language == "zh" else "Ready to be opened."
    )
