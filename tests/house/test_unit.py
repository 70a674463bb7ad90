"""The unit of systemd starts the terminal as the program itself would have it."""

from __future__ import annotations

from benchmarks.startup import UNIT, unit_environment
from kiosk_app.terminal.allocator import has_zeroing_allocator


def test_the_program_need_not_begin_twice() -> None:
    assert has_zeroing_allocator(unit_environment())


def test_it_draws_in_software_and_leaves_no_dump() -> None:
    assert unit_environment()["QT_QUICK_BACKEND"] == "software"
    lines = UNIT.read_text("utf-8").splitlines()
    assert {"LimitCORE=0", "MemorySwapMax=0", "Restart=always"} <= set(lines)
