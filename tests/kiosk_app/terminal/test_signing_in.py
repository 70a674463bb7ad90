"""Signing in by card or code, and everything that can be wrong with it."""

from __future__ import annotations

import msgspec
import pytest

from contract.sets import Assurance
from foundation.errors import ErrorCode, Errors, NextStep, all_errors
from kiosk_app.matters.answering import AUTHORITY_CHECKS
from kiosk_app.terminal.answers import SignInAnswered
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import CapabilitiesChanged, CardFound, CardGone, CardTrouble, CodeTrouble
from kiosk_app.terminal.views import Connection, Screen, Way
from tests.fakes import desk as answers
from tests.fakes import items
from tests.fakes.kiosk import Kiosk, all_words, kiosk_at, secrets_left
from tests.fakes.people import a_citizen, another_citizen

DEVICE_ERRORS = [error for error in all_errors().values() if error.code[:4] in ("CARD", "SCAN")]
PROVINCE_ERRORS = [error for error in all_errors().values() if error.code.startswith("PROV")]
RETRIES = [error for error in PROVINCE_ERRORS if error.next_step is NextStep.RETRY]


def silent_kiosk(code: str = items.QUERY) -> Kiosk:
    """At the sign-in of a matter, with a province that has not answered yet."""
    kiosk = Kiosk()
    kiosk.desk.answers.pop("sign_in_by_card")
    kiosk.desk.answers.pop("sign_in_by_code")
    kiosk.start(code)
    assert kiosk.shows(Screen.SIGN_IN)
    return kiosk


def test_a_card_is_read_only_while_signing_in() -> None:
    kiosk = kiosk_at(Screen.NOTICE)
    kiosk.says(CardFound())
    assert not kiosk.desk.reads_cards()
    kiosk.tap(Wish.AGREE)
    assert kiosk.desk.reads_cards()
    assert kiosk.desk.lights_scanner()
    kiosk.tap(Wish.HELP)
    assert not kiosk.desk.reads_cards()
    assert not kiosk.desk.lights_scanner()
    kiosk.tap(Wish.CLOSE_HELP)
    assert kiosk.desk.reads_cards()
    kiosk.read_card()
    assert kiosk.shows(Screen.QUESTION)
    assert not kiosk.desk.reads_cards()
    assert not kiosk.desk.lights_scanner()


def test_the_scanner_is_dark_while_the_province_is_out_of_reach() -> None:
    kiosk = kiosk_at(Screen.SIGN_IN)
    kiosk.connection(Connection.OFFLINE)
    assert not kiosk.desk.lights_scanner()
    assert kiosk.sign_in.code == "unavailable"
    kiosk.connection(Connection.CONNECTED)
    assert kiosk.desk.lights_scanner()
    assert kiosk.sign_in.code == "waiting"


@pytest.mark.parametrize("error", DEVICE_ERRORS, ids=str)
def test_a_trouble_says_what_to_do_in_both_languages_and_leaves_the_other_way_open(error: ErrorCode) -> None:
    kiosk = kiosk_at(Screen.SIGN_IN)
    by_card = error.code.startswith("CARD")
    kiosk.says(CardTrouble(error) if by_card else CodeTrouble(error))
    advice = {}
    for _ in range(2):
        advice[kiosk.view.aids.language.value] = kiosk.sign_in.advice
        kiosk.tap(Wish.LANGUAGE)
    assert advice == {language: words.say(f"error.{error}") for language, words in all_words().items()}
    assert kiosk.sign_in.is_problem
    assert kiosk.sign_in.error_code == error.code
    assert (kiosk.sign_in.card, kiosk.sign_in.code) == (
        ("problem", "waiting") if by_card else ("waiting", "problem")
    )
    kiosk.show_code()
    assert kiosk.shows(Screen.QUESTION)


@pytest.mark.parametrize("by_card", [True, False], ids=["card", "code"])
@pytest.mark.parametrize("error", PROVINCE_ERRORS, ids=str)
def test_the_province_says_no_and_the_person_hears_why(error: ErrorCode, by_card: bool) -> None:
    kiosk = silent_kiosk()
    if by_card:
        kiosk.lay_card()
    else:
        kiosk.show_code()
    assert kiosk.sign_in.advice == kiosk.say("sign_in.asking_province")
    call = kiosk.desk.calls[-1]
    kiosk.says(answers.not_signed_in(call, error))
    assert kiosk.sign_in.advice == kiosk.error(error)
    assert kiosk.view.top.signed_in_as == ""
    assert kiosk.situation.session is not None
    assert kiosk.situation.session.signed_in is None


