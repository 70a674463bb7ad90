"""The page of a captive portal, with 200."""

from __future__ import annotations

from pathlib import Path

from foundation.errors import Errors
from tests.faults.network import a_line, page


def test_a_captive_portals_page_confirms_nothing(tmp_path: Path) -> None:
    with a_line(tmp_path, page(200)) as line:
        line.uplink.start()
        line.says(Errors.PROVINCE_NOT_UNDERSTOOD)
        line.mend()
