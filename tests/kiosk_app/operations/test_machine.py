"""What the machine says of itself; what it does not say is absent, and never 0."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk_app.operations.machine import Machine, MachineReadings

MEMINFO = """\
MemTotal:        8123456 kB
MemFree:          123456 kB
MemAvailable:    4061728 kB
HugePages_Total:       0
"""
LOAD = "0.52 0.48 0.40 1/512 9999\n"


def a_machine(
    root: Path, temperatures: tuple[str, ...] = (), load: str = "0.52 0.48 0.40 1/512 9999\n"
) -> Machine:
    (root / "proc").mkdir()
    (root / "proc" / "meminfo").write_text(MEMINFO)
    (root / "proc" / "loadavg").write_text(LOAD)
    for number, text in enumerate(temperatures):
        zone = root / "sys" / "class" / "thermal" / f"thermal_zone{number}"
        zone.mkdir(parents=True)
        (zone / "temp").write_text(text)
    return Machine(root, root)


def test_memory_load_and_disk_are_read(tmp_path: Path) -> None:
    now = a_machine(tmp_path).read()
    assert (now.memory_total_mb, now.memory_available_mb, now.load_1m) == (7933, 3966, 0.52)
    assert now.disk_total_mb is not None
    assert now.disk_free_mb is not None
    assert now.disk_total_mb >= now.disk_free_mb > 0


@pytest.mark.parametrize(
    ("temperatures", "celsius"),
    [
        ((), None),
        (("43000\n",), 43.0),
        (("43000\n", "61500\n", "27800\n"), 61.5),
        (("0\n",), None),
        (("-274000\n", "nonsense\n", ""), None),
        (("nonsense\n", "-5000\n"), -5.0),
        (("1000000\n", "50000\n"), 50.0),
    ],
)
def test_the_hottest_plausible_zone_counts_and_none_is_absent(
    tmp_path: Path, temperatures: tuple[str, ...], celsius: float | None
) -> None:
    assert a_machine(tmp_path, temperatures).read().temperature_c == celsius


def test_a_machine_that_says_nothing_is_unknown_and_not_zero(tmp_path: Path) -> None:
    now = Machine(tmp_path / "gone", tmp_path).read()
    assert now == MachineReadings(None, None, None, now.processors, None, None, None)


def test_this_machine_says_something() -> None:
    now = Machine(Path("/")).read()
    assert now.memory_available_mb is not None
    assert now.memory_available_mb > 0
    assert now.load_1m is not None
