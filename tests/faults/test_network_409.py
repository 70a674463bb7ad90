"""Something answers with a conflict that the contract does not know."""

from __future__ import annotations

from pathlib import Path

from foundation.errors import Errors
from tests.faults.network import a_line, page


def test_a_conflict_that_nobody_announced_sets_nothing_aside(tmp_path: Path) -> None:
    with a_line(tmp_path, page(409)) as line:
        line.uplink.start()
        line.says(Errors.PROVINCE_NOT_UNDERSTOOD)
        line.mend()
