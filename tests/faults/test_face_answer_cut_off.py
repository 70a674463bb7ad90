"""The connection is cut in the middle of the province's word on a face."""

from __future__ import annotations

from pathlib import Path

from foundation.errors import Errors
from tests.fakes.scripted_server import Response
from tests.faults.faces import a_face_line


def test_half_a_yes_is_no_yes(tmp_path: Path) -> None:
    half = Response(200, b'{"outcome":"matched","assurance":"face_ma', announced=4096)
    with a_face_line(tmp_path, lambda _: half) as line:
        line.ask()
        assert line.error() is Errors.PROVINCE_UNREACHABLE
        line.sent_sealed()
