"""Every wish on every screen: nothing raises, and what a screen does not offer changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk_app.terminal.aids import Aids, Language, Zoom
from kiosk_app.terminal.consent_views import NoticeView
from kiosk_app.terminal.intents import Intent, Wish
from kiosk_app.terminal.messages import CardFound, CardGone, CodeUnwanted
from kiosk_app.terminal.views import HelpView, HomeView, Screen
from tests.fakes.discretion import found_in, shown_of
from tests.fakes.items import CALL_BACK, a_batch_of, a_form, a_step
from tests.fakes.kiosk import Kiosk, kiosk_at
from tests.fakes.people import MOBILE, a_citizen

SWITCHES = (Wish.SPEECH, Wish.LENS, Wish.LARGE_POINTER, Wish.READING_LINE, Wish.SIMPLE_LIST, Wish.SIGNING)
AIDS = {Wish.LANGUAGE, Wish.ELDER, Wish.ZOOM, Wish.COLOURS, Wish.LOW_REACH, *SWITCHES}
IN_A_SESSION = {*AIDS, Wish.HELP, Wish.END}
MATTERS = {Wish.CHOOSE_MATTER, Wish.NEXT_PAGE, Wish.PREVIOUS_PAGE}

HEARD: dict[Screen, set[Wish]] = {
    Screen.STARTING: set(),
    Screen.ATTRACT: set(Wish),  # any touch wakes
    Screen.HOME: {*IN_A_SESSION, *MATTERS},
    Screen.GUIDE: {*IN_A_SESSION, Wish.START, Wish.HELP_SOMEBODY, Wish.BACK},
    Screen.HELPING: {*IN_A_SESSION, Wish.CHOOSE, Wish.BACK},
    Screen.AGREEMENT: {*IN_A_SESSION, Wish.AGREE, Wish.BACK},
    Screen.NOTICE: {*IN_A_SESSION, Wish.AGREE, Wish.SHOW_WHOLE_NOTICE, Wish.BACK},
    Screen.SIGN_IN: {*IN_A_SESSION, Wish.BACK},
    Screen.FACE_CONSENT: {*IN_A_SESSION, Wish.AGREE, Wish.OTHER_WAY, Wish.SHOW_WHOLE_NOTICE, Wish.BACK},
    Screen.FACE: {*IN_A_SESSION, Wish.OTHER_WAY, Wish.BACK},
    Screen.QUESTION: {*IN_A_SESSION, Wish.CHOOSE, Wish.KEY, Wish.GO_ON, Wish.SKIP, Wish.BACK},
    Screen.CHECK: {
        *IN_A_SESSION,
        Wish.CHANGE,
        Wish.SUBMIT,
        Wish.TO_WINDOW,
        Wish.BACK,
        Wish.NEXT_PAGE,
        Wish.PREVIOUS_PAGE,
    },
    Screen.PROGRESS: {*IN_A_SESSION, Wish.OTHER_WAY},
    Screen.RESULT: {
        *IN_A_SESSION,
        Wish.PRINT,
        Wish.RETRY,
        Wish.TO_WINDOW,
        Wish.FINISH,
        Wish.GO_ON,
        Wish.ANOTHER_MATTER,
    },
    Screen.RATING: {
        *IN_A_SESSION,
        Wish.RATE,
        Wish.TAG,
        Wish.SEND_RATING,
        Wish.SKIP_RATING,
        Wish.FINISH,
        Wish.ANOTHER_MATTER,
    },
    Screen.HELP: {*AIDS, Wish.END, Wish.CHOOSE_MATTER, Wish.TO_WINDOW, Wish.CLOSE_HELP, Wish.BACK},
    Screen.FAREWELL: {Wish.FINISH},
    Screen.OUT_OF_SERVICE: {*AIDS, Wish.HELP, Wish.STAFF},
    Screen.STAFF_SIGN_IN: {*IN_A_SESSION, Wish.KEY, Wish.GO_ON, Wish.BACK},
    Screen.STAFF: {*IN_A_SESSION, Wish.CHOOSE},
}
ARGUMENTS = ("yes", "satisfied", "elder-allowance", "payment", "九" * 10_000)


def test_every_screen_is_covered() -> None:
    assert set(HEARD) == set(Screen)


@pytest.mark.parametrize("screen", Screen, ids=lambda screen: screen.value)
def test_what_a_screen_does_not_offer_changes_nothing(screen: Screen) -> None:
    for wish in set(Wish) - HEARD[screen]:
        for argument in ("yes", "elder-allowance"):
            kiosk = kiosk_at(screen)
            before, calls = kiosk.view, len(kiosk.desk.calls)
            kiosk.tap(wish, argument)
            assert replace(kiosk.view, serial=before.serial) == before, wish
            assert len(kiosk.desk.calls) == calls, wish


@pytest.mark.parametrize("screen", Screen, ids=lambda screen: screen.value)
def test_any_wish_with_any_argument_is_survived(screen: Screen) -> None:
    for wish in HEARD[screen]:
        for argument in ARGUMENTS:
            kiosk = kiosk_at(screen)
            kiosk.tap(wish, argument)
            kiosk.tap(wish, argument)


@pytest.mark.parametrize("screen", Screen, ids=lambda screen: screen.value)
def test_every_screen_is_said_in_both_languages(screen: Screen) -> None:
    kiosk = kiosk_at(screen)
    chinese = kiosk.view.body
    kiosk.situation.aids = replace(kiosk.situation.aids, language=Language.ENGLISH)
    kiosk.says(CardGone())
    assert kiosk.shows(screen)
    if screen is not Screen.FAREWELL:  # its words never change and belong to the screen itself
        assert kiosk.view.body != chinese


def test_the_language_can_be_switched_in_mid_sentence_and_goes_with_the_person() -> None:
    kiosk = kiosk_at(Screen.QUESTION)
    kiosk.answer("yes", "social_security_card", "alone")
    kiosk.enter("139")
    kiosk.tap(Wish.GO_ON)
    assert kiosk.question.problem == "手机号是11位，比如 138 0000 0000。"
    kiosk.tap(Wish.LANGUAGE)
    assert kiosk.question.problem.startswith("A mobile number has 11 figures")
    assert kiosk.question.typed == "139"
    kiosk.tap(Wish.LANGUAGE)
    assert kiosk.question.problem.startswith("手机号")
    kiosk.tap(Wish.LANGUAGE)
    kiosk.tap(Wish.END)
    assert kiosk.view.aids.language.value == "en", "the farewell is still for the same person"
    kiosk.wait(61)
    assert kiosk.shows(Screen.ATTRACT)
    assert kiosk.view.aids.language.value == "zh"


def test_aids_take_effect_at_once_and_not_for_the_next_person() -> None:
    kiosk = kiosk_at(Screen.HOME)
    for wish in (Wish.ELDER, Wish.COLOURS, Wish.LOW_REACH):
        kiosk.tap(wish)
    assert (kiosk.view.aids.elder, kiosk.view.aids.low_reach) == (True, True)
    assert kiosk.view.aids.colours.value == "dark"
    kiosk.tap(Wish.COLOURS)
    kiosk.tap(Wish.COLOURS)
    assert kiosk.view.aids.colours.value == "light"
    kiosk.tap(Wish.END)
    kiosk.wait(9)
    assert kiosk.shows(Screen.ATTRACT)
    assert kiosk.view.aids == Aids()


@pytest.mark.parametrize("wish", SWITCHES, ids=lambda wish: wish.value)
def test_a_switch_is_on_after_one_touch_and_off_after_another(wish: Wish) -> None:
    kiosk = kiosk_at(Screen.HOME)
    kiosk.tap(wish)
    assert getattr(kiosk.view.aids, wish.value) is True
    kiosk.tap(wish)
    assert kiosk.view.aids == Aids()


def test_each_touch_makes_it_larger_and_after_the_largest_it_is_the_standard_again() -> None:
    kiosk = kiosk_at(Screen.HOME)
    seen = []
    for _ in range(6):
        seen.append(kiosk.view.aids.zoom.value)
        kiosk.tap(Wish.ZOOM)
    assert seen == [1, 1.25, 1.5, 2, 2.5, 1]


def test_in_the_elders_view_the_first_touch_is_seen() -> None:
    """It is one and a half times as large already."""
    kiosk = kiosk_at(Screen.HOME)
    kiosk.tap(Wish.ELDER)
    kiosk.tap(Wish.ZOOM)
    assert kiosk.view.aids.zoom is Zoom.DOUBLE


def test_the_touch_that_wakes_does_nothing_else() -> None:
    kiosk = kiosk_at(Screen.ATTRACT)
    kiosk.tap(Wish.CHOOSE_MATTER, "elder-allowance")
    assert kiosk.shows(Screen.HOME)


def test_a_tap_on_a_page_that_has_gone_is_not_heard() -> None:
    kiosk = kiosk_at(Screen.GUIDE)
    serial = kiosk.view.serial
    kiosk.tap(Wish.START)
    kiosk.tap(Wish.BACK, serial=serial)
    assert kiosk.shows(Screen.NOTICE)


def test_a_key_for_a_field_that_has_gone_does_not_land_in_the_next_one() -> None:
    kiosk = kiosk_at(Screen.QUESTION)
    kiosk.answer("yes", "social_security_card", "alone")
    kiosk.enter(MOBILE)
    serial = kiosk.view.serial
    kiosk.tap(Wish.GO_ON, serial=serial)
    kiosk.tap(Wish.CHANGE, "mobile")
    kiosk.tap(Wish.KEY, "delete", serial=serial)
    assert kiosk.question.typed == MOBILE


def test_keys_are_heard_faster_than_they_are_drawn() -> None:
    kiosk = kiosk_at(Screen.QUESTION)
    kiosk.answer("yes", "social_security_card", "alone")
    serial = kiosk.view.serial
    kiosk.says(*(Intent(Wish.KEY, figure, serial) for figure in MOBILE))
    assert kiosk.question.typed == MOBILE


def test_lists_page_by_buttons_and_stop_at_both_ends() -> None:
    many = [a_form(f"form-{number}", a_step("one", "choice")) for number in range(7)]
    kiosk = Kiosk(a_batch_of(*many))
    kiosk.tap(Wish.TOUCH)
    pages = []
    for wish in (Wish.PREVIOUS_PAGE, Wish.NEXT_PAGE, Wish.NEXT_PAGE, Wish.PREVIOUS_PAGE):
        kiosk.tap(wish)
        body = kiosk.view.body
        assert isinstance(body, HomeView)
        pages.append((body.page, body.pages, len(body.rows)))
    assert pages == [(1, 2, 5), (2, 2, 2), (2, 2, 2), (1, 2, 5)]


def test_the_long_notice_opens_and_closes() -> None:
    kiosk = kiosk_at(Screen.NOTICE)
    shown = []
    for _ in range(3):
        body = kiosk.view.body
        assert isinstance(body, NoticeView)
        shown.append(body.whole_shown)
        kiosk.tap(Wish.SHOW_WHOLE_NOTICE)
    assert shown == [False, True, False]


IN_SESSION = [screen for screen in Screen if Wish.HELP in HEARD[screen] and screen is not Screen.ATTRACT]


@pytest.mark.parametrize("screen", IN_SESSION, ids=lambda screen: screen.value)
@pytest.mark.parametrize("way_back", [Wish.CLOSE_HELP, Wish.BACK])
def test_help_is_there_on_every_screen_of_a_session_and_leads_back(screen: Screen, way_back: Wish) -> None:
    kiosk = kiosk_at(screen)
    before = kiosk.view.body
    kiosk.tap(Wish.HELP)
    assert kiosk.shows(Screen.HELP)
    kiosk.tap(way_back)
    assert kiosk.shows(screen)
    assert kiosk.view.body == before


def test_help_says_who_looks_after_this_place_and_offers_a_call_back() -> None:
    kiosk = kiosk_at(Screen.HELP)
    body = kiosk.view.body
    assert isinstance(body, HelpView)
    assert (body.hotline, body.keeper_telephone) == ("12345", "027-85001234")
    assert body.call_back_matter == CALL_BACK
    kiosk.tap(Wish.CHOOSE_MATTER, body.call_back_matter)
    assert kiosk.shows(Screen.GUIDE)
    kiosk.tap(Wish.BACK)
    assert kiosk.shows(Screen.HOME)


def test_help_from_the_attract_screen_is_there_with_the_first_touch() -> None:
    kiosk = kiosk_at(Screen.ATTRACT)
    kiosk.tap(Wish.HELP)
    assert kiosk.shows(Screen.HELP)
    kiosk.tap(Wish.CLOSE_HELP)
    assert kiosk.shows(Screen.HOME)


def test_a_card_or_a_code_wakes_the_terminal_too() -> None:
    for message in (CardFound(), CodeUnwanted()):
        kiosk = kiosk_at(Screen.ATTRACT)
        kiosk.says(message)
        assert kiosk.shows(Screen.HOME)


def test_the_search_for_people_in_views_finds_a_person_in_a_view() -> None:
    """Every view of every story is searched; this shows that the search would find somebody."""
    kiosk = kiosk_at(Screen.CHECK)
    view, check = kiosk.view, kiosk.check
    assert not shown_of(view, kiosk.secrets)
    row = replace(check.rows[0], value=f"住在{a_citizen().address}")
    assert shown_of(replace(view, body=replace(check, rows=(row,))), kiosk.secrets) == {a_citizen().address}
    assert a_citizen().number in found_in(kiosk.situation, kiosk.secrets)


def test_what_is_being_typed_stays_out_of_every_repr() -> None:
    kiosk = kiosk_at(Screen.QUESTION)
    kiosk.answer("yes", "social_security_card", "alone")
    kiosk.enter(MOBILE)
    assert kiosk.question.typed == MOBILE
    for value in (kiosk.view, kiosk.situation, Intent(Wish.KEY, MOBILE), kiosk.situation.session):
        text = repr(value)
        assert not [secret for secret in kiosk.secrets if secret in text]
    kiosk.tap(Wish.GO_ON)
    kiosk.tap(Wish.SUBMIT)
    for call in kiosk.desk.calls:
        if call.name in ("submit", "print_slip"):
            assert not [secret for secret in kiosk.secrets if secret in repr(call.what)]


def test_a_desk_that_never_answers_leaves_the_way_out_open() -> None:
    for screen in (Screen.SIGN_IN, Screen.PROGRESS):
        kiosk = kiosk_at(screen)
        kiosk.desk.answers.clear()
        if screen is Screen.SIGN_IN:
            kiosk.lay_card()
            assert kiosk.sign_in.card == "working"
        kiosk.tap(Wish.END)
        assert kiosk.shows(Screen.FAREWELL)
