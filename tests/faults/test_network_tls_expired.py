"""The platform's certificate has ended, and then it has a new one."""

from __future__ import annotations

from pathlib import Path

from foundation.errors import Errors
from tests.faults.network import a_line


def test_a_platform_whose_certificate_has_ended_gets_nothing(tmp_path: Path) -> None:
    with a_line(tmp_path) as line:
        ended = line.terminal.authority.issue("127.0.0.1", server=True, valid_from_days=-60)
        line.server.show(*ended.write(tmp_path, "ended"))
        line.uplink.start()
        line.says(Errors.PLATFORM_OUT_OF_TIME)
        assert line.server.seen == []
        line.server.show(*line.terminal.server_files)
        line.mend()