@pytest.mark.parametrize("error", RETRIES, ids=str)
def test_the_line_breaks_while_signing_in_and_what_may_go_offline_goes_on(error: ErrorCode) -> None:
    kiosk = silent_kiosk(items.OFFLINE_FORM)
    kiosk.lay_card()
    kiosk.says(answers.not_signed_in(kiosk.desk.calls[-1], error))
    kiosk.answer(AUTHORITY_CHECKS, "social_security_card", "alone", "-")
    kiosk.tap(Wish.SUBMIT)
    signed_in = kiosk.desk.last("submit").what.signed_in
    assert signed_in.assurance is Assurance.CARD_PRESENT
    assert signed_in.sam_number


def test_a_refused_card_does_not_go_on_offline_either() -> None:
    kiosk = silent_kiosk(items.OFFLINE_FORM)
    kiosk.lay_card()
    kiosk.says(answers.not_signed_in(kiosk.desk.calls[-1], Errors.SIGN_IN_REFUSED))
    assert kiosk.shows(Screen.SIGN_IN)


def test_an_online_matter_says_why_it_cannot_go_on_when_the_line_breaks_before_the_card() -> None:
    kiosk = Kiosk()
    kiosk.open_guide(items.QUERY)
    kiosk.tap(Wish.START)
    kiosk.connection(Connection.OFFLINE)
    kiosk.tap(Wish.AGREE)
    assert kiosk.sign_in.advice == kiosk.error(Errors.ITEM_NOT_OFFLINE), "no card would help now"
    kiosk.lay_card()
    assert kiosk.sign_in.advice == kiosk.error(Errors.PROVINCE_UNREACHABLE)
    assert not kiosk.desk.named("sign_in_by_card")


def test_going_back_while_the_province_is_asked_signs_nobody_in_unasked() -> None:
    kiosk = silent_kiosk()
    kiosk.lay_card()
    kiosk.tap(Wish.BACK)
    assert kiosk.view.top.signed_in_as == ""
    kiosk.tap(Wish.START)
    assert kiosk.shows(Screen.SIGN_IN), "a card that nobody has confirmed is not enough"
    assert kiosk.sign_in.card == "working", "the answer is still to come"
    kiosk.show_code()
    assert not kiosk.desk.named("sign_in_by_code"), "one thing after the other"
    kiosk.says(answers.signed_in(kiosk.desk.last("sign_in_by_card")))
    assert kiosk.shows(Screen.QUESTION)


def test_an_answer_that_comes_after_going_back_signs_in_and_moves_nothing() -> None:
    kiosk = silent_kiosk()
    kiosk.lay_card()
    kiosk.tap(Wish.BACK)
    kiosk.says(answers.signed_in(kiosk.desk.last("sign_in_by_card")))
    assert kiosk.shows(Screen.GUIDE)
    assert kiosk.view.top.signed_in_as == "欧***"
    kiosk.tap(Wish.START)
    assert kiosk.shows(Screen.QUESTION)


def test_a_no_that_comes_after_going_back_leaves_a_clean_start() -> None:
    kiosk = silent_kiosk()
    kiosk.lay_card()
    kiosk.tap(Wish.BACK)
    kiosk.says(answers.not_signed_in(kiosk.desk.last("sign_in_by_card"), Errors.PROVINCE_BUSY))
    kiosk.tap(Wish.START)
    assert kiosk.shows(Screen.SIGN_IN)
    assert kiosk.sign_in.card != "working"


def test_an_answer_does_not_pull_a_person_out_of_the_help() -> None:
    kiosk = silent_kiosk()
    kiosk.lay_card()
    kiosk.tap(Wish.HELP)
    kiosk.says(answers.signed_in(kiosk.desk.last("sign_in_by_card")))
    assert kiosk.shows(Screen.HELP)
    kiosk.tap(Wish.CLOSE_HELP)
    assert kiosk.shows(Screen.QUESTION)


