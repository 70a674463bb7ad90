"""A firewall forbids the terminal the way and says so with a page of its own."""

from __future__ import annotations

from pathlib import Path

from foundation.errors import Errors
from tests.faults.network import a_line, page


def test_a_firewalls_403_is_not_the_platforms_word(tmp_path: Path) -> None:
    with a_line(tmp_path, page(403)) as line:
        line.uplink.start()
        line.says(Errors.PROVINCE_NOT_UNDERSTOOD)
        line.mend()
