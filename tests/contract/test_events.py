"""Events and their payloads: round trips, limits, and one bad row that harms no other."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.answers import BatchAnswer, CaseAnswer, EventAnswer, Identity
from contract.envelope import (
    CloudEvent,
    decode_event,
    encode_batch,
    event_type,
    row_identity,
    split_batch,
    stream_of,
)
from contract.event_types import PAYLOADS
from contract.payloads import Case, Payload, Position, Rating, Status
from contract.sets import CaseState, Outcome, Stream
from contract.structures import fields_of, structs
from tests.contract.examples import CASE_ID, NOW, case, case_event, event, new_id, payload


@pytest.mark.parametrize("type_", PAYLOADS)
def test_every_payload_comes_back_as_it_was_sent(type_: str) -> None:
    sent = event(type_, payload(type_))
    (row,) = split_batch(encode_batch([sent]))
    received = decode_event(row)
    assert received == sent
    assert msgspec.json.decode(received.data, type=PAYLOADS[type_]) == payload(type_)


@pytest.mark.parametrize("type_", PAYLOADS)
def test_a_payload_that_says_no_more_than_it_must_comes_back_too(type_: str) -> None:
    """Defaults stand on the wire, so a default that breaks its own rule would refuse our own events."""
    sparing = {
        field.name: getattr(payload(type_), field.name)
        for field in fields_of(PAYLOADS[type_])
        if field.required
    }
    sent = PAYLOADS[type_](**sparing)
    assert msgspec.json.decode(msgspec.json.encode(sent), type=PAYLOADS[type_]) == sent


@pytest.mark.parametrize("struct", structs(), ids=lambda struct: struct.__name__)
def test_no_default_breaks_the_rule_of_its_own_field(struct: type[msgspec.Struct]) -> None:
    annotations = _annotations(struct)
    for field in fields_of(struct):
        if not field.required:
            encoded = msgspec.json.encode(field.default)
            assert msgspec.json.decode(encoded, type=annotations[field.name]) == field.default, field.name


def test_every_stream_has_a_payload_and_a_type_and_back() -> None:
    assert {stream_of(type_) for type_ in PAYLOADS} == set(Stream)
    assert event_type(Stream.CASE, "undelivered") == "cn.gov.hubei.dianxiaoer.case.undelivered.v1"
    for strange in ("", "case", "cn.gov.hubei.dianxiaoer.case.v2", "cn.gov.hubei.dianxiaoer.weather.v1"):
        assert stream_of(strange) is None


def test_one_bad_row_harms_no_other() -> None:
    good = [case_event(), event(event_type(Stream.STATUS), payload(event_type(Stream.STATUS)))]
    rows = json.loads(encode_batch(good))
    bad: list[Any] = [
        7,
        None,
        "text",
        [],
        {},
        {"id": "half"},
        {**rows[0], "time": "yesterday"},
        {**rows[0], "id": 3},
    ]
    body = json.dumps([rows[0], *bad, rows[1]]).encode()
    received, refused = [], []
    for row in split_batch(body):
        try:
            received.append(decode_event(row))
        except msgspec.DecodeError:
            refused.append(row_identity(row))
    assert [one.id for one in received] == [one.id for one in good]
    assert refused == ["", "", "", "", "", "half", rows[0]["id"], ""]


def test_a_body_that_is_no_list_is_refused_whole() -> None:
    for body in (b"", b"<html>", b"{}", b'[{"id":"1"}', b"\xff\xfe", b"[" * 100_000):
        with pytest.raises(msgspec.DecodeError):
            split_batch(body)


@given(st.binary(max_size=200))
def test_any_bytes_are_split_or_refused_and_never_anything_else(body: bytes) -> None:
    try:
        split_batch(body)
    except msgspec.DecodeError:
        return
    assert body.strip().startswith(b"[")


@pytest.mark.parametrize(
    "row", [b'{"id":"\xff"}', b'{"a":' * 5_000, b'{"id":"\\ud800"}', b'{"id":' + b"[" * 5_000, b""]
)
def test_a_row_that_is_no_json_has_no_identity_and_is_refused_like_any_other(row: bytes) -> None:
    assert row_identity(msgspec.Raw(row)) == ""
    with pytest.raises(msgspec.DecodeError):
        decode_event(msgspec.Raw(row))


def test_a_newer_terminal_may_say_more_than_an_older_platform_knows() -> None:
    row = json.loads(encode_batch([case_event()]))[0]
    newer = {**row, "traceparent": "00-1", "data": {**row["data"], "mood": {"colour": "jade"}}}
    received = decode_event(msgspec.Raw(json.dumps(newer).encode()))
    assert msgspec.json.decode(received.data, type=Case) == case()
    answer = msgspec.json.encode(EventAnswer(id=new_id(), outcome=Outcome.STORED))
    later = msgspec.json.encode(json.loads(answer) | {"warmth": 1})
    assert msgspec.json.decode(later, type=EventAnswer) == msgspec.json.decode(answer, type=EventAnswer)


def test_an_answer_says_no_more_than_it_has_to() -> None:
    answer = BatchAnswer(answers=[EventAnswer(id=CASE_ID, outcome=Outcome.DUPLICATE)], time=NOW)
    assert json.loads(msgspec.json.encode(answer)) == {
        "answers": [{"id": CASE_ID, "outcome": "duplicate"}],
        "time": NOW,
    }


@pytest.mark.parametrize("struct", structs(), ids=lambda struct: struct.__name__)
def test_ten_thousand_characters_in_a_field_are_refused_by_its_name(struct: type[msgspec.Struct]) -> None:
    flood = "长" * 10_000
    annotations = _annotations(struct)
    limited = [field for field in fields_of(struct) if field.longest is not None and field.longest < 10_000]
    for field in limited:
        too_much: Any = flood if isinstance(field.type, msgspec.inspect.StrType) else [None] * 10_000
        with pytest.raises(msgspec.ValidationError) as refusal:
            msgspec.convert(too_much, annotations[field.name])
        assert "长" not in str(refusal.value)


def test_the_refusal_of_a_flooded_field_names_it_and_does_not_repeat_it() -> None:
    row = json.loads(encode_batch([case_event()]))[0]
    with pytest.raises(msgspec.ValidationError, match=r"`\$\.item_code`$"):
        msgspec.convert({**row["data"], "item_code": "长" * 10_000}, Case)
    with pytest.raises(msgspec.ValidationError, match=r"`\$\.source`$"):
        msgspec.convert({**row, "source": "x" * 65}, CloudEvent)


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-21T02:10:07.123+00:00",
        "2026-11-21T02:10:07Z",
        "2026-11-21 02:10:07.123Z",
        "2026-11-21T02:10:07.123456Z",
        "٢٠٢٦-11-21T02:10:07.123Z",
        "2026-11-21T02:10:07.123Z\n",
        "",
    ],
)
def test_only_one_form_of_time_is_a_time(value: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode_event(raw_event(time=value))


@pytest.mark.parametrize(
    "value",
    [
        "6F1A4D2E-0F3B-4C58-9A61-1B2C3D4E5F60",
        "6f1a4d2e-0f3b-1c58-9a61-1b2c3d4e5f60",
        "6f1a4d2e-0f3b-4c58-7a61-1b2c3d4e5f60",
        "6f1a4d2e0f3b4c589a611b2c3d4e5f60",
        "{6f1a4d2e-0f3b-4c58-9a61-1b2c3d4e5f60}",
        "6f1a4d2e-0f3b-4c58-9a61-1b2c3d4e5f60\n",
        "",
    ],
)
def test_only_a_lower_case_uuid_of_version_4_is_an_id(value: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode_event(raw_event(id=value))


@pytest.mark.parametrize("value", ["-1", "007", "1.0", "1e3", "", " 1", "1\n", "١", "9" * 20])
def test_only_a_plain_decimal_is_a_sequence(value: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode_event(raw_event(sequence=value))


@given(st.uuids(version=4), st.integers(0, 10**18))
def test_whatever_we_make_is_an_id_and_a_sequence(identity: Any, sequence: int) -> None:
    received = decode_event(raw_event(id=str(identity), sequence=str(sequence)))
    assert (received.id, int(received.sequence)) == (str(identity), sequence)


@pytest.mark.parametrize("day", ["2026-1-1", "2026/11/21", "20261121", "2026-11-21T", "\n", "tomorrow"])
def test_a_day_is_a_day_or_nothing(day: str) -> None:
    content = msgspec.to_builtins(case())
    assert msgspec.convert(content | {"hear_by": ""}, Case).hear_by == ""
    with pytest.raises(msgspec.ValidationError, match="hear_by"):
        msgspec.convert(content | {"hear_by": day}, Case)


def test_a_word_of_no_closed_set_is_refused() -> None:
    content = msgspec.to_builtins(case())
    for field, word in (("state", "approved"), ("kind", "chat"), ("relation", "friend")):
        with pytest.raises(msgspec.ValidationError, match=rf"\$\.{field}"):
            msgspec.convert(content | {field: word}, Case)
    with pytest.raises(msgspec.ValidationError, match="crs"):
        msgspec.convert(msgspec.to_builtins(payload(event_type(Stream.POSITION))) | {"crs": "GPS"}, Position)


@pytest.mark.parametrize(
    ("type_", "field", "value"),
    [
        (Rating, "service_no", 0),
        (Rating, "service_no", 100),
        (Rating, "assess_number", 3),
        (Rating, "tags", ["412"] * 9),
        (Rating, "tags", ["4" * 9]),
        (Position, "longitude", 180.1),
        (Position, "latitude", -90.1),
        (Status, "uptime_s", -1),
        (Status, "capabilities_lost", ["x" * 33]),
        (Case, "receipt_number", "123"),
        (Case, "region_code", "420102"),
    ],
)
def test_figures_keep_to_their_limits(type_: type[Payload], field: str, value: object) -> None:
    example = next(payload(name) for name, struct in PAYLOADS.items() if struct is type_)
    with pytest.raises(msgspec.ValidationError, match=field):
        msgspec.convert(msgspec.to_builtins(example) | {field: value}, type_)


def test_a_person_in_clear_shows_nothing_of_herself_in_a_log() -> None:
    person = Identity(
        name="欧阳娜娜", number="11010519491231002X", birth_date="1949-12-31", address="湖北省武汉市"
    )
    assert repr(person) == str(person) == f"{person}" == "Identity(…)"


def test_a_case_is_where_its_platform_says_it_is() -> None:
    answer = CaseAnswer(
        case_id=CASE_ID, case_no="", state=CaseState.SUBMITTED, item_code="call-back", received_at=NOW
    )
    assert msgspec.json.decode(msgspec.json.encode(answer), type=CaseAnswer) == answer


def raw_event(**changes: str) -> msgspec.Raw:
    row = json.loads(encode_batch([case_event()]))[0]
    return msgspec.Raw(json.dumps(row | changes).encode())


def _annotations(struct: type[msgspec.Struct]) -> dict[str, Any]:
    from typing import get_type_hints

    return get_type_hints(struct, include_extras=True)