def test_an_answer_to_a_session_that_has_ended_is_dropped() -> None:
    kiosk = silent_kiosk()
    kiosk.lay_card()
    call = kiosk.desk.last("sign_in_by_card")
    kiosk.says(CardGone())
    kiosk.tap(Wish.END)
    kiosk.wait(9)
    kiosk.start(items.QUERY)
    kiosk.says(answers.signed_in(call))
    assert kiosk.shows(Screen.SIGN_IN)
    assert kiosk.view.top.signed_in_as == ""
    assert not secrets_left(kiosk)


def test_a_code_whose_answer_names_nobody_signs_nobody_in() -> None:
    kiosk = silent_kiosk()
    kiosk.show_code()
    call = kiosk.desk.last("sign_in_by_code")
    kiosk.says(SignInAnswered(call.session_id, Way.CODE, answers.a_province_session(), None))
    assert kiosk.sign_in.advice == kiosk.error(Errors.SIGN_IN_REFUSED)


def test_an_assurance_below_what_the_matter_needs_is_not_enough() -> None:
    kiosk = silent_kiosk()
    kiosk.lay_card()
    call = kiosk.desk.last("sign_in_by_card")
    weak = msgspec.structs.replace(answers.a_province_session(), assurance=Assurance.CARD_PRESENT)
    kiosk.says(SignInAnswered(call.session_id, Way.CARD, weak, None))
    assert kiosk.sign_in.advice == kiosk.error(Errors.SIGN_IN_REFUSED)


def test_a_card_that_was_there_before_me_is_not_mine() -> None:
    kiosk = Kiosk()
    kiosk.start_signed_in(items.QUERY)
    kiosk.tap(Wish.END)
    kiosk.wait(70)
    assert kiosk.shows(Screen.ATTRACT), "the card still lies there"
    kiosk.start(items.QUERY)
    assert kiosk.sign_in.advice == kiosk.say("sign_in.take_card_first")
    assert not kiosk.desk.reads_cards()
    kiosk.read_card(a_citizen())
    assert kiosk.shows(Screen.SIGN_IN)
    assert not secrets_left(kiosk)
    kiosk.says(CardGone())
    assert kiosk.desk.reads_cards()
    assert kiosk.sign_in.advice == kiosk.say("sign_in.choose")
    kiosk.lay_card(another_citizen())
    assert kiosk.view.top.signed_in_as == "沈**"


def test_the_card_that_wakes_the_terminal_is_read_when_its_time_has_come() -> None:
    kiosk = Kiosk()
    kiosk.says(CardFound())
    kiosk.start(items.QUERY)
    assert kiosk.sign_in.advice == kiosk.say("sign_in.leave_card")
    kiosk.read_card()
    assert kiosk.shows(Screen.QUESTION)


def test_a_card_left_behind_wakes_nobody_and_is_asked_to_be_taken_away() -> None:
    kiosk = Kiosk()
    kiosk.says(CardFound(left_behind=True))
    assert kiosk.shows(Screen.ATTRACT)
    kiosk.start(items.QUERY)
    assert kiosk.sign_in.advice == kiosk.say("sign_in.take_card_first")


def test_a_card_that_was_read_already_is_not_waited_for() -> None:
    kiosk = silent_kiosk()
    kiosk.lay_card()
    kiosk.says(answers.not_signed_in(kiosk.desk.calls[-1], Errors.PROVINCE_BUSY))
    kiosk.tap(Wish.BACK)
    kiosk.tap(Wish.START)
    assert kiosk.sign_in.advice == kiosk.say("sign_in.take_card_first")
    kiosk.says(CardGone())
    kiosk.lay_card()
    assert kiosk.sign_in.card == "working"


def test_a_second_card_while_the_province_is_asked_is_not_heard() -> None:
    kiosk = silent_kiosk()
    kiosk.lay_card(a_citizen())
    kiosk.says(CardGone())
    kiosk.lay_card(another_citizen())
    assert len(kiosk.desk.named("sign_in_by_card")) == 1
    kiosk.says(answers.signed_in(kiosk.desk.calls[-1]))
    assert kiosk.view.top.signed_in_as == "欧***"


def test_pulling_the_card_never_cuts_anything_short() -> None:
    for screen in (Screen.QUESTION, Screen.CHECK, Screen.PROGRESS, Screen.RESULT, Screen.RATING):
        kiosk = kiosk_at(screen)
        before = kiosk.view.body
        kiosk.says(CardGone())
        assert kiosk.shows(screen)
        assert kiosk.view.body == before


