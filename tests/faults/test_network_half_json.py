"""Half an answer, whole by its length."""

from __future__ import annotations

from pathlib import Path

from foundation.errors import Errors
from tests.fakes.scripted_server import Response
from tests.faults.network import a_line


def test_half_an_answer_confirms_nothing(tmp_path: Path) -> None:
    with a_line(tmp_path, lambda _: Response(200, b'{"answers":[{"id":"6f1a')) as line:
        line.uplink.start()
        line.says(Errors.PROVINCE_NOT_UNDERSTOOD)
        line.mend()
