"""Every way out ends in a farewell and a wipe, and the next person finds nothing."""

from __future__ import annotations

import pytest

from contract.sets import WayOut
from foundation.errors import ErrorCode, Errors
from kiosk_app.terminal.aids import Aids
from kiosk_app.terminal.answers import ProcessStayed, SignInAnswered, WipeFinished
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import CapabilitiesChanged, CardGone, OutOfServiceChanged
from kiosk_app.terminal.views import OutOfServiceView, Screen, Way
from tests.fakes import desk as answers
from tests.fakes import items
from tests.fakes.kiosk import OFFLINE_SINCE, Kiosk, a_furnished_site, kiosk_at, secrets_left
from tests.fixtures.enrolments import a_site

IN_A_SESSION = [
    screen
    for screen in Screen
    if screen not in (Screen.STARTING, Screen.ATTRACT, Screen.OUT_OF_SERVICE, Screen.FAREWELL)
]


def slow_wipe(screen: Screen) -> Kiosk:
    """At ``screen``, with a wipe that is answered by hand."""
    kiosk = kiosk_at(screen)
    kiosk.desk.answers.pop("end_session")
    return kiosk


def is_cleared(kiosk: Kiosk) -> bool:
    return kiosk.farewell.cleared


def asks_for(kiosk: Kiosk, thing: str) -> bool:
    return {"card": kiosk.farewell.take_card, "paper": kiosk.farewell.take_paper}[thing]


@pytest.mark.parametrize("screen", IN_A_SESSION, ids=lambda screen: screen.value)
@pytest.mark.parametrize("way", ["end", "idle", "fault"])
def test_every_way_out_of_every_screen_is_a_farewell_with_a_wipe(screen: Screen, way: str) -> None:
    kiosk = slow_wipe(screen)
    session = kiosk.situation.session
    assert session is not None
    done = session.cases > 0 or screen is Screen.STAFF
    if way == "fault" and session.staff is not None:
        way = "end"  # a fault does not throw out who mends it (test_staff)
    if way == "end":
        kiosk.tap(Wish.END)
    elif way == "idle":
        kiosk.wait(200, tick_s=10)
    else:
        kiosk.says(OutOfServiceChanged(Errors.STORE_DAMAGED, OFFLINE_SINCE))
    assert kiosk.shows(Screen.FAREWELL) or way == "idle"
    assert [call.session_id for call in kiosk.desk.named("end_session")] == [session.session_id]
    ended = WayOut.DONE if done else WayOut.CANCELLED
    assert (
        kiosk.desk.last("end_session").what is {"end": ended, "idle": WayOut.IDLE, "fault": WayOut.FAULT}[way]
    )
    assert not secrets_left(kiosk)
    assert kiosk.view.top.signed_in_as == ""
    assert not kiosk.desk.reads_cards()


def test_cleared_is_said_after_the_scan_and_not_before() -> None:
    kiosk = slow_wipe(Screen.CHECK)
    kiosk.tap(Wish.END)
    assert not is_cleared(kiosk)
    kiosk.wait(30)
    assert not is_cleared(kiosk)
    kiosk.tap(Wish.FINISH)
    assert kiosk.shows(Screen.FAREWELL), "nobody gets past a wipe that is under way"
    kiosk.says(answers.wiped(kiosk.desk.last("end_session")))
    assert is_cleared(kiosk)
    kiosk.tap(Wish.FINISH)
    assert kiosk.shows(Screen.ATTRACT)


def test_the_wipe_of_another_session_clears_nothing() -> None:
    kiosk = slow_wipe(Screen.CHECK)
    kiosk.tap(Wish.END)
    kiosk.says(WipeFinished("another session", clean=True))
    assert not is_cleared(kiosk)


def test_the_farewell_stands_longer_while_the_card_lies_there() -> None:
    kiosk = kiosk_at(Screen.CHECK)
    kiosk.tap(Wish.END)
    assert asks_for(kiosk, "card")
    kiosk.wait(59)
    assert kiosk.shows(Screen.FAREWELL)
    kiosk.says(CardGone())
    assert not asks_for(kiosk, "card")
    kiosk.wait(0.5)
    assert kiosk.shows(Screen.ATTRACT)


