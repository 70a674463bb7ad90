"""The name of the platform leads nowhere, and then it does again."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from foundation.errors import Errors
from tests.faults.network import a_line


def test_a_name_that_leads_nowhere_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody_knows(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    with a_line(tmp_path, host="localhost") as line:
        with monkeypatch.context() as outage:
            outage.setattr(socket, "getaddrinfo", nobody_knows)
            line.uplink.start()
            line.says(Errors.PROVINCE_UNREACHABLE)
        line.arrives()
