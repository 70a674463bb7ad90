"""Too much, packed too well, or no sense at all: always a word, never a fault of the server."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contract.answers import BatchAnswer
from contract.envelope import CloudEvent
from contract.payloads import Case
from contract.sets import Outcome, Stream
from foundation.errors import Errors
from province_platform.bodies import BATCH, unpack
from province_platform.refused import Refused
from province_platform.server import PlatformServer
from tests.province_platform.terminals import EnrolledTerminal, anybody, rows

EXAMPLES = settings(
    max_examples=1200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=8,
)
ENVELOPE_FIELDS = tuple(name for name in CloudEvent.__struct_fields__ if name != "data")
CASE_FIELDS = tuple(Case.__struct_fields__)
CALLS = (
    "/v1/enrolments",
    "/v1/sign-in/card",
    "/v1/sign-in/code",
    "/v1/queries/pension-payments",
    "/v1/licences",
)


def test_a_packed_batch_is_taken(terminal: EnrolledTerminal) -> None:
    row = msgspec.json.encode(terminal.event(Stream.STATUS, terminal.status()))
    answer = terminal.post_batch(gzip.compress(b"[" + row + b"]", 1), **{"content-encoding": "gzip"})
    assert msgspec.json.decode(answer.content, type=BatchAnswer).answers[0].outcome is Outcome.STORED


def test_a_bomb_is_refused_and_never_unpacked(terminal: EnrolledTerminal) -> None:
    bomb = gzip.compress(b"[" + b" " * (128 * 1024 * 1024), 9)
    answer = terminal.post_batch(bomb, **{"content-encoding": "gzip"})
    assert (answer.status_code, answer.json()["code"]) == (413, "PROV-006")
    tracemalloc.start()
    try:
        assert isinstance(unpack(bomb, BATCH.unpacked, Errors.EVENT_REFUSED), Refused)
        assert tracemalloc.get_traced_memory()[1] < 3 * BATCH.unpacked
    finally:
        tracemalloc.stop()


def test_what_is_packed_badly_is_refused(terminal: EnrolledTerminal) -> None:
    good = gzip.compress(b"[]")
    for body in (b"no gzip", good[:-4], good + b"more", good + good, b""):
        assert terminal.post_batch(body, **{"content-encoding": "gzip"}).status_code == 400
    assert terminal.post_batch(b"[]", **{"content-encoding": "br"}).status_code == 415


def test_a_giant_body_is_refused_whether_it_says_its_size_or_not(terminal: EnrolledTerminal) -> None:
    giant = b"[" + b" " * BATCH.sent + b"]"
    assert terminal.post_batch(giant).status_code == 413
    chunks = (giant[at : at + 65536] for at in range(0, len(giant), 65536))
    answer = terminal.call("POST", "/v1/events", data=chunks)
    assert (answer.status_code, answer.json()["code"]) == (413, "PROV-006")
    assert terminal.call("GET", "/v1/time").status_code == 200, "the connection is good for the next call"


@EXAMPLES
@given(body=st.binary(max_size=300) | JSON.map(lambda value: json.dumps(value).encode()))
def test_no_rubbish_in_a_batch_makes_an_error_of_the_server(terminal: EnrolledTerminal, body: bytes) -> None:
    answer = terminal.post_batch(body)
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        given_back = msgspec.json.decode(answer.content, type=BatchAnswer).answers
        assert {row.outcome for row in given_back} <= {Outcome.REFUSED}


@settings(EXAMPLES, max_examples=500)
@given(
    changes=st.dictionaries(
        st.sampled_from([*ENVELOPE_FIELDS, *(f"data.{name}" for name in CASE_FIELDS)]),
        JSON | st.text(alphabet="0123456789-:TZ\x00\ud7ff", max_size=40),
        min_size=1,
        max_size=3,
    )
)
def test_no_field_of_an_event_makes_an_error_of_the_server(
    server: PlatformServer, terminal: EnrolledTerminal, changes: dict[str, Any]
) -> None:
    row = json.loads(msgspec.json.encode(terminal.event(Stream.CASE, terminal.case())))
    for place, value in changes.items():
        within = row["data"] if place.startswith("data.") else row
        within[place.removeprefix("data.")] = value
    answer = terminal.post_batch(json.dumps([row]).encode())
    assert answer.status_code == 200
    (outcome,) = msgspec.json.decode(answer.content, type=BatchAnswer).answers
    assert outcome.outcome in (Outcome.STORED, Outcome.REFUSED)


@settings(EXAMPLES, max_examples=300)
@given(
    path=st.sampled_from(
        [
            "/v1/enrolments",
            "/v1/sign-in/card",
            "/v1/sign-in/code",
            "/v1/queries/pension-payments",
            "/v1/licences",
        ]
    ),
    body=st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()),
)
def test_no_rubbish_in_a_call_makes_an_error_of_the_server(
    terminal: EnrolledTerminal, path: str, body: bytes
) -> None:
    answer = terminal.call("POST", path, data=body, headers={"dianxiaoer-session": "rubbish"})
    assert answer.status_code in (400, 401, 403)
    assert set(answer.json()) == {"code", "message"}


def test_who_has_no_certificate_cannot_send_much(server: PlatformServer, tmp_path: Any) -> None:
    with anybody(server, tmp_path) as session:
        answer = session.post(f"{server.terminal_url}/v1/enrolments", data=b" " * 70_000, timeout=10)
    assert (answer.status_code, answer.json()["code"]) == (413, "ENRL-001")
    assert rows(server, "SELECT count(*) FROM terminals") == [(0,)]
