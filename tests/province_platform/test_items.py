"""Items: exact bytes with their signature, and a new matter without a restart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import requests

from contract.item_checks import decode_batch_document
from contract.operations import SIGNATURE_HEADER
from contract.signing import Verifier
from province_platform.publication import NotPublishableError, read_reference_batch
from province_platform.server import PlatformServer
from tests.province_platform.terminals import WITHIN_S, EnrolledTerminal


@pytest.fixture
def new_item(repository: Path) -> dict[str, Any]:
    content = (repository / "tests/fixtures/items/fourth-item.json").read_bytes()
    item: dict[str, Any] = json.loads(content)
    return item


def codes(terminal: EnrolledTerminal) -> list[str]:
    return [item.code for item in decode_batch_document(terminal.call("GET", "/v1/items").content).items]


def verifies(terminal: EnrolledTerminal, answer: requests.Response) -> bool:
    return Verifier(terminal.enrolment.item_key).verifies(answer.content, answer.headers[SIGNATURE_HEADER])


def test_the_batch_is_served_as_the_bytes_that_were_signed(terminal: EnrolledTerminal) -> None:
    answer = terminal.call("GET", "/v1/items")
    assert verifies(terminal, answer)
    assert not Verifier(terminal.enrolment.item_key).verifies(
        answer.content + b" ", answer.headers[SIGNATURE_HEADER]
    )
    assert len(decode_batch_document(answer.content).items) >= 3


def test_who_has_the_batch_is_not_sent_it_again(terminal: EnrolledTerminal) -> None:
    tag = terminal.call("GET", "/v1/items").headers["etag"]
    again = terminal.call("GET", "/v1/items", headers={"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)


def test_a_single_file_adds_a_matter_to_the_running_platform(
    server: PlatformServer, terminal: EnrolledTerminal, new_item: dict[str, Any]
) -> None:
    before = terminal.call("GET", "/v1/items")
    url = f"{server.console_url}/console/items"
    published = requests.post(url, json=new_item, timeout=WITHIN_S)
    assert published.status_code == 200, published.text
    after = terminal.call("GET", "/v1/items", headers={"if-none-match": before.headers["etag"]})
    assert verifies(terminal, after)
    batch = decode_batch_document(after.content)
    assert batch.batch_id == published.json()["batch_id"]
    assert batch.find(new_item["code"]) is not None
    assert len(batch.items) == len(decode_batch_document(before.content).items) + 1


def test_an_item_with_a_known_code_takes_the_place_of_the_old_one(
    server: PlatformServer, terminal: EnrolledTerminal, new_item: dict[str, Any]
) -> None:
    server.publish(json.dumps(new_item).encode())
    before = codes(terminal)
    server.publish(json.dumps(new_item | {"version": 7}).encode())
    assert codes(terminal) == before
    found = decode_batch_document(terminal.call("GET", "/v1/items").content).find(new_item["code"])
    assert found is not None
    assert found.version == 7


def test_a_whole_batch_takes_the_place_of_the_whole(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    document = json.loads(terminal.call("GET", "/v1/items").content)
    document |= {"batch_id": "another", "items": document["items"][:1]}
    content = json.dumps(document).encode()
    assert server.publish(content).batch_id == "another"
    assert terminal.call("GET", "/v1/items").content == content
    assert server.publish(content).batch_id == "another", "the same bytes again change nothing"
    with pytest.raises(NotPublishableError, match="another"):
        server.publish(content + b"\n")


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"\xff", b"[" * 5000, b'{"code": "x"}', b'{"items": []}', b'{"code": 1}']
)
def test_what_cannot_be_shown_and_run_is_not_published(
    server: PlatformServer, terminal: EnrolledTerminal, content: bytes
) -> None:
    before = terminal.call("GET", "/v1/items").content
    url, headers = f"{server.console_url}/console/items", {"content-type": "application/json"}
    answer = requests.post(url, data=content, headers=headers, timeout=WITHIN_S)
    assert answer.status_code == 422
    assert answer.json()["problem"]
    assert terminal.call("GET", "/v1/items").content == before


def test_an_item_that_contradicts_itself_is_not_published(
    server: PlatformServer, new_item: dict[str, Any]
) -> None:
    with pytest.raises(NotPublishableError, match=new_item["code"]):
        server.publish(json.dumps(new_item | {"fields": {}}).encode())


def test_two_items_with_one_code_are_no_batch(server: PlatformServer, terminal: EnrolledTerminal) -> None:
    document = json.loads(terminal.call("GET", "/v1/items").content)
    document |= {"batch_id": "twice", "items": [document["items"][0]] * 2}
    with pytest.raises(NotPublishableError, match="same code"):
        server.publish(json.dumps(document).encode())


def test_a_folder_without_a_batch_is_none_and_one_with_items_is_one_document(
    tmp_path: Path, new_item: dict[str, Any]
) -> None:
    assert read_reference_batch(tmp_path) is None
    (tmp_path / "items").mkdir()
    (tmp_path / "items/one.json").write_text(json.dumps(new_item), encoding="utf-8")
    (tmp_path / "batch.json").write_text('{"batch_id": "b"}', encoding="utf-8")
    document = json.loads(read_reference_batch(tmp_path) or b"")
    assert (document["batch_id"], [item["code"] for item in document["items"]]) == ("b", [new_item["code"]])


def test_a_restart_keeps_what_was_published(tmp_path: Path, new_item: dict[str, Any]) -> None:
    root = tmp_path / "platform"
    with PlatformServer(root) as first:
        batch_id = first.publish(json.dumps(new_item).encode()).batch_id
    with PlatformServer(root) as second:
        url = f"{second.console_url}/console/summary"
        assert requests.get(url, timeout=WITHIN_S).json()["batch"]["batch_id"] == batch_id
