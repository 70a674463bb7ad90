"""The province, or the service behind it, cannot compare faces now."""

from __future__ import annotations

from pathlib import Path

import pytest

from foundation.errors import Errors
from tests.fakes.scripted_server import Response
from tests.faults.faces import a_face_line


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_it_is_said_and_may_be_asked_again(tmp_path: Path, status: int) -> None:
    with a_face_line(tmp_path, lambda _: Response(status, b"<html></html>")) as line:
        for _ in range(2):
            line.ask()
            assert line.error() is Errors.PROVINCE_BUSY
