"""A newer platform refuses a body with a code that this release does not know."""

from __future__ import annotations

from pathlib import Path

from foundation.errors import Errors
from tests.fakes.scripted_server import Response
from tests.faults.network import a_line


def test_a_refusal_of_an_unknown_kind_sets_nothing_aside(tmp_path: Path) -> None:
    with a_line(
        tmp_path, lambda _: Response(422, b'{"code":"PROV-099","message":{"zh":"-","en":"-"}}')
    ) as line:
        line.uplink.start()
        line.says(Errors.PROVINCE_NOT_UNDERSTOOD)
        line.mend()
