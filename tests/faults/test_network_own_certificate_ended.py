"""The terminal's own certificate has ended: the board says so, and a new one is used without a restart."""

from __future__ import annotations

from pathlib import Path

from foundation.errors import Errors
from tests.faults.network import a_line
from tests.fixtures.certificates import pem, private_pem
from tests.fixtures.enrolments import TERMINAL_ID


def test_a_certificate_that_has_ended_is_said_by_its_own_code(tmp_path: Path) -> None:
    with a_line(tmp_path) as line:
        paths, authority = line.terminal.paths, line.terminal.authority
        good_key, good = paths.terminal_key.read_bytes(), paths.terminal_certificate.read_text()
        ended = authority.issue(TERMINAL_ID, valid_from_days=-60)
        paths.terminal_key.write_bytes(private_pem(ended.key))
        paths.terminal_certificate.write_text(pem(ended.certificate))
        line.uplink.start()
        line.says(Errors.CERTIFICATE_ENDED)
        paths.terminal_key.write_bytes(good_key)
        paths.terminal_certificate.write_text(good)
        line.arrives()
