"""What answers sends one byte at a time and never comes to an end."""

from __future__ import annotations

from pathlib import Path

from foundation.clock import SystemClock
from foundation.errors import Errors
from tests.fakes.scripted_server import Response
from tests.faults.network import a_line

HURRY = 60
"""So many times faster does this test's clock run: the 15 s of a batch are a quarter of one."""


class HurriedClock(SystemClock):
    def monotonic_s(self) -> float:
        return super().monotonic_s() * HURRY


def test_an_answer_that_never_ends_is_given_up_and_confirms_nothing(tmp_path: Path) -> None:
    dripping = Response(200, b"{", announced=100_000, drips=True)
    with a_line(tmp_path, lambda _: dripping, clock=HurriedClock()) as line:
        line.uplink.start()
        line.says(Errors.PROVINCE_UNREACHABLE)
        line.mend()
