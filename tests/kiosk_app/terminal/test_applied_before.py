"""Who has applied for it already, where that is done once, is told where and when instead of asked again."""

from __future__ import annotations

import msgspec
import pytest

from contract.answers import EarlierCase
from contract.sets import CaseState, WayOut
from kiosk_app.matters.answering import YES
from kiosk_app.terminal.answers import SignInAnswered
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.views import Screen
from tests.fakes import desk as answers
from tests.fakes import items
from tests.fakes.calls import Call
from tests.fakes.delegation import both_sign_in
from tests.fakes.kiosk import Kiosk, secrets_left
from tests.fakes.people import MOBILE

PLACE = "江汉区万松街演示社区"
EARLIER = EarlierCase(
    item_code=items.LICENCE_FORM,
    case_no="420103-20261101-0001",
    receipt_number="20001000042",
    place=PLACE,
    submitted_on="2026-11-01",
    state=CaseState.ACCEPTED,
)


def kiosk_of_who_applied(*earlier: EarlierCase) -> Kiosk:
    """A province that knows what the person applied for before."""

    def sign_in(call: Call) -> list[SignInAnswered]:
        answer = answers.signed_in(call)
        assert answer.session is not None
        session = msgspec.structs.replace(answer.session, earlier=list(earlier))
        return [SignInAnswered(call.session_id, answer.way, session, None)]

    kiosk = Kiosk()
    kiosk.desk.answers["sign_in_by_card"] = sign_in  # type: ignore[assignment]
    return kiosk


def test_the_person_is_told_where_when_and_under_which_number() -> None:
    kiosk = kiosk_of_who_applied(EARLIER)
    kiosk.start_signed_in(items.LICENCE_FORM)
    result = kiosk.result
    assert result.headline == kiosk.say("result.applied_before")
    for said in (PLACE, "11月1日", "200 0100 0042"):
        assert said in result.explanation
    assert (result.state, result.case_number) == (CaseState.ACCEPTED.zh, EARLIER.case_no)
    assert (result.can_print, result.can_retry) == (False, False)
    kiosk.tap(Wish.RETRY)
    kiosk.tap(Wish.PRINT)
    assert kiosk.shows(Screen.RESULT)
    kiosk.tap(Wish.FINISH)
    assert kiosk.shows(Screen.FAREWELL), "there is nothing to rate"
    assert not kiosk.desk.named("submit")
    assert kiosk.situation.farewell is not None
    assert kiosk.situation.farewell.way_out is WayOut.CANCELLED


def test_another_matter_is_begun_as_ever() -> None:
    kiosk = kiosk_of_who_applied(EARLIER)
    kiosk.start_signed_in(items.LICENCE_FORM)
    kiosk.tap(Wish.ANOTHER_MATTER)
    assert kiosk.shows(Screen.HOME)
    kiosk.start(items.QUERY)
    assert kiosk.shows(Screen.QUESTION)
    kiosk.start(items.LICENCE_FORM)
    assert kiosk.shows(Screen.RESULT), "already signed in, and told again"


@pytest.mark.parametrize(
    "earlier",
    [
        pytest.param((), id="nothing was applied for"),
        pytest.param((msgspec.structs.replace(EARLIER, item_code=items.OFFLINE_FORM),), id="something else"),
    ],
)
def test_otherwise_the_first_question_is_asked(earlier: tuple[EarlierCase, ...]) -> None:
    kiosk = kiosk_of_who_applied(*earlier)
    kiosk.start_signed_in(items.LICENCE_FORM)
    assert kiosk.shows(Screen.QUESTION)


def test_a_matter_that_may_be_done_again_is() -> None:
    kiosk = kiosk_of_who_applied(msgspec.structs.replace(EARLIER, item_code=items.OFFLINE_FORM))
    kiosk.start_signed_in(items.OFFLINE_FORM)
    assert kiosk.shows(Screen.QUESTION)


def test_a_place_without_a_name_is_left_out_and_english_is_spoken_too() -> None:
    kiosk = kiosk_of_who_applied(msgspec.structs.replace(EARLIER, place=""))
    kiosk.start_signed_in(items.LICENCE_FORM)
    kiosk.tap(Wish.LANGUAGE)
    assert kiosk.result.explanation.startswith("You submitted it on")
    assert " at " not in kiosk.result.explanation


def test_what_was_just_submitted_is_not_begun_a_second_time_by_the_same_person() -> None:
    kiosk = kiosk_of_who_applied()
    kiosk.start_signed_in(items.LICENCE_FORM)
    kiosk.answer(YES, "care", "social_security_card", MOBILE)
    kiosk.tap(Wish.SUBMIT)
    submitted = kiosk.result
    kiosk.tap(Wish.ANOTHER_MATTER)
    kiosk.tap(Wish.SKIP_RATING)
    kiosk.start(items.LICENCE_FORM)
    assert kiosk.result.headline == kiosk.say("result.applied_before")
    assert kiosk.result.receipt_number == submitted.receipt_number
    assert len(kiosk.desk.named("submit")) == 1
    kiosk.tap(Wish.FINISH)
    assert not secrets_left(kiosk)


def test_who_helps_her_hears_that_she_has_and_not_where_or_when() -> None:
    kiosk = kiosk_of_who_applied(EARLIER)
    both_sign_in(kiosk, items.LICENCE_FORM)
    kiosk.tap(Wish.AGREE)
    shown = repr(kiosk.result)
    assert kiosk.say("result.applied_before_helped") in shown
    for hidden in (PLACE, EARLIER.case_no, "200 0100 0042", "11月1日", EARLIER.state.zh):
        assert hidden not in shown
