"""The block list at a terminal: fetched under its own key, believed when signed, and never an older one."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from contract.block_list import (
    KEY_HEADER,
    MATTER_REMEDY,
    REMEDY,
    BlockedDocument,
    BlockedPerson,
    BlockList,
    key_id_of,
    reference_of,
    stretched,
)
from contract.operations import BLOCK_LIST
from foundation.clock import SystemClock
from foundation.errors import ErrorCode, Errors
from kiosk_app.province.block_list import BlockBook
from kiosk_app.province.client import PlatformCalls
from kiosk_app.province.publications import Follower, Publication
from tests.fakes.people import a_citizen, another_citizen
from tests.fakes.scripted_server import ScriptedServer
from tests.fixtures.terminals import EnrolledTerminal, an_enrolled_terminal
from tests.kiosk_app.province.test_items import Publisher

KEY = bytes(range(32))
NUMBER, VALID_FROM = a_citizen().number, "2016-05-04"


def a_list(serial: int = 1, key: bytes = KEY, *, terminal_blocked: bool = False) -> bytes:
    return msgspec.json.encode(
        BlockList(
            serial=serial,
            key_id=key_id_of(key),
            documents=[
                BlockedDocument(reference=reference_of(key, stretched("document", NUMBER, VALID_FROM)))
            ],
            persons=[
                BlockedPerson(
                    reference=reference_of(key, stretched("person", NUMBER)), item_codes=["elder-allowance"]
                )
            ],
            terminal_blocked=terminal_blocked,
            staff_numbers=["WH-1024"],
        )
    )


class Shop:
    """A terminal that follows its list, and what it was told."""

    def __init__(self, terminal: EnrolledTerminal, url: str, folder: Path) -> None:
        self.blocked: list[bool] = []
        self.told: list[tuple[ErrorCode, str]] = []
        self.folder = folder
        self.book = BlockBook(KEY, terminal.credentials.sealer, self.blocked.append)
        publication = Publication(
            BLOCK_LIST,
            self.book.read,
            Errors.BLOCK_LIST_REFUSED,
            self.book.take,
            60.0,
            self.book.headers,
        )
        self.follower = Follower(
            PlatformCalls(url, terminal.credentials.tls, SystemClock()),
            publication,
            folder,
            terminal.credentials.item_verifier,
            lambda error, why: self.told.append((error, why)),
        )


@pytest.fixture
def terminal(tmp_path: Path) -> EnrolledTerminal:
    return an_enrolled_terminal(tmp_path)


@pytest.fixture
def publisher(terminal: EnrolledTerminal) -> Publisher:
    publisher = Publisher(terminal.item_signer)
    publisher.publish(a_list())
    return publisher


@pytest.fixture
def server(publisher: Publisher) -> Iterator[ScriptedServer]:
    with ScriptedServer(publisher) as server:
        yield server


@pytest.fixture
def shop(terminal: EnrolledTerminal, server: ScriptedServer, tmp_path: Path) -> Shop:
    return Shop(terminal, server.url, tmp_path / "published")


def test_the_card_is_found_and_her_next_one_is_not(shop: Shop) -> None:
    assert shop.book.judge(NUMBER, VALID_FROM) is None, "nobody is blocked before there is a list"
    assert shop.follower.look()
    found = shop.book.judge(NUMBER, VALID_FROM)
    assert found is not None
    assert (found.document, found.items) == (REMEDY, {"elder-allowance": MATTER_REMEDY})
    renewed = shop.book.judge(NUMBER, "2026-05-04")
    assert renewed is not None
    assert renewed.document is None
    assert shop.book.judge(another_citizen().number, VALID_FROM) is None
    assert (shop.book.blocks_staff("WH-1024"), shop.book.blocks_staff("WH-1025")) == (True, False)
    assert NUMBER not in repr(found)


def test_the_key_goes_sealed_and_lies_in_no_file(
    shop: Shop, terminal: EnrolledTerminal, server: ScriptedServer
) -> None:
    sent = shop.book.headers()[KEY_HEADER]
    assert base64.b64decode(terminal.opener.open(sent)) == KEY
    assert shop.book.headers()[KEY_HEADER] != sent, "no two envelopes are alike"
    shop.follower.look()
    written = b"".join(file.read_bytes() for file in shop.folder.iterdir())
    for secret in (KEY, base64.b64encode(KEY), KEY.hex().encode(), NUMBER.encode()):
        assert secret not in written


def test_it_is_there_again_without_a_line(shop: Shop, terminal: EnrolledTerminal, tmp_path: Path) -> None:
    shop.follower.look()
    again = Shop(terminal, "https://127.0.0.1:1", shop.folder)
    again.follower.take_kept()
    assert again.book.judge(NUMBER, VALID_FROM) is not None
    assert again.told == []


def test_one_that_was_changed_on_the_disk_is_refused_and_told_and_the_one_before_is_used(
    shop: Shop, publisher: Publisher, terminal: EnrolledTerminal
) -> None:
    shop.follower.look()
    publisher.publish(a_list(2, terminal_blocked=True))
    shop.follower.look()
    file = shop.folder / "block_list.json"
    kept = json.loads(file.read_bytes())
    empty = msgspec.json.encode(BlockList(serial=9, key_id=key_id_of(KEY)))
    file.write_text(json.dumps(kept | {"content": base64.b64encode(empty).decode()}))
    again = Shop(terminal, "https://127.0.0.1:1", shop.folder)
    again.follower.take_kept()
    assert again.told == [(Errors.BLOCK_LIST_REFUSED, "block_list.json was changed on the disk")]
    assert again.book.judge(NUMBER, VALID_FROM) is not None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (a_list(0), "older"),
        (a_list(2, bytes(32)), "another key"),
        (
            msgspec.json.encode(
                BlockList(
                    serial=2,
                    key_id=key_id_of(KEY),
                    persons=[BlockedPerson(reference="0" * 64, item_codes=[])],
                )
            ),
            "single matters",
        ),
        (b"{}", "serial"),
    ],
)
def test_what_cannot_be_right_is_refused_and_the_one_in_use_stays(
    shop: Shop, publisher: Publisher, content: bytes, why: str
) -> None:
    shop.follower.look()
    publisher.publish(content)
    shop.follower.look()
    error, said = shop.told[-1]
    assert error is Errors.BLOCK_LIST_REFUSED
    assert why in said
    assert shop.book.judge(NUMBER, VALID_FROM) is not None


def test_whether_the_terminal_itself_is_blocked_is_told_with_each_list(
    shop: Shop, publisher: Publisher
) -> None:
    shop.follower.look()
    publisher.publish(a_list(2, terminal_blocked=True))
    shop.follower.look()
    publisher.publish(a_list(3))
    shop.follower.look()
    assert shop.blocked == [False, True, False]
