"""The answer that got lost: the rows are durable, the connection is cut, and the same rows come again."""

from __future__ import annotations

import pytest
import requests

from contract.sets import Outcome, Stream
from province_platform.faults import FaultChange
from province_platform.server import PlatformServer
from tests.province_platform.terminals import EnrolledTerminal, outcomes, rows


def test_a_dropped_answer_and_the_same_batch_again_is_exactly_once(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    case = terminal.case()
    service = terminal.service(case)
    batch = [
        terminal.event(Stream.CASE, case),
        terminal.event(Stream.SERVICE, service),
        terminal.event(Stream.RATING, terminal.rating(service)),
    ]
    server.turn(FaultChange(drop_answer_after_commit=2))

    for repeats in (0, 1):
        with pytest.raises(requests.exceptions.ConnectionError):
            terminal.send(*batch)
        # Nobody was told, and it is there all the same.
        assert rows(server, "SELECT stream, repeats FROM events ORDER BY position") == [
            ("case", repeats),
            ("service", repeats),
            ("rating", repeats),
        ]

    answers = terminal.send(*batch)
    assert [answer.outcome for answer in answers] == [Outcome.DUPLICATE] * 3
    assert rows(server, "SELECT case_no FROM cases") == [(answers[0].case_no,)]
    assert rows(server, "SELECT count(*) FROM services") == [(1,)]
    assert rows(server, "SELECT count(*) FROM ratings") == [(1,)]


def test_the_switch_counts_down_and_then_answers_again(
    server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    server.turn(FaultChange(drop_answer_after_commit=1))
    with pytest.raises(requests.exceptions.ConnectionError):
        terminal.send(terminal.event(Stream.STATUS, terminal.status()))
    assert outcomes(terminal, terminal.event(Stream.STATUS, terminal.status())) == [Outcome.STORED]


def test_only_batches_of_events_lose_their_answer(server: PlatformServer, terminal: EnrolledTerminal) -> None:
    server.turn(FaultChange(drop_answer_after_commit=1))
    assert terminal.call("GET", "/v1/time").status_code == 200
    assert server.turn(FaultChange()).drop_answer_after_commit == 1
