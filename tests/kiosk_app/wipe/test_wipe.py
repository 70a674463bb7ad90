"""A deliberate leak is found, in whatever form it is; without one nothing is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk_app.terminal.allocator import zeroing_environment
from tests.fakes.scripted_server import Request, Response, ScriptedServer

NUMBER = "42010319650314201X"
NAME = "欧阳测试甲乙"


@pytest.fixture(scope="module")
def echo() -> Iterator[ScriptedServer]:
    def answer(request: Request) -> Response:
        return Response(200, request.body)

    with ScriptedServer(answer) as server:
        yield server


def outcome_of(
    way: str, echo: ScriptedServer, folder: Path, *, zeroing: bool = True, wrapper: tuple[str, ...] = ()
) -> dict[str, Any]:
    child = subprocess.run(
        [*wrapper, sys.executable, "-m", "tests.kiosk_app.wipe.programs", way, echo.url, str(folder)],
        input=f"{NUMBER}\n{NAME}\n".encode(),
        stdout=subprocess.PIPE,
        env=zeroing_environment(os.environ) if zeroing else dict(os.environ),
        check=True,
        timeout=40,
    )
    outcome: dict[str, Any] = json.loads(child.stdout)
    return outcome


@pytest.mark.parametrize(
    "way",
    [
        "as_text",
        "as_bytes",
        "as_gb18030",
        "as_rare_text",
        "as_qt_property",
        "as_qt_bytes",
        "as_picture",
        "as_shown_picture",
    ],
)
def test_what_somebody_forgot_to_let_go_is_found(way: str, echo: ScriptedServer, tmp_path: Path) -> None:
    outcome = outcome_of(way, echo, tmp_path)
    assert outcome["copies_found"] >= 1
    assert not outcome["clean"]


def test_a_session_that_let_go_of_everything_leaves_nothing(echo: ScriptedServer, tmp_path: Path) -> None:
    outcome = outcome_of("nothing", echo, tmp_path)
    assert outcome["copies_found"] == 0
    assert outcome["clean"]
    # The number is the same bytes in UTF-8 and GB 18030, and so is each place of the picture in base64.
    assert outcome["needles"] == 8 + 3 + 3 * 3
    assert outcome["scanned_mb"] > 10


def test_it_needs_no_privilege(echo: ScriptedServer, tmp_path: Path) -> None:
    without = ("setpriv", "--inh-caps=-all", "--bounding-set=-all") if os.getuid() == 0 else ()
    assert outcome_of("nothing", echo, tmp_path, wrapper=without)["clean"]
    (tmp_path / "again").mkdir()
    assert outcome_of("as_text", echo, tmp_path / "again", wrapper=without)["copies_found"] >= 1
