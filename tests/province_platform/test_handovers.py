"""A window opens a form that was not finished at a terminal: once, for its person, until it expires."""

from __future__ import annotations

import itertools
import json
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import requests

from contract.envelope import event_type
from contract.handover import HANDOVER, CaseHandover, HandedOver
from contract.sets import Assurance, Outcome, Stream
from contract.signing import Signer
from contract.slip_code import sign_slip
from foundation.clock import rfc3339
from foundation.errors import Errors
from province_platform.server import PlatformServer
from tests.fakes.clock import ManualClock
from tests.province_platform.terminals import WITHIN_S, EnrolledTerminal, identity, private_pem, rows

WANG, LIU = "wang-xiuying", "chen-guiying"
ANSWERS: dict[str, str | list[str]] = {"pay_to": "social_security_card"}


class Window:
    """Somebody at a window, with a scanner and a reader for cards."""

    def __init__(self, server: PlatformServer) -> None:
        self._server = server
        self._session = requests.Session()
        self._session.trust_env = False

    def close(self) -> None:
        self._session.close()

    def ask(self, path: str, **said: str) -> tuple[int, Any]:
        answer = self._session.post(f"{self._server.console_url}/console/{path}", json=said, timeout=WITHIN_S)
        return answer.status_code, answer.json()

    def open(self, code: str, person_id: str = WANG) -> tuple[int, Any]:
        return self.ask("handovers", code=code, by="三号窗口", person_id=person_id)


@pytest.fixture
def window(server: PlatformServer) -> Iterator[Window]:
    window = Window(server)
    yield window
    window.close()


_NUMBERS = itertools.count(700)


def begun(terminal: EnrolledTerminal, **changed: Any) -> CaseHandover:
    """A form that Wang Xiuying filled in as far as its second question."""
    now = terminal.server.clock.utc_now()
    facts: dict[str, Any] = {
        "case_id": str(uuid.uuid4()),
        "receipt_number": f"{terminal.enrolment.terminal_number}{next(_NUMBERS):06d}",
        "terminal_id": terminal.id,
        "site_id": terminal.enrolment.site.site_id,
        "item_code": "elder-allowance",
        "item_version": 1,
        "item_batch": "test",
        "step": "lives_with",
        "assurance": Assurance.CARD_VERIFIED,
        "made_at": rfc3339(now),
        "expires_at": rfc3339(now + timedelta(days=7)),
        "sealed": terminal.seal(HandedOver(person=identity(WANG), answers=ANSWERS)),
    }
    return CaseHandover(**(facts | changed))


def send(terminal: EnrolledTerminal, form: CaseHandover) -> Outcome:
    event = terminal.event(Stream.CASE, form, type=event_type(Stream.CASE, HANDOVER), id=form.case_id)
    return terminal.send(event)[0].outcome


def code_of(terminal: EnrolledTerminal, form: CaseHandover) -> str:
    signer = Signer(private_pem(terminal.key).decode("ascii"))
    return sign_slip(signer, form.receipt_number, form.case_id, terminal.id, form.made_at).text()


def acts(server: PlatformServer) -> list[str]:
    return [act for (act,) in rows(server, "SELECT act FROM operator_acts ORDER BY position")]


