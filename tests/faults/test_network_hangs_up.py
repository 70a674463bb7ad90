"""The connection is closed instead of an answer."""

from __future__ import annotations

from pathlib import Path

from foundation.errors import Errors
from tests.faults.network import a_line


def test_a_connection_that_is_closed_confirms_nothing(tmp_path: Path) -> None:
    with a_line(tmp_path, lambda _: None) as line:
        line.uplink.start()
        line.says(Errors.PROVINCE_UNREACHABLE)
        line.mend()
