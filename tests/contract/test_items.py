"""An item that contradicts itself, or that nobody could ever submit, is refused in words that say where."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.item_checks import check_item, decode_batch_document
from contract.items import Item, LocalText
from contract.operations import OPERATIONS

Document = dict[str, Any]


@pytest.fixture(scope="module")
def good(repository: Path) -> Document:
    folder = repository / "province_platform" / "reference_items" / "items"
    return dict(json.loads((folder / "elder-allowance.json").read_text(encoding="utf-8")))


def test_the_good_one_is_good(good: Document) -> None:
    check_item(msgspec.convert(good, Item))


def change(*path: str | int, to: object) -> Callable[[Document], None]:
    def apply(document: Document) -> None:
        place: Any = document
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = to

    return apply


def drop(*path: str | int) -> Callable[[Document], None]:
    def apply(document: Document) -> None:
        place: Any = document
        for step in path[:-1]:
            place = place[step]
        del place[path[-1]]

    return apply


CONTRADICTIONS: dict[str, tuple[Callable[[Document], None], str]] = {
    "a step that the schema does not know": (
        drop("schema", "properties", "living"),
        "field living is not a property",
    ),
    "a step that nobody describes": (drop("fields", "living"), "step living has no entry in fields"),
    "a field asked twice": (change("steps", 2, "field", to="payment"), "asked twice"),
    "a choice without options": (change("steps", 1, "options", to=[]), "step payment offers no options"),
    "an option twice": (
        change("steps", 1, "options", 1, "value", to="social_security_card"),
        "step payment offers no options, or one of them twice",
    ),
    "an option that the schema refuses": (
        change("steps", 1, "options", 1, "value", to="cash"),
        "step payment offers cash, which its schema refuses",
    ),
    "a licence of no kind": (
        change("steps", 0, "licence", to=""),
        "step household_register names no licence",
    ),
    "a confirmation of nothing": (
        change("steps", 2, "widget", to="confirm"),
        "step living confirms a value, but no identity gives it",
    ),
    "a format that nobody knows": (
        change("steps", 3, "format", to="email"),
        "step mobile has an unknown format",
    ),
    "a mobile number that does not fit": (
        change("steps", 3, "maximum_length", to=10),
        "its length is not that of the format",
    ),
    "a step that may be skipped but must not": (
        change("steps", 2, "optional", to=True),
        "step living may be skipped, but the schema requires it",
    ),
    "an answer that nothing gives": (drop("steps", 2), "field living is required, but nothing answers it"),
    "an identity of nobody": (change("assurance", to="anonymous"), "a person who does not sign in"),
    "a hand-in without a day": (change("deadline_days", to=0), "needs a deadline"),
    "more proof than a card can give offline": (change("assurance", to="card_verified"), "needs more"),
    "a query without the province": (change("kind", to="query"), "a query cannot be used offline"),
    "a slip with an unknown word": (change("slip", 3, "value", to="$mood"), "shows $mood"),
    "a helper of no kind that helps": (change("for_others", to=["guardian"]), "each named once"),
    "a helper named twice": (change("for_others", to=["family", "family"]), "each named once"),
    "a schema that is none": (change("schema", "type", to="thing"), "not JSON Schema 2020-12"),
}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"assurance_to_submit": "known_twice"}, "is done in person"),
        ({"kind": "query"}, "known person applies"),
    ],
)
def test_what_asks_for_more_or_tells_something_is_not_done_for_others(
    good: Document, changed: Document, words: str
) -> None:
    document = {**good, "offline": "never", "assurance": "card_verified", **changed}
    with pytest.raises(ValueError, match=words):
        check_item(msgspec.convert(document, Item))


FIRMS_CONTRADICTIONS = [
    (change("kind", to="query"), "a query is answered for the person of the session"),
    (change("assurance", to="anonymous"), "needs a sign-in, and the province"),
    (change("offline", to="draft"), "needs a sign-in, and the province"),
    (change("once_per", to="person"), "not once per person"),
    (change("for_others", to=["family"]), "not for others"),
    (change("assurance_to_submit", to="known_twice"), "proved once, by the licence"),
]
FIRMS_NAMES = ("query", "anonymous", "draft", "once", "for others", "proved twice")


@pytest.mark.parametrize(("make_wrong", "words"), FIRMS_CONTRADICTIONS, ids=FIRMS_NAMES)
def test_what_is_done_for_organisations_is_done_by_the_licence_alone(
    repository: Path, make_wrong: Callable[[Document], None], words: str
) -> None:
    path = repository / "province_platform" / "reference_items" / "items" / "enterprise-appeal.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    make_wrong(document)
    with pytest.raises(ValueError, match="item enterprise-appeal: ") as refusal:
        check_item(msgspec.convert(document, Item))
    assert words in str(refusal.value)


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_contradiction_is_refused(name: str, good: Document) -> None:
    document = copy.deepcopy(good)
    make_wrong, words = CONTRADICTIONS[name]
    make_wrong(document)
    with pytest.raises(ValueError, match=r"^item elder-allowance: ") as refusal:
        check_item(msgspec.convert(document, Item))
    assert words in str(refusal.value)


def test_one_contradiction_refuses_the_batch(good: Document, repository: Path) -> None:
    folder = repository / "province_platform" / "reference_items"
    batch = json.loads((folder / "batch.json").read_text(encoding="utf-8"))
    assert (
        decode_batch_document(json.dumps({**batch, "items": [good]}).encode()).items[0].code == good["code"]
    )
    bad = {**good, "deadline_days": 0}
    with pytest.raises(ValueError, match="needs a deadline"):
        decode_batch_document(json.dumps({**batch, "items": [good, bad]}).encode())


@pytest.mark.parametrize(
    ("change_of", "words"),
    [
        (change("code", to="Elder Allowance"), "code"),
        (change("code", to="elder\n"), "code"),
        (change("steps", 0, "widget", to="free_text"), "widget"),
        (change("slip", 0, "kind", to="advertisement"), "slip"),
        (change("title", to={"zh": "只有中文"}), "title"),
        (change("minutes", to=0), "minutes"),
        (change("capabilities", to=["x" * 33]), "capabilities"),
        (drop("outcome"), "outcome"),
    ],
)
def test_what_is_not_of_the_form_is_refused_by_the_path(
    change_of: Callable[[Document], None], words: str, good: Document
) -> None:
    document = copy.deepcopy(good)
    change_of(document)
    with pytest.raises(msgspec.ValidationError, match=words):
        msgspec.convert(document, Item)


@given(st.binary(max_size=100))
def test_bytes_that_are_no_batch_are_refused_and_raise_nothing_else(content: bytes) -> None:
    with pytest.raises((msgspec.DecodeError, ValueError)):
        decode_batch_document(content)


def test_a_text_is_read_in_the_language_of_the_session() -> None:
    text = LocalText("凭条", "slip")
    assert (text.read("zh"), text.read("en")) == ("凭条", "slip")


def test_no_two_operations_share_a_name_or_a_door() -> None:
    assert len({operation.name for operation in OPERATIONS}) == len(OPERATIONS)
    assert len({(operation.method, operation.path) for operation in OPERATIONS}) == len(OPERATIONS)
    assert all(
        operation.path.startswith("/v1/")
        and 0 < operation.timeout_s - dict(operation.query).get("wait_s", 0) <= 20
        for operation in OPERATIONS
    )