def test_the_window_goes_on_at_the_same_step_with_what_was_answered(
    window: Window, server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    form = begun(terminal)
    assert send(terminal, form) is Outcome.STORED
    code = code_of(terminal, form)
    status, standing = window.ask("slips", code=code)
    assert (status, standing["to_go_on"], standing["case_no"]) == (200, True, "")
    assert identity(WANG).name not in json.dumps(standing), "who scans it sees nothing of her"
    status, opened = window.open(code)
    assert status == 200
    assert (opened["item_code"], opened["step"]) == ("elder-allowance", "lives_with")
    assert opened["form"]["answers"] == ANSWERS
    assert opened["title"]["zh"] == "高龄津贴申领", "in words, and not only in codes"
    assert opened["form"]["person"]["name"] == identity(WANG).name
    assert acts(server) == ["handover_opened"]


def test_it_opens_once_and_is_erased_by_that(
    window: Window, server: PlatformServer, terminal: EnrolledTerminal
) -> None:
    form = begun(terminal)
    send(terminal, form)
    code = code_of(terminal, form)
    assert window.open(code)[0] == 200
    assert window.open(code)[0] == 409
    assert window.ask("slips", code=code)[1]["to_go_on"] is False
    assert rows(server, "SELECT sealed, opened_by FROM handovers") == [("", "三号窗口")]


@pytest.mark.parametrize("person_id", [LIU, "", "nobody"])
def test_nobody_else_opens_it_and_who_tries_is_noted(
    window: Window, server: PlatformServer, terminal: EnrolledTerminal, person_id: str
) -> None:
    form = begun(terminal)
    send(terminal, form)
    status, answer = window.open(code_of(terminal, form), person_id)
    assert status == 403
    assert "answers" not in json.dumps(answer)
    assert acts(server) == ["handover_refused"]
    assert window.open(code_of(terminal, form))[0] == 200, "its own person still can"


def test_a_form_that_asks_nobody_who_she_is_opens_by_its_slip_alone(
    window: Window, terminal: EnrolledTerminal
) -> None:
    sealed = terminal.seal(HandedOver(person=None, answers={"about": "住房"}))
    form = begun(terminal, assurance=Assurance.ANONYMOUS, sealed=sealed)
    send(terminal, form)
    assert window.open(code_of(terminal, form), "")[0] == 200


def test_after_its_time_nobody_opens_it_and_nothing_of_it_is_left(
    window: Window, server: PlatformServer, terminal: EnrolledTerminal, clock: ManualClock
) -> None:
    form = begun(terminal, expires_at=rfc3339(clock.utc_now() + timedelta(seconds=30)))
    send(terminal, form)
    clock.advance(31)
    assert window.open(code_of(terminal, form))[0] == 410
    assert window.ask("slips", code=code_of(terminal, form))[1]["to_go_on"] is False
    send(terminal, begun(terminal))
    left = dict(rows(server, "SELECT case_id, sealed FROM handovers"))
    assert left[form.case_id] == ""


def test_one_that_waits_at_its_terminal_is_no_reason_to_send_anybody_away(
    window: Window, terminal: EnrolledTerminal
) -> None:
    form = begun(terminal)
    code = code_of(terminal, form)
    assert window.ask("slips", code=code)[1]["arrived"] is False
    assert window.open(code)[0] == 404
    assert send(terminal, form) is Outcome.STORED
    assert window.open(code)[0] == 200


def test_a_code_that_was_altered_opens_nothing(window: Window, terminal: EnrolledTerminal) -> None:
    form = begun(terminal)
    send(terminal, form)
    code = code_of(terminal, form)
    status, answer = window.open(code[:40] + ("A" if code[40] != "A" else "B") + code[41:])
    assert (status, answer["code"]) == (422, Errors.SLIP_NOT_GENUINE.code)


def test_the_same_event_again_is_a_repeat_and_a_second_form_of_its_id_is_refused(
    terminal: EnrolledTerminal, server: PlatformServer
) -> None:
    form = begun(terminal)
    assert [send(terminal, form), send(terminal, form)] == [Outcome.STORED, Outcome.DUPLICATE]
    other = terminal.event(Stream.CASE, form, type=event_type(Stream.CASE, HANDOVER))
    assert terminal.send(other)[0].outcome is Outcome.REFUSED
    assert rows(server, "SELECT count(*) FROM cases") == [(0,)], "nothing was handed in"


def test_asked_by_its_number_it_is_no_undelivered_case(window: Window, terminal: EnrolledTerminal) -> None:
    form = begun(terminal)
    send(terminal, form)
    status, found = window.ask("undelivered", receipt_number=form.receipt_number, by="三号窗口")
    assert (status, found) == (200, {"case_no": "", "case_id": "", "to_go_on": True})
