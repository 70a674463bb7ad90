"""What the province has blocked, before a person: said politely, with what to do instead."""

from __future__ import annotations

from contract.block_list import MATTER_REMEDY, REMEDY
from contract.items import LocalText
from foundation.errors import Errors
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import CardGone, IdentityBlocked, TerminalBlocked
from kiosk_app.terminal.views import Connection, OutOfServiceView, Screen
from tests.fakes.delegation import begin_for_somebody
from tests.fakes.items import LICENCE_FORM, OFFLINE_FORM
from tests.fakes.kiosk import OFFLINE_SINCE, Kiosk, kiosk_at, secrets_left
from tests.fakes.people import a_citizen, another_citizen

DOCUMENT = IdentityBlocked(a_citizen().number, REMEDY, {})
ONE_MATTER = IdentityBlocked(a_citizen().number, None, {OFFLINE_FORM: MATTER_REMEDY})


def test_a_blocked_card_signs_nobody_in_and_her_telephone_still_does() -> None:
    kiosk = kiosk_at(Screen.SIGN_IN)
    kiosk.says(DOCUMENT)
    kiosk.lay_card()
    assert kiosk.sign_in.advice == REMEDY.zh
    assert (kiosk.sign_in.card, kiosk.sign_in.error_code) == ("problem", Errors.DOCUMENT_BLOCKED.code)
    assert not kiosk.desk.named("sign_in_by_card")
    kiosk.tap(Wish.LANGUAGE)
    assert kiosk.sign_in.advice == REMEDY.en
    kiosk.says(CardGone())
    kiosk.show_code()
    assert kiosk.shows(Screen.QUESTION)


def test_a_blocked_card_is_known_without_a_line_and_another_one_is_taken() -> None:
    kiosk = kiosk_at(Screen.SIGN_IN)
    kiosk.connection(Connection.OFFLINE)
    kiosk.says(DOCUMENT)
    kiosk.lay_card()
    assert kiosk.sign_in.advice == REMEDY.zh
    kiosk.says(CardGone())
    kiosk.lay_card(another_citizen())
    assert kiosk.shows(Screen.QUESTION)


def test_the_province_may_say_it_in_its_own_words() -> None:
    kiosk = kiosk_at(Screen.SIGN_IN)
    own = LocalText("这张卡已挂失，请带新卡来。", "This card was reported lost. Please bring the new one.")
    kiosk.says(IdentityBlocked(a_citizen().number, own, {}))
    kiosk.lay_card()
    assert kiosk.sign_in.advice == own.zh


def test_one_matter_of_a_person_is_for_elsewhere_and_her_others_go_on() -> None:
    kiosk = kiosk_at(Screen.SIGN_IN)
    kiosk.says(ONE_MATTER)
    kiosk.lay_card()
    assert kiosk.shows(Screen.RESULT)
    assert kiosk.result.explanation == MATTER_REMEDY.zh
    assert not kiosk.result.can_retry
    assert not kiosk.desk.named("submit")
    kiosk.tap(Wish.ANOTHER_MATTER)
    kiosk.start_signed_in(LICENCE_FORM)
    assert kiosk.shows(Screen.QUESTION)


def test_a_blocked_card_helps_nobody_and_cannot_be_helped_with() -> None:
    kiosk = Kiosk()
    begin_for_somebody(kiosk)
    kiosk.says(DOCUMENT)
    kiosk.lay_card()
    assert kiosk.sign_in.advice == REMEDY.zh
    assert kiosk.sign_in.whose_turn == kiosk.say("helping.helper_first")


def test_what_is_blocked_of_her_goes_with_her() -> None:
    kiosk = kiosk_at(Screen.SIGN_IN)
    kiosk.says(ONE_MATTER)
    kiosk.lay_card()
    session = kiosk.situation.session
    assert session is not None
    kiosk.tap(Wish.END)
    assert session.blocked == {}
    assert not secrets_left(kiosk)


def test_of_somebody_who_is_not_here_nothing_is_noted() -> None:
    kiosk = Kiosk()
    kiosk.says(DOCUMENT)
    assert not secrets_left(kiosk)


def test_a_blocked_terminal_serves_nobody_and_whoever_is_there_finishes_first() -> None:
    kiosk = kiosk_at(Screen.QUESTION)
    kiosk.says(TerminalBlocked(blocked=True, since=OFFLINE_SINCE))
    assert kiosk.shows(Screen.QUESTION)
    kiosk.says(CardGone())
    kiosk.tap(Wish.END)
    kiosk.wait(9)
    body = kiosk.view.body
    assert isinstance(body, OutOfServiceView)
    assert body.error_code == Errors.TERMINAL_BLOCKED.code
    assert body.reason == kiosk.error(Errors.TERMINAL_BLOCKED)
    kiosk.says(TerminalBlocked(blocked=False, since=OFFLINE_SINCE))
    assert kiosk.shows(Screen.ATTRACT)
