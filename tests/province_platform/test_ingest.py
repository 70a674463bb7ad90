"""Batches of events: row by row, exactly once, in the order that the contract asks for."""

from __future__ import annotations

import msgspec

from contract.sets import Outcome, Stream
from tests.province_platform.terminals import TASK_CODE, EnrolledTerminal


def test_a_case_gets_its_number_and_the_same_number_again(terminal: EnrolledTerminal) -> None:
    event = terminal.event(Stream.CASE, terminal.case())
    (stored,) = terminal.send(event)
    (repeated,) = terminal.send(event)
    assert stored.outcome is Outcome.STORED
    assert len(stored.case_no) == 43
    assert stored.case_no.startswith(TASK_CODE)
    assert stored.case_no.endswith("0001")
    assert (repeated.outcome, repeated.case_no) == (Outcome.DUPLICATE, stored.case_no)


def test_one_bad_row_leaves_the_rest_alone(terminal: EnrolledTerminal) -> None:
    good = [terminal.event(Stream.STATUS, terminal.status()) for _ in range(2)]
    bad = msgspec.json.encode(good[0]).replace(b'"normal"', b'"sparkling"')
    answers = terminal.send(good[0], bad.replace(good[0].id.encode(), b"0" * 8), good[1])
    assert [answer.outcome for answer in answers] == [Outcome.STORED, Outcome.REFUSED, Outcome.STORED]
    assert answers[1].code == "PROV-006"
    assert "sparkling" not in answers[1].reason