def test_a_card_that_nobody_takes_does_not_hold_the_terminal_for_ever() -> None:
    kiosk = kiosk_at(Screen.CHECK)
    kiosk.tap(Wish.END)
    kiosk.wait(60)
    assert kiosk.shows(Screen.ATTRACT)
    assert kiosk.situation.card_present


def test_paper_is_to_be_taken_along_also_when_it_comes_out_late() -> None:
    kiosk = kiosk_at(Screen.CHECK)
    for name in ("print_slip", "end_session"):
        kiosk.desk.answers.pop(name)
    kiosk.tap(Wish.SUBMIT)
    kiosk.tap(Wish.END)
    assert not asks_for(kiosk, "paper"), "nothing has come out yet"
    kiosk.says(answers.printed(kiosk.desk.last("print_slip")))
    assert asks_for(kiosk, "paper")


def test_paper_that_may_have_come_out_is_looked_for() -> None:
    kiosk = kiosk_at(Screen.CHECK)
    kiosk.desk.answers["print_slip"] = lambda call: [answers.perhaps_printed(call)]
    kiosk.tap(Wish.SUBMIT)
    kiosk.tap(Wish.END)
    assert asks_for(kiosk, "paper")


def test_no_paper_came_out_and_none_is_looked_for() -> None:
    kiosk = kiosk_at(Screen.CHECK)
    kiosk.desk.answers["print_slip"] = lambda call: [answers.not_printed(call)]
    kiosk.tap(Wish.SUBMIT)
    kiosk.tap(Wish.END)
    assert not asks_for(kiosk, "paper")


def test_answers_to_a_person_who_has_gone_are_dropped_whole() -> None:
    kiosk = Kiosk()
    for name in ("query", "end_session"):
        kiosk.desk.answers.pop(name)
    kiosk.start_signed_in(items.QUERY)
    kiosk.answer("3")
    kiosk.tap(Wish.SUBMIT)
    query = kiosk.desk.last("query")
    kiosk.tap(Wish.END)
    before = kiosk.view
    signed_in = SignInAnswered(query.session_id, Way.CARD, answers.a_province_session(), None)
    kiosk.says(answers.found(query), signed_in)
    assert kiosk.view == before
    assert not kiosk.desk.named("submit")
    kiosk.says(answers.wiped(kiosk.desk.last("end_session")))
    kiosk.says(CardGone())
    kiosk.wait(9)
    kiosk.tap(Wish.TOUCH)
    kiosk.says(answers.found(query), signed_in)
    assert kiosk.shows(Screen.HOME)
    assert kiosk.view.top.signed_in_as == ""


# When the wipe is not clean


def unclean() -> Kiosk:
    """A terminal whose wipe has just left something."""
    kiosk = slow_wipe(Screen.CHECK)
    kiosk.tap(Wish.END)
    kiosk.says(answers.wiped(kiosk.desk.last("end_session"), clean=False))
    return kiosk


def test_a_wipe_that_was_not_clean_replaces_the_process_and_lets_nobody_begin_meanwhile() -> None:
    kiosk = unclean()
    kiosk.wait(600)
    kiosk.tap(Wish.FINISH)
    kiosk.tap(Wish.TOUCH)
    assert kiosk.shows(Screen.FAREWELL)
    assert not is_cleared(kiosk)
    assert kiosk.desk.replaced == 1, "once"


@pytest.mark.parametrize("error", [Errors.WIPE_MACHINE_RESTARTS, Errors.WIPE_REPLACEMENT_FAILED])
def test_only_a_failed_replacement_takes_the_terminal_out_of_service_and_for_good(error: ErrorCode) -> None:
    kiosk = unclean()
    kiosk.says(ProcessStayed(error))
    body = kiosk.view.body
    assert isinstance(body, OutOfServiceView)
    assert body.error_code == error.code
    assert body.reason == kiosk.error(error)
    for message in (
        OutOfServiceChanged(None, OFFLINE_SINCE),
        OutOfServiceChanged(Errors.STORE_DAMAGED, OFFLINE_SINCE),
        OutOfServiceChanged(None, OFFLINE_SINCE),
    ):
        kiosk.says(message)
        kiosk.tap(Wish.TOUCH)
        assert kiosk.view.body == body


