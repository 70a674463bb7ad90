"""How the machine itself is: memory, load, temperature, disk. What it does not say is None, and never 0."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

_KIB_IN_MIB = 1024
_BYTES_IN_MB = 1024 * 1024
_PLAUSIBLE_C = (-40.0, 130.0)


@dataclass(frozen=True, slots=True)
class MachineReadings:
    """``load_1m`` is that of getloadavg(3); ``temperature_c`` the hottest zone."""

    memory_total_mb: int | None
    memory_available_mb: int | None
    load_1m: float | None
    processors: int | None
    temperature_c: float | None
    disk_total_mb: int | None
    disk_free_mb: int | None


class Machine:
    """Reads proc(5) and the thermal zones of the kernel (Documentation/ABI/testing/sysfs-class-thermal).

    ``state_folder`` is on the disk that matters; ``root`` is where ``proc`` and ``sys`` are.
    """

    def __init__(self, state_folder: Path, root: Path = Path("/")) -> None:
        self._state_folder = state_folder
        self._root = root

    def read(self) -> MachineReadings:
        """As it is now. Never raises for the machine."""
        memory = self._memory_mb()
        disk = self._disk()
        return MachineReadings(
            memory_total_mb=memory.get("MemTotal"),
            memory_available_mb=memory.get("MemAvailable"),
            load_1m=self._load(),
            processors=os.cpu_count(),
            temperature_c=self._temperature_c(),
            disk_total_mb=disk[0] if disk else None,
            disk_free_mb=disk[1] if disk else None,
        )

    def _memory_mb(self) -> dict[str, int]:
        found = {}
        for line in self._text("proc/meminfo").splitlines():
            name, _, amount = line.partition(":")
            figures = amount.removesuffix(" kB").strip()
            if figures.isdecimal():
                found[name] = int(figures) // _KIB_IN_MIB
        return found

    def _load(self) -> float | None:
        first, _, _ = self._text("proc/loadavg").partition(" ")
        try:
            return float(first)
        except ValueError:
            return None

    def _temperature_c(self) -> float | None:
        """Zones say thousandths of a degree; one that is broken says nothing, or something impossible."""
        zones = []
        for zone in sorted((self._root / "sys/class/thermal").glob("thermal_zone*/temp")):
            try:
                celsius = int(zone.read_text(encoding="ascii")) / 1000
            except (OSError, ValueError):
                continue
            if _PLAUSIBLE_C[0] <= celsius <= _PLAUSIBLE_C[1] and celsius != 0:
                zones.append(celsius)
        return max(zones, default=None)

    def _disk(self) -> tuple[int, int] | None:
        try:
            usage = shutil.disk_usage(self._state_folder)
        except OSError:
            return None
        return usage.total // _BYTES_IN_MB, usage.free // _BYTES_IN_MB

    def _text(self, name: str) -> str:
        try:
            return (self._root / name).read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            return ""
