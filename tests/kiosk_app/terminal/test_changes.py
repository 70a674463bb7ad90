"""What becomes otherwise while somebody is in the middle: said once, and nothing of hers is lost."""

from __future__ import annotations

import pytest

from kiosk_app.matters.answering import YES
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import CapabilitiesChanged, QueueChanged
from kiosk_app.terminal.readiness import Queue
from kiosk_app.terminal.views import Connection, Screen
from tests.fakes import items
from tests.fakes.kiosk import ALL_CAPABILITIES, Kiosk, kiosk_at

BEFORE_THE_QUESTIONS = (Screen.HOME, Screen.GUIDE, Screen.NOTICE, Screen.SIGN_IN)
IN_THE_MIDDLE = (*BEFORE_THE_QUESTIONS, Screen.QUESTION, Screen.CHECK)


def have(kiosk: Kiosk, *words: str, low: str = "") -> None:
    """The devices now offer this."""
    kiosk.says(CapabilitiesChanged(frozenset(words), demonstration=False, low=frozenset({low} - {""})))


def said(kiosk: Kiosk) -> list[str]:
    """What the page says of how things stand, line by line."""
    text = kiosk.check.offline_note if kiosk.screen is Screen.CHECK else kiosk.question.help
    return text.splitlines()


@pytest.mark.parametrize("screen", IN_THE_MIDDLE)
@pytest.mark.parametrize("lost", [*sorted(ALL_CAPABILITIES), "line", "all"])
def test_whatever_goes_away_and_comes_back_moves_nobody(screen: Screen, lost: str) -> None:
    kiosk = kiosk_at(screen)
    there = kiosk.view.body
    kept = set() if lost == "all" else ALL_CAPABILITIES - {lost}
    have(kiosk, *kept)
    if lost in ("line", "all"):
        kiosk.connection(Connection.OFFLINE)
    assert kiosk.screen is screen
    if lost in ("line", "all"):
        kiosk.connection(Connection.CONNECTED)
    have(kiosk, *ALL_CAPABILITIES)
    assert kiosk.screen is screen
    if screen in BEFORE_THE_QUESTIONS:
        assert kiosk.view.body == there, "all is as it was promised again"
    else:
        assert not any(kiosk.say(f"change.{about}_lost") in said(kiosk) for about in ("slip", "camera"))


def test_a_printer_that_stops_is_said_once_and_again_where_it_is_handed_in() -> None:
    kiosk = kiosk_at(Screen.QUESTION)
    have(kiosk, "card", "code")
    assert said(kiosk)[0] == kiosk.say("change.slip_lost")
    kiosk.answer(YES)
    assert kiosk.say("change.slip_lost") not in said(kiosk), "she has read it"
    kiosk.answer("social_security_card", "alone", "13800138000")
    assert said(kiosk) == [kiosk.say("readiness.slip_on_screen")]
    have(kiosk, *ALL_CAPABILITIES)
    assert said(kiosk) == [kiosk.say("change.slip_back")]
    kiosk.tap(Wish.SUBMIT)
    assert kiosk.screen is Screen.RESULT


def test_paper_that_runs_low_is_said_before_it_is_gone() -> None:
    kiosk = kiosk_at(Screen.QUESTION)
    have(kiosk, *ALL_CAPABILITIES, low="slip")
    assert said(kiosk)[0] == kiosk.say("change.slip_low")
    have(kiosk, "card", "code")
    assert said(kiosk)[0] == kiosk.say("change.slip_lost"), "one sentence about one thing: the newest"


@pytest.mark.parametrize(
    ("code", "left"),
    [(items.OFFLINE_FORM, "submit"), (items.LICENCE_FORM, "draft"), (items.ONLINE_FORM, "never")],
)
def test_a_line_that_breaks_says_what_stays_possible(code: str, left: str) -> None:
    kiosk = Kiosk()
    kiosk.start_signed_in(code)
    kiosk.connection(Connection.OFFLINE)
    assert said(kiosk)[0] == kiosk.say(f"change.line_lost_{left}")
    kiosk.connection(Connection.CONNECTED)
    assert said(kiosk)[0] == kiosk.say("change.line_back")


def test_what_a_matter_does_not_use_is_no_news_for_it() -> None:
    kiosk = Kiosk(capabilities=ALL_CAPABILITIES | {"camera", "document_printer"})
    kiosk.start_signed_in(items.ONLINE_FORM)
    before = kiosk.view.body
    have(kiosk, *ALL_CAPABILITIES, "document_printer")
    have(kiosk, "code", "slip", "document_printer")
    assert kiosk.view.body == before


def test_a_queue_that_grows_is_said_to_who_hands_something_in() -> None:
    kiosk = kiosk_at(Screen.CHECK)
    assert said(kiosk) == []
    kiosk.says(QueueChanged(Queue.LONG))
    assert said(kiosk) == [kiosk.say("readiness.queue_long")]
    kiosk.says(QueueChanged(Queue.FLOWS))
    kiosk.tap(Wish.BACK)
    kiosk.tap(Wish.GO_ON)
    assert said(kiosk) == []
