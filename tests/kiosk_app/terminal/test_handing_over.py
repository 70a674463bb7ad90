"""Whoever cannot finish here takes it to a window: committed once, said honestly, with or without paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contract.items import Item
from foundation.errors import Errors
from kiosk_app.matters.answering import YES
from kiosk_app.terminal.desk import ForWindow, PrintOrder, Submission
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.machine import Message
from kiosk_app.terminal.messages import CapabilitiesChanged
from kiosk_app.terminal.views import CheckView, Connection, HelpView, Screen, SlipState
from tests.fakes import desk, items
from tests.fakes.desk import willing_desk
from tests.fakes.kiosk import Kiosk, kiosk_at


def a_kiosk(screen: Screen, **more: object) -> Kiosk:
    """A terminal on the way of the form that may be handed in offline."""
    willing = willing_desk()
    willing.answers["submit"] = lambda call: [desk.committed(call)]
    return kiosk_at(screen, desk=willing, **more)


def in_the_middle() -> Kiosk:
    """One question was answered; the second is asked."""
    kiosk = a_kiosk(Screen.QUESTION)
    kiosk.answer(YES)
    return kiosk


def goes_to_window(kiosk: Kiosk) -> None:
    """By the help, which is one touch away from every page."""
    kiosk.tap(Wish.HELP)
    kiosk.tap(Wish.TO_WINDOW)


def offers(kiosk: Kiosk) -> bool:
    """Whether the page has the button."""
    body = kiosk.view.body
    assert isinstance(body, CheckView | HelpView) or body is kiosk.result
    return body.can_hand_over


def ordered(kiosk: Kiosk) -> Submission:
    submission: Submission = kiosk.desk.last("submit").what
    return submission


def test_from_the_help_behind_a_question_with_what_was_answered_and_where_to_go_on() -> None:
    kiosk = in_the_middle()
    kiosk.tap(Wish.HELP)
    assert offers(kiosk)
    kiosk.tap(Wish.TO_WINDOW)
    item: Item = kiosk.situation.session.matter.item  # type: ignore[union-attr]  # there is one
    assert ordered(kiosk).for_window == ForWindow(item.steps[1].field)
    assert set(ordered(kiosk).answers) == {item.steps[0].field}
    result = kiosk.result
    assert (kiosk.screen, result.headline) == (Screen.RESULT, "到窗口接着办")
    assert result.for_window
    assert result.explanation.startswith("还没有提交")
    assert (result.code, result.receipt_number) != ("", "")
    assert result.slip is SlipState.DONE
    order: PrintOrder = kiosk.desk.last("print_slip").what
    assert order.handed.for_window
    assert order.handed.deadline == desk.WINDOW_UNTIL


@pytest.mark.parametrize("wish", [Wish.FINISH, Wish.ANOTHER_MATTER])
def test_nothing_was_handed_in_so_nothing_is_rated_and_it_ends_as_ever(wish: Wish) -> None:
    kiosk = in_the_middle()
    goes_to_window(kiosk)
    kiosk.tap(wish)
    assert kiosk.screen is (Screen.FAREWELL if wish is Wish.FINISH else Screen.HOME)
    assert Screen.RATING not in kiosk.screens_seen()


def test_on_the_check_page_where_it_cannot_be_handed_in_now() -> None:
    kiosk = a_kiosk(Screen.CHECK)
    assert not offers(kiosk)
    kiosk.connection(Connection.OFFLINE)
    assert offers(kiosk)
    kiosk.tap(Wish.TO_WINDOW)
    assert ordered(kiosk).for_window == ForWindow("")
    assert ordered(kiosk).offline
    assert kiosk.result.explanation == kiosk.say("result.for_window_saved", until="11月28日（星期六）")


def test_after_a_failure_and_only_once() -> None:
    kiosk = a_kiosk(Screen.CHECK)
    kiosk.desk.answers["submit"] = lambda call: [desk.not_committed(call)]
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.result.can_retry
    assert offers(kiosk)
    kiosk.desk.answers.pop("submit")
    kiosk.tap(Wish.TO_WINDOW)
    kiosk.tap(Wish.TO_WINDOW)
    assert len([call for call in kiosk.desk.named("submit") if call.what.for_window]) == 1
    kiosk.says(desk.committed(kiosk.desk.last("submit")))
    assert kiosk.result.for_window
    kiosk.tap(Wish.TO_WINDOW)
    kiosk.tap(Wish.RETRY)
    assert len(kiosk.desk.named("submit")) == 2, "it is at the window now, and is not handed in beside that"


def test_what_could_not_be_stored_is_said_and_can_be_tried_again() -> None:
    kiosk = in_the_middle()
    kiosk.desk.answers["submit"] = lambda call: [desk.not_committed(call, Errors.STORE_BUSY)]
    goes_to_window(kiosk)
    assert kiosk.result.headline == kiosk.say("result.not_submitted")
    assert not kiosk.result.for_window
    kiosk.desk.answers["submit"] = lambda call: [desk.committed(call)]
    kiosk.tap(Wish.TO_WINDOW)
    assert kiosk.result.for_window


@pytest.mark.parametrize("early", [True, False])
def test_it_is_said_to_be_there_when_the_province_says_so_and_not_before(early: bool) -> None:
    kiosk = in_the_middle()
    kiosk.desk.answers.pop("submit")
    goes_to_window(kiosk)
    assert kiosk.screen is Screen.PROGRESS
    call = kiosk.desk.last("submit")
    taken = replace(desk.numbered(call), case_number="")
    said: list[Message] = [taken, desk.committed(call)] if early else [desk.committed(call), taken]
    kiosk.says(said[0])
    if not early:
        assert kiosk.result.explanation == kiosk.say("result.for_window_saved", until="11月28日（星期六）")
    kiosk.says(said[1])
    assert kiosk.result.explanation == kiosk.say("result.for_window_there", until="11月28日（星期六）")


def test_what_the_province_refuses_is_not_said_to_wait_at_a_window() -> None:
    kiosk = in_the_middle()
    goes_to_window(kiosk)
    kiosk.says(desk.refused(kiosk.desk.last("submit")))
    assert not kiosk.result.for_window
    assert kiosk.result.code == ""
    assert kiosk.result.headline == kiosk.say("result.not_submitted")


@pytest.mark.parametrize("when", ["before", "during", "after"])
def test_paper_that_ends_leaves_the_number_and_the_code_on_the_screen(when: str) -> None:
    kiosk = in_the_middle()
    if when == "before":
        kiosk.says(CapabilitiesChanged(frozenset({"card", "code"}), demonstration=False))
    elif when == "during":
        kiosk.desk.answers["print_slip"] = lambda call: [desk.not_printed(call)]
    goes_to_window(kiosk)
    if when == "after":
        kiosk.says(CapabilitiesChanged(frozenset({"card", "code"}), demonstration=False))
    assert kiosk.result.receipt_number
    assert kiosk.result.code.startswith("DXS1.")
    assert kiosk.result.can_print is (when == "during")


def test_nothing_is_offered_for_a_query_for_what_is_handed_in_or_for_nobody() -> None:
    query = a_kiosk(Screen.HOME)
    query.start_signed_in(items.QUERY)
    query.tap(Wish.HELP)
    assert not offers(query)
    handed = kiosk_at(Screen.RESULT)
    assert not offers(handed)
    handed.tap(Wish.TO_WINDOW)
    assert handed.result.headline == handed.say("result.submitted")
    anonymous = a_kiosk(Screen.HOME)
    anonymous.start(items.CALL_BACK)
    anonymous.tap(Wish.HELP)
    assert not offers(anonymous)
