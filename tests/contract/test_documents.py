"""The generated documents are whole, true to the contract, and as committed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from contract import documents, fields
from contract.data_dictionary import DataDictionary
from contract.envelope import BATCH_MEDIA_TYPE, encode_batch
from contract.event_types import PAYLOADS
from contract.operations import EVENTS, ITEMS, OPERATIONS, SESSION_HEADER, SIGNATURE_HEADER, UPLOADS, Caller
from contract.sets import CaseState, Stream
from contract.structures import closed_sets, fields_of, structs
from tests.contract.examples import event, payload


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The document as a reader gets it: through JSON."""
    return dict(json.loads(documents.documents()["openapi.json"]))


@pytest.fixture(scope="module")
def dictionary() -> str:
    return documents.documents()["data-dictionary.md"].decode()


def test_the_committed_documents_are_those_of_the_contract(repository: Path) -> None:
    assert documents.stale(repository / documents.FOLDER) == [], "run `make documents`"


def test_the_check_names_each_stale_file_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--folder", str(tmp_path)]
    assert documents.main([*arguments, "--check"]) == 1
    assert list(tmp_path.iterdir()) == []
    assert documents.main(arguments) == 0
    assert documents.main([*arguments, "--check"]) == 0
    capsys.readouterr()
    (tmp_path / "openapi.json").write_bytes((tmp_path / "openapi.json").read_bytes() + b" ")
    assert documents.main([*arguments, "--check"]) == 1
    assert capsys.readouterr().err == f"{tmp_path / 'openapi.json'} is stale: run `make documents`\n"


def test_the_same_contract_makes_the_same_bytes() -> None:
    assert documents.documents() == documents.documents()


# OpenAPI


def test_every_operation_is_there_with_who_may_call_it(document: dict[str, Any]) -> None:
    described = {
        entry["operationId"]: (method.upper(), path, entry)
        for path, methods in document["paths"].items()
        for method, entry in methods.items()
    }
    assert set(described) == {operation.name for operation in OPERATIONS}
    for operation in OPERATIONS:
        method, path, entry = described[operation.name]
        assert (method, path) == (operation.method, operation.path)
        assert entry["summary"] == operation.zh
        schemes = {name for requirement in entry["security"] for name in requirement}
        assert (
            schemes
            == {
                Caller.ANYONE: set(),
                Caller.TERMINAL: {"terminalCertificate"},
                Caller.CITIZEN: {"terminalCertificate", "citizenSession"},
            }[operation.caller]
        )
        assert ("requestBody" in entry) == (operation.request is not None)
        assert {"4XX", "5XX"} < set(entry["responses"])
        assert operation in UPLOADS or "200" in entry["responses"]
        named = {parameter["name"] for parameter in entry.get("parameters", []) if parameter["in"] == "path"}
        assert named == set(re.findall(r"\{(\w+)\}", path))


def test_sessions_and_certificates_and_signatures_are_described(document: dict[str, Any]) -> None:
    schemes = document["components"]["securitySchemes"]
    assert schemes["terminalCertificate"]["type"] == "mutualTLS"
    session = schemes["citizenSession"]
    assert (session["type"], session["in"], session["name"]) == ("apiKey", "header", SESSION_HEADER)
    items = document["paths"][ITEMS.path]["get"]
    assert SIGNATURE_HEADER in items["responses"]["200"]["headers"]
    assert "304" in items["responses"]


def test_every_reference_resolves_and_nothing_is_left_over(document: dict[str, Any]) -> None:
    references = {value for name, value in walk(document) if name == "$ref"}
    mapped = set(document["components"]["schemas"]["Event"]["discriminator"]["mapping"].values())
    for reference in references | mapped:
        place: Any = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
    used = {reference.rsplit("/", 1)[1] for reference in references}
    sealed = {"SealedCase", "HandedOver", "SocialCardHolder", "Command"}
    assert set(document["components"]["schemas"]) - used == sealed, "sealed or signed"


