"""What the province said of the places around is there again after a start without a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from contract.places import NearbyPlaces
from kiosk_app.province.client import PlatformCalls
from kiosk_app.province.exchange import TlsFiles
from kiosk_app.province.neighbours import NeighbourFollower
from province_platform.server import PlatformServer
from tests.fakes.clock import ManualClock
from tests.province_platform.terminals import EnrolledTerminal, enrolled


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PlatformServer]:
    with PlatformServer(tmp_path / "platform") as running:
        yield running


@pytest.fixture
def terminal(server: PlatformServer, tmp_path: Path) -> Iterator[EnrolledTerminal]:
    with enrolled(server, tmp_path) as one:
        yield one


@pytest.fixture
def calls(server: PlatformServer, terminal: EnrolledTerminal, tmp_path: Path) -> Iterator[PlatformCalls]:
    own, authority = tmp_path / f"{terminal.id}.pem", tmp_path / f"{terminal.id}.authority.pem"
    calls = PlatformCalls(server.terminal_url, TlsFiles(authority, own, own), ManualClock())
    yield calls
    calls.close()


def test_what_was_heard_is_kept_and_taken_again_without_a_line(calls: PlatformCalls, tmp_path: Path) -> None:
    file, heard = tmp_path / "neighbours.json", list[NearbyPlaces]()
    follower = NeighbourFollower(calls, file, heard.append)
    follower.take_kept()
    assert not heard
    assert follower.look()
    assert heard[0].places[0].name == "武昌区政务服务中心（演示）"
    calls.close()
    assert not follower.look(), "out of reach is no answer, and what was kept stays"
    again = list[NearbyPlaces]()
    NeighbourFollower(calls, file, again.append).take_kept()
    assert again == heard


@pytest.mark.parametrize("content", [b"", b"{", b'{"as_of": 1}', b"\xff"])
def test_a_file_that_cannot_be_read_is_as_good_as_none(
    calls: PlatformCalls, tmp_path: Path, content: bytes
) -> None:
    file, heard = tmp_path / "neighbours.json", list[NearbyPlaces]()
    file.write_bytes(content)
    NeighbourFollower(calls, file, heard.append).take_kept()
    assert not heard
