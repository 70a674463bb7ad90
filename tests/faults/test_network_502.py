"""The platform behind the proxy is gone."""

from __future__ import annotations

from pathlib import Path

from foundation.errors import Errors
from tests.faults.network import a_line, page


def test_a_platform_that_is_gone_behind_its_proxy_is_waited_for(tmp_path: Path) -> None:
    with a_line(tmp_path, page(502)) as line:
        line.uplink.start()
        line.says(Errors.PROVINCE_BUSY)
        line.mend()
