"""What a terminal states is compared with the ledger: a difference is an alarm that names what is missing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing

import msgspec
import pytest

from contract import payloads
from contract.answers import BatchAnswer, Wanted
from contract.envelope import CloudEvent, encode_batch
from contract.reconciliation import stretch_digest
from contract.sets import Outcome, Stream
from foundation.clock import rfc3339
from province_platform.reconciliation import ASK_AGAIN_AFTER, MOST_ASKED, Comparison, Held, compare
from province_platform.sequences import Span
from province_platform.server import PlatformServer
from tests.fakes.clock import ManualClock
from tests.province_platform.terminals import EnrolledTerminal, rows

RECONCILIATION = "cn.gov.hubei.dianxiaoer.audit.reconciliation.v1"


def statement(
    terminal: EnrolledTerminal, events: list[CloudEvent], *, stream: Stream = Stream.CASE, **changed: object
) -> CloudEvent:
    """What a terminal states that was told that all of ``events`` are stored."""
    delivered = [(int(event.sequence), event.id) for event in events]
    facts: dict[str, object] = {
        "terminal_id": terminal.id,
        "stream": stream,
        "first_sequence": 1,
        "last_sequence": max(sequence for sequence, _ in delivered),
        "count": len(delivered),
        "digest": stretch_digest(delivered),
        "cut_at": rfc3339(terminal.server.clock.utc_now()),
    }
    content = msgspec.convert(facts | changed, payloads.Reconciliation, str_keys=True, strict=False)
    return terminal.event(Stream.AUDIT, content, type=RECONCILIATION)


def answer_to(terminal: EnrolledTerminal, *events: CloudEvent) -> BatchAnswer:
    return msgspec.json.decode(terminal.post_batch(encode_batch(list(events))).content, type=BatchAnswer)


def hand_in(terminal: EnrolledTerminal, number: int) -> list[CloudEvent]:
    events = [terminal.event(Stream.CASE, terminal.case()) for _ in range(number)]
    assert {answer.outcome for answer in terminal.send(*events)} == {Outcome.STORED}
    return events


def delete_behind_its_back(server: PlatformServer, event_id: str) -> None:
    with closing(sqlite3.connect(server.database_path)) as database, database:
        database.execute("DELETE FROM events WHERE id = ?", (event_id,))


def open_alarms(server: PlatformServer) -> list[tuple[object, ...]]:
    return rows(server, "SELECT code FROM alarms WHERE open")


def test_both_have_the_same(server: PlatformServer, terminal: EnrolledTerminal) -> None:
    events = hand_in(terminal, 3)
    answer = answer_to(terminal, statement(terminal, events))
    assert (answer.answers[0].outcome, answer.wanted) == (Outcome.STORED, [])
    assert rows(server, "SELECT counted, held, agrees FROM statements") == [(3, 3, 1)]
    assert open_alarms(server) == []


def test_a_statement_may_stand_in_the_batch_of_what_it_speaks_of(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    events = [terminal.event(Stream.CASE, terminal.case()) for _ in range(2)]
    terminal.send(*events, statement(terminal, events))
    assert rows(server, "SELECT held, agrees FROM statements") == [(2, 1)]


def test_a_row_that_the_platform_lost_is_an_alarm_and_is_asked_for(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    events = hand_in(terminal, 5)
    delete_behind_its_back(server, events[1].id)
    delete_behind_its_back(server, events[2].id)
    answer = answer_to(terminal, statement(terminal, events))
    asked = Wanted(store_id=terminal.store_id, stream=Stream.CASE, first_sequence=1, last_sequence=5)
    assert answer.wanted == [asked]
    ((held, agrees, missing, doubled),) = rows(
        server, "SELECT held, agrees, missing, doubled FROM statements"
    )
    assert (held, agrees, json.loads(str(missing)), doubled) == (3, 0, [[2, 3]], "[]")
    assert open_alarms(server) == [("RECO-001",)]


def test_when_it_is_there_again_the_alarm_closes(server: PlatformServer, terminal: EnrolledTerminal) -> None:
    events = [terminal.event(Stream.STATUS, terminal.status()) for _ in range(3)]
    terminal.send(*events)
    delete_behind_its_back(server, events[0].id)
    terminal.send(statement(terminal, events, stream=Stream.STATUS))
    assert open_alarms(server) == [("RECO-001",)]
    later = terminal.event(Stream.STATUS, terminal.status())
    terminal.send(events[0], later)
    answer = answer_to(terminal, statement(terminal, [*events, later], stream=Stream.STATUS))
    assert answer.wanted == []
    assert open_alarms(server) == []
    assert rows(server, "SELECT first, last, agrees FROM statements") == [(1, 4, 1)]


def test_a_difference_that_stays_is_one_alarm_and_is_not_asked_for_again(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    events = hand_in(terminal, 3)
    delete_behind_its_back(server, events[1].id)
    assert len(answer_to(terminal, statement(terminal, events)).wanted) == 1
    assert answer_to(terminal, statement(terminal, events)).wanted == []
    assert open_alarms(server) == [("RECO-001",)]


def test_an_answer_may_be_lost_so_it_is_asked_again_but_not_for_ever(
    clock: ManualClock, server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    events = hand_in(terminal, 2)
    delete_behind_its_back(server, events[0].id)
    assert answer_to(terminal, statement(terminal, events)).wanted
    asked = 1
    for _ in range(MOST_ASKED + 2):
        assert not answer_to(terminal, terminal.event(Stream.STATUS, terminal.status())).wanted
        clock.advance(ASK_AGAIN_AFTER.total_seconds())
        asked += len(answer_to(terminal, terminal.event(Stream.STATUS, terminal.status())).wanted)
        clock.advance(1)
    assert asked == MOST_ASKED


def test_what_was_refused_and_set_aside_is_no_difference(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    (kept,) = hand_in(terminal, 1)
    refused = terminal.event(Stream.CASE, terminal.case(task_code="short"))
    (last,) = [terminal.event(Stream.CASE, terminal.case())]
    assert [answer.outcome for answer in terminal.send(refused, last)] == [Outcome.REFUSED, Outcome.STORED]
    terminal.send(statement(terminal, [kept, last], set_aside=[2]))
    assert rows(server, "SELECT agrees, missing FROM statements") == [(1, "[]")]


def test_a_stretch_that_ends_before_it_begins_is_refused(terminal: EnrolledTerminal) -> None:
    (event,) = hand_in(terminal, 1)
    (answer,) = terminal.send(statement(terminal, [event], first_sequence=2))
    assert (answer.outcome, answer.reason) == (
        Outcome.REFUSED,
        "data.last_sequence is before its first or out of range",
    )


def stating(numbers: dict[int, str], last: int, set_aside: Sequence[int] = ()) -> payloads.Reconciliation:
    return payloads.Reconciliation(
        terminal_id="t",
        stream=Stream.STATUS,
        first_sequence=1,
        last_sequence=last,
        count=len(numbers),
        digest=stretch_digest(numbers.items()),
        set_aside=list(set_aside),
        cut_at="2026-11-21T16:00:00.000Z",
    )


def at(event_id: str, last: int, first: int | None = None) -> Held:
    return Held(event_id, Span(first or last, last))


@pytest.mark.parametrize(
    ("stated", "held", "expected"),
    [
        pytest.param(
            stating({4: "d"}, 4),
            [at("d", 4, 1)],
            Comparison(1, True, (), ()),
            id="one stands for those that it superseded",
        ),
        pytest.param(
            stating({4: "d"}, 4),
            [at("b", 2), at("d", 4, 1)],
            Comparison(1, True, (), ()),
            id="one that came, was not answered, and was superseded",
        ),
        pytest.param(
            stating({1: "a", 2: "b"}, 2),
            [at("a", 1), at("b", 2), at("x", 2)],
            Comparison(3, False, (), (2,)),
            id="a number that two events have, as after a copied disk",
        ),
        pytest.param(
            stating({1: "a", 2: "b"}, 2),
            [at("a", 1), at("y", 2)],
            Comparison(2, False, (), ()),
            id="another event under the same number",
        ),
        pytest.param(
            stating({1: "a", 3: "c", 6: "f"}, 6, [4]),
            [at("a", 1)],
            Comparison(1, False, (Span(2, 3), Span(5, 6)), ()),
            id="missing to the end of the stretch",
        ),
        pytest.param(
            stating({1: "a"}, 2, [2]),
            [at("a", 1), at("b", 2)],
            Comparison(1, True, (), ()),
            id="what was set aside had come after all",
        ),
    ],
)
def test_comparisons(stated: payloads.Reconciliation, held: list[Held], expected: Comparison) -> None:
    assert compare(stated, held) == expected