def test_a_wipe_that_never_answers_was_not_clean() -> None:
    kiosk = slow_wipe(Screen.CHECK)
    kiosk.tap(Wish.END)
    kiosk.wait(119.5)
    assert kiosk.shows(Screen.FAREWELL)
    kiosk.wait(0.5)
    assert kiosk.desk.replaced == 1


def test_a_machine_that_did_not_restart_says_so_in_the_end() -> None:
    kiosk = unclean()
    for error in (Errors.WIPE_MACHINE_RESTARTS, Errors.WIPE_REPLACEMENT_FAILED):
        kiosk.says(ProcessStayed(error))
        kiosk.wait(1)
    body = kiosk.view.body
    assert isinstance(body, OutOfServiceView)
    assert body.error_code == Errors.WIPE_REPLACEMENT_FAILED.code


def test_who_comes_after_finds_no_aid_and_the_language_of_the_house_and_who_leaves_reads_in_hers() -> None:
    kiosk = kiosk_at(Screen.CHECK)
    for wish in (Wish.LANGUAGE, Wish.ELDER):
        kiosk.tap(wish)
    worn = kiosk.view.aids
    kiosk.desk.answers.pop("end_session")
    kiosk.tap(Wish.END)
    assert kiosk.situation.aids == Aids(), "at once, before the record says so"
    assert kiosk.view.aids == worn
    kiosk.says(answers.wiped(kiosk.desk.last("end_session")), CardGone())
    kiosk.tap(Wish.FINISH)
    assert kiosk.view.aids == Aids()


# Out of service


def test_out_of_service_says_why_since_when_who_comes_and_where_to_go() -> None:
    kiosk = kiosk_at(Screen.OUT_OF_SERVICE)
    body = kiosk.view.body
    assert isinstance(body, OutOfServiceView)
    assert body.reason == kiosk.error(Errors.STORE_DAMAGED)
    assert body.since == "自11-21 09:03起"
    assert body.who == f"由{a_furnished_site().keeper}处理"
    assert a_furnished_site().staffed_window in body.nearest


def test_a_place_without_a_keeper_promises_nobody() -> None:
    kiosk = Kiosk(site=a_site())
    kiosk.says(OutOfServiceChanged(Errors.NOT_ENROLLED, ""))
    body = kiosk.view.body
    assert isinstance(body, OutOfServiceView)
    assert body.since == ""
    assert body.who == kiosk.say("out_of_service.who_unknown")
    assert body.nearest == kiosk.say("out_of_service.nearest_unknown")


def test_it_serves_again_when_it_may() -> None:
    kiosk = kiosk_at(Screen.OUT_OF_SERVICE)
    kiosk.tap(Wish.TOUCH)
    assert kiosk.shows(Screen.OUT_OF_SERVICE)
    kiosk.says(OutOfServiceChanged(None, OFFLINE_SINCE))
    assert kiosk.shows(Screen.ATTRACT)


@pytest.mark.parametrize("screen", IN_A_SESSION, ids=lambda screen: screen.value)
def test_an_all_clear_in_the_middle_of_a_session_disturbs_nobody(screen: Screen) -> None:
    kiosk = kiosk_at(screen)
    before = kiosk.view
    kiosk.says(OutOfServiceChanged(None, OFFLINE_SINCE))
    assert kiosk.view == before


def test_what_goes_wrong_during_the_farewell_is_shown_after_it() -> None:
    kiosk = slow_wipe(Screen.CHECK)
    kiosk.tap(Wish.END)
    kiosk.says(OutOfServiceChanged(Errors.STORE_DAMAGED, OFFLINE_SINCE))
    assert kiosk.shows(Screen.FAREWELL)
    kiosk.says(answers.wiped(kiosk.desk.last("end_session")), CardGone())
    kiosk.wait(8)
    assert kiosk.shows(Screen.OUT_OF_SERVICE)


def test_the_terminal_starts_when_it_has_something_to_offer() -> None:
    kiosk = kiosk_at(Screen.STARTING)
    kiosk.says(OutOfServiceChanged(None, OFFLINE_SINCE))
    kiosk.says(CapabilitiesChanged(frozenset(), demonstration=True))
    assert kiosk.shows(Screen.STARTING)
    assert kiosk.view.top.demonstration
