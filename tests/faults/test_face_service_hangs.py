"""The province takes the picture and never answers, and the person goes."""

from __future__ import annotations

from pathlib import Path

from foundation.errors import Errors
from tests.fakes.scripted_server import Request, Response
from tests.faults.faces import a_face_line
from tests.journeys.halls import eventually


def test_whoever_leaves_is_asked_about_no_longer(tmp_path: Path) -> None:
    def hangs(_: Request) -> Response:
        return Response(200, b"{", announced=100_000, drips=True)

    with a_face_line(tmp_path, hangs) as line:
        line.ask()
        eventually(lambda: line.server.seen)
        line.desk.end_session()
        assert line.error() is Errors.PROVINCE_UNREACHABLE