def test_every_schema_is_json_schema_2020_12(document: dict[str, Any]) -> None:
    for schema in document["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_field_and_value_is_named_in_chinese(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    sets_of_fields = [closed_set for closed_set in closed_sets() if closed_set is not Stream]
    for closed_set in sets_of_fields:
        words = schemas[closed_set.__name__]["x-words"]
        assert list(words) == schemas[closed_set.__name__]["enum"] == [member.value for member in closed_set]
    assert schemas["CaseState"]["x-words"]["accepted"] == {
        "zh": CaseState.ACCEPTED.zh,
        "en": CaseState.ACCEPTED.en,
    }
    for struct in structs():
        for name, described in schemas[struct.__name__]["properties"].items():
            assert is_chinese(described["title"]), f"{struct.__name__}.{name}"


def test_what_the_terminal_sends_is_what_the_document_says(document: dict[str, Any]) -> None:
    """Real bytes of a batch with each kind of event, against the schema of the body."""
    body = document["paths"][EVENTS.path]["post"]["requestBody"]["content"]
    validator = jsonschema.Draft202012Validator(
        {**body[BATCH_MEDIA_TYPE]["schema"], "components": document["components"]}
    )
    batch = json.loads(encode_batch([event(type_, payload(type_)) for type_ in PAYLOADS]))
    assert [error.message for error in validator.iter_errors(batch)] == []
    for row in batch:
        broken = {**row, "data": {}}
        assert not validator.is_valid([broken]), row["type"]
        assert not validator.is_valid([{**row, "type": row["type"].replace(".v1", ".v2")}])
    assert not validator.is_valid(batch * 21), "more than 200 rows"


# The data dictionary


def test_every_struct_field_set_value_event_and_call_stands_in_the_dictionary(dictionary: str) -> None:
    for struct in structs():
        rows = table_under(dictionary, struct.__name__)
        assert [row[0] for row in rows] == [f"`{field.name}`" for field in fields_of(struct)]
        for name, chinese, type_, *_ in rows:
            assert is_chinese(chinese), f"{struct.__name__}.{name}"
            assert type_, f"{struct.__name__}.{name}"
    for closed_set in closed_sets():
        rows = table_under(dictionary, closed_set.__name__)
        assert rows == [(f"`{member.value}`", member.zh, member.en) for member in closed_set]
    for operation in OPERATIONS:
        assert f"| {operation.zh} | `{operation.method} {operation.path}` |" in dictionary
    for type_ in PAYLOADS:
        assert f"`{type_}`" in dictionary


def test_every_note_has_its_place_and_every_place_its_note() -> None:
    described = DataDictionary().described()
    assert set(described["operation"]) == {operation.name for operation in OPERATIONS}
    assert set(described["set"]) == {closed_set.__name__ for closed_set in closed_sets()}
    assert set(described["struct"]) == {struct.__name__ for struct in structs()}
    for struct in structs():
        explained_in_english = {
            field.name
            for field in fields_of(struct)
            if field.description and field.pattern != fields.TIME_PATTERN
        }
        assert described["struct"][struct.__name__] == explained_in_english, struct.__name__


def test_limits_and_defaults_are_those_of_the_structs(dictionary: str) -> None:
    case = {row[0].strip("`"): row for row in table_under(dictionary, "Case")}
    assert case["receipt_number"][2:6] == ("文本", "11", "是", "11位数字")
    assert case["hear_by"][3:6] == ("10", "否（空）", "年-月-日，或空")
    rating = {row[0].strip("`"): row for row in table_under(dictionary, "Rating")}
    assert rating["service_no"][5] == "1 至 99"
    assert rating["tags"][2:5] == ("文本的列表", "8", "否（空列表）")


def test_what_the_dictionary_says_is_chinese(dictionary: str) -> None:
    """Only names of the wire, of standards and the English words of the code tables are in Latin letters."""
    prose = re.sub(r"`[^`]*`|\([^)]*\)|^\| `.*\|$", "", dictionary, flags=re.MULTILINE)
    sentences = re.findall(r"[A-Za-z][a-z]+(?: [a-z]+){3,}", prose)
    assert sentences == []


def walk(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name, inner
            yield from walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner)


def table_under(markdown: str, name: str) -> list[tuple[str, ...]]:
    section = re.search(rf"^### \S+ {name}\n(.*?)(?=^##|\Z)", markdown, flags=re.MULTILINE | re.DOTALL)
    assert section is not None, name
    lines = [line for line in section[1].splitlines() if line.startswith("|")][2:]
    return [tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))) for line in lines]


def is_chinese(text: str) -> bool:
    return bool(re.search(r"[\u4e00-\u9fff]", text))
