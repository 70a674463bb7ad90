"""Technicians and keepers at the terminal: in by two factors, out like everybody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contract.grants import StaffRole
from contract.items import LocalText
from contract.sets import WayOut
from foundation.errors import Errors
from kiosk_app.terminal.idle import IdleLimits
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import CapabilitiesChanged, OutOfServiceChanged
from kiosk_app.terminal.staff_views import StaffSignInView, StaffView
from kiosk_app.terminal.staff_visit import (
    BoardRead,
    Errand,
    ErrandDone,
    GrantChecked,
    MaintenanceBoard,
    StaffRecognised,
)
from kiosk_app.terminal.views import Screen
from tests.fakes import items
from tests.fakes.kiosk import Kiosk, kiosk_at, let_staff_in
from tests.fakes.staff import BOARD, GRANT, VISIT_CODE


def sign_in(kiosk: Kiosk) -> StaffSignInView:
    body = kiosk.view.body
    assert isinstance(body, StaffSignInView)
    return body


def board(kiosk: Kiosk) -> StaffView:
    body = kiosk.view.body
    assert isinstance(body, StaffView)
    return body


def session_id(kiosk: Kiosk) -> str:
    session = kiosk.situation.session
    assert session is not None
    return session.session_id


def at_the_door(kiosk: Kiosk | None = None) -> Kiosk:
    kiosk = kiosk or Kiosk()
    kiosk.tap(Wish.TOUCH)
    kiosk.tap(Wish.HELP)
    kiosk.tap(Wish.STAFF)
    assert kiosk.shows(Screen.STAFF_SIGN_IN)
    return kiosk


def inside(role: StaffRole = StaffRole.TECHNICIAN, shown: MaintenanceBoard = BOARD) -> Kiosk:
    kiosk = Kiosk()
    let_staff_in(kiosk, known=True, role=role)
    kiosk.says(BoardRead(session_id(kiosk), shown))
    assert kiosk.shows(Screen.STAFF)
    return kiosk


def test_the_grant_is_scanned_also_without_the_province_and_then_the_code_is_typed() -> None:
    kiosk = at_the_door(Kiosk(connected=False))
    assert kiosk.desk.lights_scanner()
    assert not kiosk.desk.reads_cards()
    assert not sign_in(kiosk).code_wanted
    kiosk.show_code(GRANT)
    assert sign_in(kiosk).busy
    kiosk.show_code(b"another")
    assert len(kiosk.desk.named("check_grant")) == 1, "one thing after the other"
    kiosk.says(GrantChecked(session_id(kiosk), None))
    kiosk.enter("6005716")
    assert not sign_in(kiosk).can_go_on
    kiosk.tap(Wish.GO_ON)
    assert kiosk.desk.named("check_code") == []
    kiosk.tap(Wish.KEY, "delete")
    kiosk.enter("669")
    assert sign_in(kiosk).dots == "●" * 8, "what is typed is not shown, and no more than it takes"
    kiosk.tap(Wish.GO_ON)
    assert kiosk.desk.last("check_code").what == "60057166"


def test_what_is_wrong_is_said_and_can_be_mended() -> None:
    kiosk = at_the_door()
    kiosk.show_code(GRANT)
    kiosk.says(GrantChecked(session_id(kiosk), Errors.STAFF_GRANT_EXPIRED))
    assert sign_in(kiosk).is_problem
    assert not sign_in(kiosk).code_wanted
    kiosk.show_code(GRANT)
    kiosk.says(GrantChecked(session_id(kiosk), None))
    kiosk.enter(VISIT_CODE)
    kiosk.tap(Wish.GO_ON)
    kiosk.says(StaffRecognised(session_id(kiosk), error=Errors.STAFF_CODE_WRONG))
    assert sign_in(kiosk).is_problem
    assert sign_in(kiosk).dots == ""
    kiosk.enter("1")
    assert not sign_in(kiosk).is_problem
    kiosk.tap(Wish.KEY, "clear")
    kiosk.enter(VISIT_CODE)
    kiosk.tap(Wish.GO_ON)
    kiosk.says(StaffRecognised(session_id(kiosk), error=Errors.STAFF_LOCKED))
    assert not sign_in(kiosk).code_wanted


def test_the_door_is_not_there_in_the_middle_of_what_a_citizen_does() -> None:
    kiosk = Kiosk()
    kiosk.start_signed_in(items.QUERY)
    kiosk.tap(Wish.HELP)
    kiosk.tap(Wish.STAFF)
    assert kiosk.shows(Screen.HELP)


def test_who_looks_for_help_in_a_visit_finds_no_second_door_and_who_asks_for_a_call_is_a_citizen() -> None:
    kiosk = kiosk_at(Screen.STAFF)
    kiosk.tap(Wish.HELP)
    kiosk.tap(Wish.STAFF)
    assert kiosk.shows(Screen.HELP)
    kiosk.tap(Wish.CHOOSE_MATTER, items.CALL_BACK)
    assert kiosk.shows(Screen.GUIDE)
    session = kiosk.situation.session
    assert session is not None
    assert session.staff is None


def test_whoever_opened_the_door_by_mistake_goes_back() -> None:
    kiosk = at_the_door()
    kiosk.tap(Wish.BACK)
    assert kiosk.shows(Screen.HOME)
    assert not kiosk.desk.lights_scanner()


def test_a_terminal_that_serves_nobody_lets_in_who_mends_it_and_rests_again_afterwards() -> None:
    kiosk = Kiosk()
    kiosk.says(OutOfServiceChanged(Errors.STORE_LOW, "2026-11-21T02:00:00.000Z"))
    assert kiosk.shows(Screen.OUT_OF_SERVICE)
    kiosk.tap(Wish.TOUCH)
    assert kiosk.shows(Screen.OUT_OF_SERVICE), "nobody else"
    kiosk.tap(Wish.STAFF)
    assert kiosk.shows(Screen.STAFF_SIGN_IN)
    kiosk.tap(Wish.BACK)
    kiosk.wait(30)
    assert kiosk.shows(Screen.OUT_OF_SERVICE)


def test_what_is_wrong_comes_first_with_what_to_do_about_it() -> None:
    shown = board(inside())
    assert shown.title == "技术员 WH-1024"
    assert [fact.tone for fact in shown.troubles] == ["stop", "attention", "attention"]
    paper = next(fact for fact in shown.troubles if "PRNT-002" in fact.value)
    assert paper.hint
    assert "12 分钟" in next(fact.value for fact in shown.troubles if fact.label == "待上报")
    assert {fact.tone for fact in shown.facts} == {"done"}


@pytest.mark.parametrize(
    ("role", "stopped", "set_aside", "errands"),
    [
        (StaffRole.KEEPER, False, 1, {"test_slip"}),
        (StaffRole.TECHNICIAN, False, 0, {"test_slip", "report", "stop_service", "restart"}),
        (StaffRole.TECHNICIAN, True, 0, {"test_slip", "report", "resume_service", "restart"}),
        (StaffRole.TECHNICIAN, False, 1, {"test_slip", "report", "resend", "stop_service", "restart"}),
    ],
)
def test_each_role_is_offered_what_it_may_do_and_what_there_is_to_do(
    role: StaffRole, stopped: bool, set_aside: int, errands: set[str]
) -> None:
    kiosk = inside(role, replace(BOARD, stopped=stopped, set_aside=set_aside))
    assert {errand.value for errand in board(kiosk).errands} == errands
    for errand in Errand:
        if errand.value not in errands:
            kiosk.tap(Wish.CHOOSE, errand.value)
    assert kiosk.desk.named("do_errand") == []
    assert kiosk.shows(Screen.STAFF)


def test_an_errand_is_done_once_and_its_outcome_is_said() -> None:
    kiosk = inside()
    kiosk.tap(Wish.CHOOSE, "test_slip")
    kiosk.tap(Wish.CHOOSE, "report")
    assert [call.what for call in kiosk.desk.named("do_errand")] == [Errand.TEST_SLIP]
    assert board(kiosk).busy
    kiosk.says(ErrandDone(session_id(kiosk), Errand.TEST_SLIP, error=Errors.PRINTER_NO_PAPER))
    assert board(kiosk).is_problem
    kiosk.tap(Wish.CHOOSE, "test_slip")
    kiosk.says(ErrandDone(session_id(kiosk), Errand.TEST_SLIP, LocalText("打好了。", "Printed.")))
    assert (board(kiosk).said, board(kiosk).is_problem) == ("打好了。", False)


def test_the_board_follows_the_devices() -> None:
    kiosk = inside()
    looks = len(kiosk.desk.named("look_at_board"))
    kiosk.says(CapabilitiesChanged(frozenset(), demonstration=False))
    assert len(kiosk.desk.named("look_at_board")) == looks + 1


def test_the_program_begins_again_only_when_the_visit_is_cleared() -> None:
    kiosk = inside()
    kiosk.tap(Wish.CHOOSE, "restart")
    assert kiosk.shows(Screen.FAREWELL)
    assert kiosk.desk.last("end_session").what is WayOut.DONE
    assert kiosk.desk.named("restart") == []
    kiosk.wait(10)
    assert kiosk.shows(Screen.ATTRACT)
    assert len(kiosk.desk.named("restart")) == 1


def test_a_fault_of_the_terminal_does_not_throw_out_who_mends_it() -> None:
    kiosk = inside()
    kiosk.says(OutOfServiceChanged(Errors.STORE_UNWRITABLE, "2026-11-21T02:00:00.000Z"))
    assert kiosk.shows(Screen.STAFF)
    kiosk.tap(Wish.END)
    kiosk.wait(10)
    assert kiosk.shows(Screen.OUT_OF_SERVICE)


def test_an_open_door_closes_by_itself() -> None:
    kiosk = inside()
    limits = IdleLimits()
    kiosk.wait(limits.warn_after_s + limits.end_after_s + 1)
    assert kiosk.desk.last("end_session").what is WayOut.IDLE
