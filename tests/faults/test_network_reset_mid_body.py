"""The connection is cut in the middle of the answer."""

from __future__ import annotations

from pathlib import Path

from foundation.errors import Errors
from tests.fakes.scripted_server import Response
from tests.faults.network import a_line


def test_an_answer_that_is_cut_off_confirms_nothing(tmp_path: Path) -> None:
    with a_line(tmp_path, lambda _: Response(200, b'{"answers":[{"id":', announced=4096)) as line:
        line.uplink.start()
        line.says(Errors.PROVINCE_UNREACHABLE)
        line.mend()
