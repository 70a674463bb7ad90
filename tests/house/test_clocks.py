"""Nobody reads the wall clock past the clock that is handed in, so a step of it stops and repeats nothing."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.house.tree import product_modules

WALL_CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("time", "time")}
MAY_READ_IT = {
    "foundation/clock.py": "it is the clock that is handed in",
    "kiosk_app/operations/schedule.py": "APScheduler asks this very clock; steps are told to it",
    "province_platform/authority.py": "TLS judges certificates by the machine's clock",
}


def reads_a_wall_clock(module: ast.Module) -> bool:
    return any(
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in WALL_CLOCKS
        for node in ast.walk(module)
    )


def test_only_the_clock_reads_the_wall_clock(repository: Path) -> None:
    readers = {str(name) for name, module in product_modules(repository) if reads_a_wall_clock(module)}
    assert readers == set(MAY_READ_IT), "ask the clock that is handed in, or say in MAY_READ_IT why not"
