"""What the province publishes is taken with its signature only, kept twice, and there again offline."""

from __future__ import annotations

import json
import queue
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract.operations import THEME
from contract.sealing import make_private_key
from contract.signing import Signer
from contract.theme import ThemePack, decode_theme
from foundation.clock import SystemClock
from foundation.errors import ErrorCode, Errors
from kiosk_app.province.client import PlatformCalls
from kiosk_app.province.connection import ConnectionState
from kiosk_app.province.publications import Follower, Publication, PublicationKeeper
from kiosk_app.terminal.views import Connection
from tests.fakes.scripted_server import ScriptedServer
from tests.fixtures.terminals import EnrolledTerminal, an_enrolled_terminal
from tests.fixtures.themes import LIGHT, a_pack, in_bytes
from tests.kiosk_app.province.test_items import Publisher

WITHIN_S = 15.0
UNREADABLE = a_pack(theme_id="pale.1", light=LIGHT | {"ink": "#8A9AA4"})


class Shop:
    """A terminal that follows the theme, and what it was told."""

    def __init__(self, terminal: EnrolledTerminal, url: str, folder: Path) -> None:
        self.clock = SystemClock()
        self.taken: queue.Queue[ThemePack] = queue.Queue()
        self.told: list[tuple[ErrorCode, str]] = []
        self.folder = folder
        publication = Publication(THEME, decode_theme, Errors.THEME_REFUSED, self.taken.put, 60.0)
        calls = PlatformCalls(url, terminal.credentials.tls, self.clock)
        self.follower = Follower(
            calls,
            publication,
            folder,
            terminal.credentials.item_verifier,
            lambda error, why: self.told.append((error, why)),
        )

    def names(self) -> list[str]:
        """The ids of what was taken since the last time."""
        taken = []
        while not self.taken.empty():
            taken.append(self.taken.get_nowait().theme_id)
        return taken


@pytest.fixture
def terminal(tmp_path: Path) -> EnrolledTerminal:
    return an_enrolled_terminal(tmp_path)


@pytest.fixture
def publisher(terminal: EnrolledTerminal) -> Publisher:
    publisher = Publisher(terminal.item_signer)
    publisher.publish(in_bytes(a_pack()))
    return publisher


@pytest.fixture
def server(publisher: Publisher) -> Iterator[ScriptedServer]:
    with ScriptedServer(publisher) as server:
        yield server


@pytest.fixture
def shop(terminal: EnrolledTerminal, server: ScriptedServer, tmp_path: Path) -> Shop:
    return Shop(terminal, server.url, tmp_path / "published")


def test_what_is_signed_is_taken_once_and_asked_for_by_its_tag(shop: Shop, publisher: Publisher) -> None:
    assert shop.follower.look()
    assert shop.follower.look()
    assert shop.names() == ["bamboo.2026"]
    assert [publisher.served.get_nowait() for _ in range(2)] == [200, 304]
    assert shop.told[-1] == (Errors.THEME_REFUSED, "")


def test_what_somebody_else_signed_changes_nothing_and_is_said(shop: Shop, publisher: Publisher) -> None:
    shop.follower.look()
    other = in_bytes(a_pack(theme_id="forged.1"))
    publisher.publish(other, signature=Signer(make_private_key()).sign(other))
    assert not shop.follower.look()
    assert shop.names() == ["bamboo.2026"]
    assert shop.told[-1] == (Errors.THEME_REFUSED, "its signature is not the province's")


def test_what_cannot_be_read_is_refused_in_words_until_there_is_a_better_one(
    shop: Shop, publisher: Publisher
) -> None:
    shop.follower.look()
    publisher.publish(in_bytes(UNREADABLE))
    assert shop.follower.look()
    assert shop.follower.look(), "it is not fetched again, and stays refused"
    assert [publisher.served.get_nowait() for _ in range(3)] == [200, 200, 304]
    for _, why in shop.told[-2:]:
        assert why.startswith("light: ink on paper has a contrast of 2.7")
    publisher.publish(in_bytes(a_pack(theme_id="bamboo.2027")))
    assert shop.follower.look()
    assert shop.names() == ["bamboo.2026", "bamboo.2027"]
    assert shop.told[-1] == (Errors.THEME_REFUSED, "")


def test_a_terminal_without_a_network_comes_up_in_what_it_wore(
    shop: Shop, terminal: EnrolledTerminal, server: ScriptedServer
) -> None:
    shop.follower.look()
    again = Shop(terminal, "https://127.0.0.1:9", shop.folder)
    again.follower.take_kept()
    assert again.names() == ["bamboo.2026"]
    assert not again.follower.look()


@pytest.mark.parametrize("harm", ["torn", "altered"])
def test_the_one_before_is_there_when_the_newest_was_damaged(
    shop: Shop, terminal: EnrolledTerminal, publisher: Publisher, harm: str
) -> None:
    shop.follower.look()
    publisher.publish(in_bytes(a_pack(theme_id="bamboo.2027")))
    shop.follower.look()
    newest = shop.folder / "theme.json"
    if harm == "torn":
        newest.write_bytes(newest.read_bytes()[:100])
    else:
        kept = json.loads(newest.read_bytes())
        kept["signature"] = kept["signature"][:-4] + "AAAA"
        newest.write_text(json.dumps(kept), encoding="utf-8")
    again = Shop(terminal, "https://127.0.0.1:9", shop.folder)
    again.follower.take_kept()
    assert again.names() == ["bamboo.2026"]
    assert len(list(shop.folder.iterdir())) == 2


def test_the_keeper_looks_at_once_when_the_line_is_back(shop: Shop, publisher: Publisher) -> None:
    keeper = PublicationKeeper([shop.follower], shop.clock)
    keeper.start()
    try:
        assert shop.taken.get(timeout=WITHIN_S).theme_id == "bamboo.2026"
        publisher.publish(in_bytes(a_pack(theme_id="bamboo.2027")))
        keeper.connection_changed(ConnectionState(Connection.CONNECTED, shop.clock.utc_now()))
        assert shop.taken.get(timeout=WITHIN_S).theme_id == "bamboo.2027"
    finally:
        assert keeper.stop()
