"""Aids and help are one touch away: also on a terminal that rests, and on one that serves nobody."""

from __future__ import annotations

import pytest

from foundation.errors import Errors
from kiosk_app.terminal.aids import WISHES, Aids, Language
from kiosk_app.terminal.idle import IdleLimits
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import HeadsetPlugged, OutOfServiceChanged
from kiosk_app.terminal.views import Screen
from tests.fakes.kiosk import Kiosk, kiosk_at

LIMITS = IdleLimits()
GONE_AFTER_S = 2 * (LIMITS.warn_after_s + LIMITS.end_after_s) + 2
"""Twice, for whoever has an aid on."""


@pytest.mark.parametrize("wish", sorted(WISHES - {Wish.HIDE_SCREEN}, key=str))
def test_the_touch_that_wakes_switches_an_aid_on_and_presses_nothing_else(wish: Wish) -> None:
    kiosk = kiosk_at(Screen.ATTRACT)
    kiosk.tap(wish)
    assert kiosk.shows(Screen.HOME)
    assert kiosk.view.aids != Aids()


def test_who_has_a_headset_in_and_wants_to_be_read_to_is() -> None:
    kiosk = kiosk_at(Screen.HOME)
    kiosk.says(HeadsetPlugged(present=True))
    kiosk.tap(Wish.END)
    kiosk.wait(10)
    assert kiosk.shows(Screen.ATTRACT)
    kiosk.tap(Wish.SPEECH)
    assert kiosk.view.aids.speech


def test_a_terminal_that_serves_nobody_can_be_read_in_ones_own_way() -> None:
    kiosk = kiosk_at(Screen.OUT_OF_SERVICE)
    kiosk.tap(Wish.LANGUAGE)
    kiosk.tap(Wish.ELDER)
    assert kiosk.shows(Screen.OUT_OF_SERVICE)
    assert (kiosk.view.aids.language, kiosk.view.aids.elder) == (Language.ENGLISH, True)
    kiosk.tap(Wish.HELP)
    assert kiosk.shows(Screen.HELP)
    assert not kiosk.view.top.session_open, "nothing is begun by that"
    kiosk.tap(Wish.CHOOSE_MATTER, "call-back")
    assert kiosk.shows(Screen.HELP), "here nobody can do anything"
    kiosk.tap(Wish.BACK)
    assert kiosk.shows(Screen.OUT_OF_SERVICE)


def test_the_next_one_finds_it_as_everybody_does() -> None:
    kiosk = kiosk_at(Screen.OUT_OF_SERVICE)
    kiosk.tap(Wish.LANGUAGE)
    kiosk.tap(Wish.COLOURS)
    kiosk.tap(Wish.HELP)
    kiosk.wait(LIMITS.warn_after_s)
    assert kiosk.shows(Screen.HELP), "who reads is not hurried"
    kiosk.wait(GONE_AFTER_S)
    assert kiosk.shows(Screen.OUT_OF_SERVICE)
    assert kiosk.view.aids == Aids()
    shown = len(kiosk.views)
    kiosk.wait(GONE_AFTER_S)
    minutes = GONE_AFTER_S // 60 + 1
    assert len(kiosk.views) - shown <= minutes, "nothing is shown again and again but the time"


def test_a_headset_reads_what_is_wrong_with_it() -> None:
    kiosk = kiosk_at(Screen.OUT_OF_SERVICE)
    kiosk.says(HeadsetPlugged(present=True))
    assert kiosk.view.aids.speech
    kiosk.says(HeadsetPlugged(present=False))
    assert not kiosk.view.aids.speech


def test_when_it_serves_again_who_was_reading_help_finds_it_at_rest() -> None:
    kiosk = Kiosk()
    kiosk.says(OutOfServiceChanged(Errors.STORE_LOW, "2026-11-21T02:00:00.000Z"))
    kiosk.tap(Wish.HELP)
    kiosk.says(OutOfServiceChanged(None, ""))
    assert kiosk.shows(Screen.ATTRACT)
    kiosk.tap(Wish.TOUCH)
    assert kiosk.shows(Screen.HOME)
