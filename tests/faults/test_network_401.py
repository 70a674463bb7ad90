"""The platform does not accept this terminal's certificate any more, and then it does again."""

from __future__ import annotations

from pathlib import Path

from foundation.errors import Errors
from tests.fakes.scripted_server import Response
from tests.faults.network import a_line


def test_nothing_is_lost_while_the_platform_does_not_accept_the_terminal(tmp_path: Path) -> None:
    with a_line(
        tmp_path, lambda _: Response(401, b'{"code":"PROV-004","message":{"zh":"-","en":"-"}}')
    ) as line:
        line.uplink.start()
        line.says(Errors.TERMINAL_NOT_AUTHORISED)
        line.mend()
