"""The platform is killed with -9 while a file comes in: it goes on where it had promised to be."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec
import requests

from contract.payloads import Case
from kiosk_app.province.exchange import Exchange, Reply
from kiosk_app.province.outcomes import Refused, Unreachable
from province_platform.server import PlatformServer
from tests.fixtures.uploading_terminal import WITHIN_S, enrol, pictures, uploading_terminal

KILLS = 3


class PlatformProcess:
    """A platform in a process of its own, at the same address after each start."""

    def __init__(self, root: Path, port: int) -> None:
        self._root = root
        self._listen = f"127.0.0.1:{port}"
        self.url = f"https://{self._listen}"
        self.console_url = ""
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Returns when it listens."""
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "province_platform", "serve"),
                *("--root", str(self._root), "--listen", self._listen),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline().startswith("terminals:")
        self.console_url = self._process.stdout.readline().split()[1]

    def kill(self) -> None:
        """At once."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate()


@contextmanager
def a_platform(root: Path) -> Iterator[PlatformProcess]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        platform = PlatformProcess(root, probe.getsockname()[1])
    platform.start()
    try:
        yield platform
    finally:
        platform.kill()


def a_line_that_kills(platform: PlatformProcess) -> type[Exchange]:
    """Every second piece has the platform killed while it is on its way; then that starts again."""

    class KillingLine(Exchange):
        kills = 0
        pieces = 0

        def send(
            self, method: str, path: str, timeout_s: float, *, body: bytes | None, headers: Mapping[str, str]
        ) -> Reply | Refused | Unreachable:
            self.pieces += method == "PATCH"
            if method != "PATCH" or self.pieces % 2 or self.kills == KILLS:
                return super().send(method, path, timeout_s, body=body, headers=headers)
            type(self).kills += 1
            killing = threading.Thread(target=platform.kill)
            killing.start()
            reply = super().send(method, path, timeout_s, body=body, headers=headers)
            killing.join()
            platform.start()
            return reply

    return KillingLine


def test_a_platform_that_is_killed_has_every_byte_that_it_promised(tmp_path: Path) -> None:
    root = tmp_path / "platform"
    with PlatformServer(root) as first:
        paths = enrol(tmp_path / "terminal", first)
    with a_platform(root) as platform:
        line = a_line_that_kills(platform)
        with uploading_terminal(paths, platform.url, exchange=line) as terminal:
            contents = pictures(1, 1_500_000)
            case = terminal.hand_in(contents)
            terminal.events.start()
            terminal.files.start()
            assert terminal.number_of(case)
        assert getattr(line, "kills", 0) == KILLS
        assert opened_at(platform.console_url, case) == contents


def opened_at(console_url: str, case: Case) -> list[bytes]:
    """What the window sees."""
    (each,) = json.loads(msgspec.json.encode(case))["attachments"]
    url = f"{console_url}/console/cases/{case.case_id}/attachments/{each['digest']}"
    return [requests.get(url, timeout=WITHIN_S).content]
