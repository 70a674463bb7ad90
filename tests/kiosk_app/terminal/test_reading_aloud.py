"""Whoever plugs a headset in is read to; nobody has to hurry while being read to; nothing of it stays."""

from __future__ import annotations

import pytest

from kiosk_app.terminal.aids import Aids
from kiosk_app.terminal.idle import IdleLimits
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.machine import READING_AT_MOST_S
from kiosk_app.terminal.messages import CapabilitiesChanged, HeadsetPlugged, ReadingAloud
from kiosk_app.terminal.readiness import VOICE
from kiosk_app.terminal.views import Screen
from tests.fakes.kiosk import ALL_CAPABILITIES, Kiosk, kiosk_at

LIMITS = IdleLimits(warn_after_s=60, end_after_s=30, extension_s=120, aided_factor=2)
TWICE_S = 2 * LIMITS.warn_after_s


def left_s(kiosk: Kiosk) -> int | None:
    return kiosk.view.idle_warning.seconds_left if kiosk.view.idle_warning is not None else None


def hidden(kiosk: Kiosk) -> bool:
    return kiosk.view.aids.screen_hidden


def listening_kiosk() -> Kiosk:
    kiosk = Kiosk(limits=LIMITS)
    kiosk.says(HeadsetPlugged(True))
    return kiosk


def test_a_headset_opens_the_terminal_and_it_reads_by_itself() -> None:
    kiosk = listening_kiosk()
    assert kiosk.shows(Screen.HOME)
    assert kiosk.view.aids.speech
    assert kiosk.view.headset_in
    kiosk.says(HeadsetPlugged(False))
    assert not kiosk.view.aids.speech


def test_a_headset_that_was_in_before_reads_from_the_first_touch() -> None:
    kiosk = listening_kiosk()
    kiosk.tap(Wish.END)
    kiosk.wait(10)
    assert kiosk.shows(Screen.ATTRACT)
    assert kiosk.view.aids == Aids()
    kiosk.tap(Wish.TOUCH)
    assert kiosk.view.aids.speech


def test_it_can_be_switched_off_and_on_with_the_headset_in() -> None:
    kiosk = listening_kiosk()
    kiosk.tap(Wish.SPEECH)
    assert not kiosk.view.aids.speech
    kiosk.tap(Wish.SPEECH)
    assert kiosk.view.aids.speech


def test_the_screen_is_hidden_only_from_those_who_hear() -> None:
    kiosk = Kiosk()
    kiosk.tap(Wish.TOUCH)
    kiosk.tap(Wish.HIDE_SCREEN)
    assert not hidden(kiosk), "without a headset nobody would know what to do"
    kiosk.says(HeadsetPlugged(True))
    kiosk.tap(Wish.HIDE_SCREEN)
    assert hidden(kiosk)
    kiosk.tap(Wish.HIDE_SCREEN)
    assert not hidden(kiosk)


@pytest.mark.parametrize("way", ["headset", "switch", "end"])
def test_a_hidden_screen_comes_back_by_itself(way: str) -> None:
    kiosk = listening_kiosk()
    kiosk.tap(Wish.HIDE_SCREEN)
    if way == "headset":
        kiosk.says(HeadsetPlugged(False))
    elif way == "switch":
        kiosk.tap(Wish.SPEECH)
    else:
        kiosk.tap(Wish.END)
        kiosk.wait(10)
    assert not hidden(kiosk)


def test_the_terminal_says_whether_it_can_read() -> None:
    kiosk = Kiosk()
    assert not kiosk.view.top.speech_fitted
    kiosk.says(CapabilitiesChanged(ALL_CAPABILITIES | {VOICE}, demonstration=False))
    assert kiosk.view.top.speech_fitted


def test_time_does_not_run_while_one_is_read_to() -> None:
    kiosk = listening_kiosk()
    kiosk.wait(TWICE_S - 10, tick_s=1)
    kiosk.says(ReadingAloud(True))
    kiosk.wait(200, tick_s=1)
    assert left_s(kiosk) is None
    kiosk.says(ReadingAloud(False))
    kiosk.wait(9, tick_s=1)
    assert left_s(kiosk) is None, "what was left before is left after"
    kiosk.wait(1)
    assert left_s(kiosk) == 60


def test_the_warning_stands_still_while_it_is_read_and_is_not_taken_back() -> None:
    kiosk = listening_kiosk()
    kiosk.wait(TWICE_S + 10, tick_s=1)
    assert left_s(kiosk) == 50
    kiosk.says(ReadingAloud(True))
    kiosk.wait(20, tick_s=1)
    assert left_s(kiosk) == 50
    kiosk.says(ReadingAloud(False))
    kiosk.wait(49, tick_s=1)
    assert left_s(kiosk) == 1
    kiosk.wait(1)
    assert kiosk.shows(Screen.FAREWELL)


def test_a_voice_that_never_ends_keeps_no_session_open() -> None:
    kiosk = listening_kiosk()
    kiosk.says(ReadingAloud(True))
    kiosk.wait(READING_AT_MOST_S + TWICE_S + 61, tick_s=1)
    assert kiosk.shows(Screen.FAREWELL)


def test_the_slip_is_read_to_who_is_read_to_and_to_nobody_else() -> None:
    kiosk = kiosk_at(Screen.RESULT)
    offered = [kiosk.result.can_hear_slip]
    kiosk.tap(Wish.HEAR_SLIP)
    kiosk.says(HeadsetPlugged(True))
    offered.append(kiosk.result.can_hear_slip)
    assert offered == [False, True]
    assert not kiosk.desk.named("read_slip")
    kiosk.tap(Wish.HEAR_SLIP)
    assert kiosk.desk.last("read_slip").what.language == "zh"
