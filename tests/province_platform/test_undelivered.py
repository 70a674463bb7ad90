"""Whoever handed in a case that never came is known by name of an office that looks after it."""

from __future__ import annotations

import itertools
import uuid
from datetime import timedelta
from typing import Any

import msgspec
import pytest
import requests

from contract import payloads
from contract.payloads import WaitingCase
from contract.sets import Outcome, Stream
from foundation.clock import in_china
from province_platform.console_care import NEWEST
from province_platform.presence import MISSED_HEARTBEATS
from province_platform.server import PlatformServer
from province_platform.undelivered import WITHOUT_A_DAY
from province_platform.undelivered_watch import LOOK_EVERY_S
from tests.fakes.clock import ManualClock
from tests.province_platform.terminals import WITHIN_S, EnrolledTerminal, rows

OWNER = "武汉市武昌区行政审批局（演示）"
A_DAY_S = 24 * 3600.0
WINDOW = "武昌区综合窗口3"


class Console:
    """What operators see and do."""

    def __init__(self, server: PlatformServer) -> None:
        self._server = server

    def get(self, path: str) -> Any:
        answer = requests.get(f"{self._server.console_url}/console/{path}", timeout=WITHIN_S)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, **content: object) -> requests.Response:
        return requests.post(f"{self._server.console_url}/console/{path}", json=content, timeout=WITHIN_S)

    def cases(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get("undelivered")["undelivered"]
        return found


@pytest.fixture
def console(server: PlatformServer) -> Console:
    return Console(server)


def day(clock: ManualClock, days: int = 0) -> str:
    return (in_china(clock.utc_now()) + timedelta(days=days)).date().isoformat()


def waiting(terminal: EnrolledTerminal, **changed: Any) -> WaitingCase:
    facts: dict[str, Any] = {
        "case_id": str(uuid.uuid4()),
        "receipt_number": f"{terminal.enrolment.terminal_number}000042",
        "item_code": "elder-allowance",
        "site_id": terminal.enrolment.site.site_id,
    }
    return WaitingCase(**(facts | changed))


def say(terminal: EnrolledTerminal, *cases: WaitingCase) -> None:
    queue = payloads.QueueReport(depth=len(cases), cases_waiting=len(cases), cases=list(cases))
    terminal.send(terminal.event(Stream.STATUS, terminal.status(queue=queue)))


def let_the_watch_look(clock: ManualClock, after_s: float) -> None:
    waits = len(clock.waits_s)
    clock.advance(after_s)
    while len(clock.waits_s) == waits:
        assert clock.somebody_waits()


def told(server: PlatformServer) -> list[dict[str, Any]]:
    found = rows(server, "SELECT document FROM events WHERE notable = 'case_undelivered' ORDER BY position")
    return [msgspec.json.decode(str(document)) for (document,) in found]


def test_a_refused_case_is_looked_after_at_once(
    server: PlatformServer, terminal: EnrolledTerminal, console: Console, clock: ManualClock
) -> None:
    case = terminal.case(task_code="short", deadline=day(clock, 3), hear_by=day(clock, 20), call_back=True)
    (answer,) = terminal.send(terminal.event(Stream.CASE, case))
    assert answer.outcome is Outcome.REFUSED
    (found,) = console.cases()
    assert found["case_id"] == case.case_id
    assert (found["owner"], found["deadline"], found["hear_by"]) == (OWNER, day(clock, 3), day(clock, 20))
    assert (found["reason"], found["code"], found["state"]) == ("refused", "PROV-006", "open")
    assert (found["receipt_number"], found["call_back"]) == (case.receipt_number, True)
    (event,) = told(server)
    assert (event["source"], event["type"]) == ("platform", "cn.gov.hubei.dianxiaoer.case.undelivered.v1")
    content = msgspec.convert(event["data"], payloads.UndeliveredCase)
    assert (content.case_id, content.owner, content.deadline) == (case.case_id, OWNER, day(clock, 3))


def test_of_a_refused_row_nothing_is_kept_that_might_be_a_person(
    terminal: EnrolledTerminal, console: Console, clock: ManualClock
) -> None:
    case = terminal.case(item_code="11010519491231002X")
    (answer,) = terminal.send(terminal.event(Stream.CASE, case))
    assert answer.reason == "an identity number stands in clear"
    (found,) = console.cases()
    assert (found["case_id"], found["item_code"], found["receipt_number"]) == (case.case_id, "", "")
    assert found["deadline"] == day(clock)


def test_a_case_that_a_silent_terminal_had_named_is_looked_after_when_its_day_is_over(
    server: PlatformServer, terminal: EnrolledTerminal, console: Console, clock: ManualClock
) -> None:
    case = waiting(terminal, deadline=day(clock, 2))
    say(terminal, case)
    assert console.cases() == []
    (named,) = console.get("undelivered")["waiting"]
    assert (named["case_id"], named["terminal_id"]) == (case.case_id, terminal.id)
    let_the_watch_look(clock, MISSED_HEARTBEATS * 60 + 60)
    assert console.get("undelivered")["waiting"][0]["silent_s"] >= MISSED_HEARTBEATS * 60
    let_the_watch_look(clock, 2 * A_DAY_S)
    assert console.cases() == []  # the day itself is not over
    let_the_watch_look(clock, A_DAY_S)
    (found,) = console.cases()
    assert (found["case_id"], found["owner"], found["reason"]) == (case.case_id, OWNER, "late")
    let_the_watch_look(clock, LOOK_EVERY_S)
    assert len(console.cases()) == len(told(server)) == 1
    assert console.get("undelivered")["waiting"] == []


def test_a_case_without_a_day_is_looked_after_when_its_terminal_stays_silent(
    terminal: EnrolledTerminal, console: Console, clock: ManualClock
) -> None:
    say(terminal, waiting(terminal))
    let_the_watch_look(clock, WITHOUT_A_DAY.total_seconds() - LOOK_EVERY_S)
    assert console.cases() == []
    let_the_watch_look(clock, 2 * LOOK_EVERY_S)
    assert [found["reason"] for found in console.cases()] == ["late"]


def test_what_a_terminal_has_set_aside_does_not_wait_for_its_day(
    terminal: EnrolledTerminal, console: Console, clock: ManualClock
) -> None:
    say(terminal, waiting(terminal, set_aside=True, code="PROV-003", deadline=day(clock, 9)))
    (found,) = console.cases()
    assert (found["reason"], found["code"]) == ("refused", "PROV-003")


def test_it_closes_when_the_case_comes_after_all(
    server: PlatformServer, terminal: EnrolledTerminal, console: Console, clock: ManualClock
) -> None:
    case = terminal.case(deadline=day(clock, -1))
    say(terminal, waiting(terminal, case_id=case.case_id, deadline=case.deadline))
    let_the_watch_look(clock, LOOK_EVERY_S)
    assert [found["state"] for found in console.cases()] == ["open"]
    terminal.send(terminal.event(Stream.CASE, case))
    (found,) = console.cases()
    assert (found["state"], found["closed_because"]) == ("closed", "delivered")
    say(terminal, waiting(terminal, case_id=case.case_id, deadline=case.deadline, set_aside=True))
    let_the_watch_look(clock, LOOK_EVERY_S)
    assert len(told(server)) == 1


def test_a_slip_leads_to_its_case_wherever_that_is(
    terminal: EnrolledTerminal, console: Console, clock: ManualClock
) -> None:
    numbers = (f"{terminal.enrolment.terminal_number}{number:06d}" for number in itertools.count(100))
    arrived = terminal.case(receipt_number=next(numbers))
    (answer,) = terminal.send(terminal.event(Stream.CASE, arrived))
    asked = console.post("undelivered", receipt_number=arrived.receipt_number, by=WINDOW).json()
    assert asked == {"case_no": answer.case_no, "case_id": ""}

    named = waiting(terminal, receipt_number=next(numbers), deadline=day(clock, 5))
    say(terminal, named)
    asked = console.post("undelivered", receipt_number=named.receipt_number, by=WINDOW).json()
    assert asked == {"case_no": "", "case_id": named.case_id}
    assert console.post("undelivered", receipt_number=named.receipt_number, by=WINDOW).json() == asked

    never_heard_of = terminal.case(receipt_number=next(numbers))
    asked = console.post("undelivered", receipt_number=never_heard_of.receipt_number, by=WINDOW).json()
    assert {found["reason"] for found in console.cases()} == {"slip"}
    terminal.send(terminal.event(Stream.CASE, never_heard_of))
    assert {found["case_id"]: found["state"] for found in console.cases()} == {
        named.case_id: "open",
        asked["case_id"]: "closed",
    }
    assert console.post("undelivered", receipt_number="99999000001", by=WINDOW).status_code == 404
    assert console.post("undelivered", receipt_number="1", by=WINDOW).status_code == 400


def test_an_office_takes_it_up_and_closes_it_and_that_is_on_record(
    terminal: EnrolledTerminal, console: Console, clock: ManualClock
) -> None:
    case = waiting(terminal, set_aside=True)
    say(terminal, case)
    path = f"undelivered/{case.case_id}"
    assert console.post(path, act="take_up", by=WINDOW).status_code == 200
    assert console.post(path, act="take_up", by="another").status_code == 409
    assert console.post(path, act="close", by=WINDOW).status_code == 422
    clock.advance(60)
    assert console.post(path, act="close", by=WINDOW, note="已在窗口重新受理").status_code == 200
    assert console.post(path, act="close", by=WINDOW, note="twice").status_code == 409
    assert console.post("undelivered/unknown", act="take_up", by=WINDOW).status_code == 409
    (found,) = console.cases()
    assert (found["state"], found["taken_up_by"], found["closed_because"]) == (
        "closed",
        WINDOW,
        "已在窗口重新受理",
    )
    acts = [(act["by"], act["act"], act["subject"]) for act in console.get("acts")["acts"]]
    assert acts == [(WINDOW, "closed", f"case/{case.case_id}"), (WINDOW, "taken_up", f"case/{case.case_id}")]


def test_what_a_terminal_reports_itself_keeps_the_owner_that_it_names(
    terminal: EnrolledTerminal, console: Console
) -> None:
    said = payloads.UndeliveredCase(
        case_id=str(uuid.uuid4()), owner="武昌区行政审批局", deadline="2026-12-01", reason="离线超期"
    )
    type_ = "cn.gov.hubei.dianxiaoer.case.undelivered.v1"
    terminal.send(terminal.event(Stream.CASE, said, type=type_))
    (found,) = console.cases()
    assert (found["owner"], found["deadline"], found["reason"]) == (said.owner, said.deadline, "reported")


def test_the_worst_comes_first_and_no_list_is_endless(
    terminal: EnrolledTerminal, console: Console, clock: ManualClock
) -> None:
    cases = [waiting(terminal, set_aside=True, deadline=day(clock, number)) for number in (5, 1, 3)]
    say(terminal, *cases)
    assert [found["deadline"] for found in console.cases()] == [day(clock, number) for number in (1, 3, 5)]
    assert len(console.cases()) < NEWEST


def test_an_operator_may_have_a_terminal_asked_for_what_is_missing(
    terminal: EnrolledTerminal, console: Console
) -> None:
    first, second, third = (terminal.event(Stream.CASE, terminal.case()) for _ in range(3))
    terminal.send(first, third)
    asked = console.post(f"reconciliation/{terminal.id}", by=WINDOW)
    assert asked.json() == {"terminal_id": terminal.id, "stretches": 1}
    answer = msgspec.json.decode(
        terminal.post_batch(b"[" + msgspec.json.encode(second) + b"]").content, type=dict[str, Any]
    )
    assert answer["wanted"] == [
        {"store_id": terminal.store_id, "stream": "case", "first_sequence": 2, "last_sequence": 2}
    ]
    assert console.post("reconciliation/nobody", by=WINDOW).status_code == 404
    assert [act["act"] for act in console.get("acts")["acts"]] == ["asked_again"]