def a_kiosk_whose_sign_in_has_run_out() -> Kiosk:
    kiosk = Kiosk()
    kiosk.start_signed_in(items.QUERY)
    kiosk.answer("12")
    kiosk.desk.answers["query"] = lambda call: [answers.not_found(call, Errors.SIGN_IN_EXPIRED)]
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.result.explanation == kiosk.error(Errors.SIGN_IN_EXPIRED)
    kiosk.desk.answers["query"] = lambda call: [answers.found(call)]
    kiosk.tap(Wish.RETRY)
    assert kiosk.shows(Screen.SIGN_IN)
    kiosk.says(CardGone())
    return kiosk


def test_after_the_sign_in_has_run_out_the_same_person_signs_in_again_and_goes_on() -> None:
    kiosk = a_kiosk_whose_sign_in_has_run_out()
    kiosk.lay_card()
    assert [row.value for row in kiosk.check.rows] == ["最近12个月"], "nothing has to be answered twice"
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.result.tone == "done"


def test_a_session_that_comes_for_somebody_who_has_left_is_ended_at_the_province() -> None:
    kiosk = silent_kiosk()
    kiosk.lay_card()
    late = answers.signed_in(kiosk.desk.calls[-1])
    kiosk.says(CardGone())
    kiosk.tap(Wish.END)
    kiosk.wait(70)
    assert kiosk.shows(Screen.ATTRACT)
    kiosk.says(late)
    assert [call.what for call in kiosk.desk.named("sign_out")] == [late.session]
    assert kiosk.shows(Screen.ATTRACT)


def test_after_the_sign_in_has_run_out_somebody_else_is_not_let_into_what_was_filled_in() -> None:
    kiosk = a_kiosk_whose_sign_in_has_run_out()
    asked = len(kiosk.desk.named("sign_in_by_card"))
    kiosk.lay_card(another_citizen())
    assert kiosk.sign_in.advice == kiosk.error(Errors.PROOF_OTHER_PERSON)
    assert len(kiosk.desk.named("sign_in_by_card")) == asked, "the province is not even asked"
    kiosk.says(CardGone())
    kiosk.lay_card()
    assert [row.value for row in kiosk.check.rows] == ["最近12个月"]
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.desk.last("submit").what.signed_in.identity == a_citizen()


def test_a_sign_in_that_is_too_old_or_too_weak_for_the_next_matter_is_asked_for_again() -> None:
    kiosk = Kiosk(connected=False)
    kiosk.start_signed_in(items.OFFLINE_FORM)
    kiosk.connection(Connection.CONNECTED)
    kiosk.tap(Wish.HELP)
    kiosk.tap(Wish.CHOOSE_MATTER, items.QUERY)
    kiosk.tap(Wish.START)
    assert kiosk.shows(Screen.SIGN_IN), "a card alone is not enough for a query"
    kiosk.says(CardGone())
    kiosk.lay_card()
    assert kiosk.shows(Screen.QUESTION)
    kiosk.clock.advance(901)
    kiosk.tap(Wish.TOUCH)
    kiosk.tap(Wish.HELP)
    kiosk.tap(Wish.CHOOSE_MATTER, items.ONLINE_FORM)
    kiosk.tap(Wish.START)
    assert kiosk.shows(Screen.SIGN_IN), "the province has forgotten the person by now"


def test_nothing_answers_and_the_screen_says_where_to_go() -> None:
    kiosk = kiosk_at(Screen.SIGN_IN)
    kiosk.says(CapabilitiesChanged(frozenset({"slip"}), demonstration=False))
    assert (kiosk.sign_in.card, kiosk.sign_in.code) == ("unavailable", "unavailable")
    assert kiosk.sign_in.advice == kiosk.say("sign_in.neither")
    kiosk.says(CapabilitiesChanged(frozenset({"code"}), demonstration=False))
    assert kiosk.sign_in.advice == kiosk.say("sign_in.code_only")
    kiosk.says(CapabilitiesChanged(frozenset({"card"}), demonstration=True))
    assert kiosk.sign_in.advice == kiosk.say("sign_in.card_only")
    assert kiosk.view.top.demonstration
