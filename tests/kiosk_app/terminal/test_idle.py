"""How long the terminal waits for a person: it warns, any sign of life counts, and in the end it clears."""

from __future__ import annotations

import pytest

from contract.sets import WayOut
from foundation.errors import Errors
from kiosk_app.terminal import aids
from kiosk_app.terminal.answers import SlipPrinted
from kiosk_app.terminal.idle import IdleLimits
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import (
    CardFound,
    CardGone,
    CardTrouble,
    CodeReading,
    CodeTrouble,
    CodeUnwanted,
    DeviceMessage,
)
from kiosk_app.terminal.views import Screen
from tests.fakes import desk as answers
from tests.fakes import items
from tests.fakes.kiosk import Kiosk, kiosk_at, secrets_left

LIMITS = IdleLimits(warn_after_s=60, end_after_s=30, extension_s=120, aided_factor=2)


def seconds_left(kiosk: Kiosk) -> int | None:
    return kiosk.view.idle_warning.seconds_left if kiosk.view.idle_warning is not None else None


def test_it_warns_counts_down_in_whole_seconds_and_ends_with_a_wipe() -> None:
    kiosk = kiosk_at(Screen.CHECK, limits=LIMITS)
    kiosk.wait(59.5)
    assert seconds_left(kiosk) is None
    kiosk.wait(0.5)
    assert seconds_left(kiosk) == 30
    kiosk.wait(29.5)
    assert seconds_left(kiosk) == 1, "never less time than was said"
    assert kiosk.shows(Screen.CHECK)
    kiosk.wait(0.5)
    assert kiosk.shows(Screen.FAREWELL)
    assert kiosk.desk.last("end_session").what is WayOut.IDLE
    assert not secrets_left(kiosk)
    assert seconds_left(kiosk) is None


def test_the_warning_changes_nothing_of_what_was_typed() -> None:
    kiosk = kiosk_at(Screen.QUESTION)
    kiosk.answer("yes", "social_security_card", "alone")
    kiosk.enter("1387123")
    kiosk.wait(70)
    assert seconds_left(kiosk) == 20
    kiosk.tap(Wish.TOUCH)
    assert seconds_left(kiosk) is None
    assert kiosk.question.typed == "1387123"


@pytest.mark.parametrize("wish", Wish, ids=lambda wish: wish.value)
def test_every_wish_is_a_sign_of_life(wish: Wish) -> None:
    kiosk = kiosk_at(Screen.HOME)
    kiosk.wait(80)
    assert seconds_left(kiosk) == 10
    kiosk.tap(wish, "1")
    assert seconds_left(kiosk) is None


@pytest.mark.parametrize(
    "message",
    [
        CardFound(),
        CardTrouble(Errors.CARD_HOLD_STILL),
        CodeReading(b"code"),
        CodeTrouble(Errors.CODE_NOT_READABLE),
        CodeUnwanted(),
    ],
    ids=lambda message: type(message).__name__,
)
def test_cards_and_codes_are_signs_of_life(message: DeviceMessage) -> None:
    kiosk = kiosk_at(Screen.HOME)
    kiosk.wait(80)
    kiosk.says(message)
    assert seconds_left(kiosk) is None


@pytest.mark.parametrize(
    "message",
    [
        CardGone(),
        CardFound(left_behind=True),
        CardTrouble(Errors.CARD_READER_LOST),
        CodeTrouble(Errors.SCANNER_LOST),
    ],
    ids=repr,
)
def test_a_device_that_fails_is_no_person(message: DeviceMessage) -> None:
    kiosk = kiosk_at(Screen.HOME)
    kiosk.wait(80)
    kiosk.says(message)
    assert seconds_left(kiosk) == 10
    kiosk = kiosk_at(Screen.ATTRACT)
    kiosk.says(message)
    assert kiosk.shows(Screen.ATTRACT)


def test_going_on_gives_more_time_and_can_be_asked_for_without_limit() -> None:
    kiosk = kiosk_at(Screen.NOTICE, limits=LIMITS)
    for _ in range(12):
        kiosk.wait(70, tick_s=5)
        assert seconds_left(kiosk) == 20
        kiosk.tap(Wish.CONTINUE)
        kiosk.wait(55, tick_s=5)
        kiosk.tap(Wish.TOUCH)
        kiosk.wait(60, tick_s=5)
        assert seconds_left(kiosk) is None, "a touch does not take back what was given"
        kiosk.tap(Wish.TOUCH)
    assert kiosk.shows(Screen.NOTICE)


def test_an_elder_has_twice_the_time_of_everything() -> None:
    kiosk = kiosk_at(Screen.NOTICE, limits=LIMITS)
    kiosk.tap(Wish.ELDER)
    kiosk.wait(119, tick_s=1)
    assert seconds_left(kiosk) is None
    kiosk.wait(1)
    assert seconds_left(kiosk) == 60
    kiosk.tap(Wish.CONTINUE)
    kiosk.wait(239, tick_s=1)
    assert seconds_left(kiosk) is None
    kiosk.wait(1)
    assert seconds_left(kiosk) == 60


def test_more_time_is_not_handed_on_to_the_next_person() -> None:
    kiosk = kiosk_at(Screen.NOTICE, limits=LIMITS)
    kiosk.tap(Wish.ELDER)
    kiosk.tap(Wish.CONTINUE)
    kiosk.tap(Wish.END)
    kiosk.wait(9)
    kiosk.tap(Wish.TOUCH)
    kiosk.wait(60)
    assert seconds_left(kiosk) == 30


def test_waiting_for_the_terminal_is_not_idling() -> None:
    kiosk = Kiosk()
    kiosk.desk.answers.pop("query")
    kiosk.start_signed_in(items.QUERY)
    kiosk.answer("3")
    kiosk.tap(Wish.SUBMIT)
    kiosk.wait(55)
    assert seconds_left(kiosk) is None
    kiosk.says(answers.found(kiosk.desk.last("query")))
    assert kiosk.shows(Screen.RESULT)
    kiosk.wait(59)
    assert seconds_left(kiosk) is None, "the time to read begins when there is something to read"
    kiosk.wait(1)
    assert seconds_left(kiosk) == 30


def test_whoever_has_gone_while_the_terminal_was_stuck_is_cleared_too() -> None:
    kiosk = kiosk_at(Screen.PROGRESS, limits=LIMITS)
    kiosk.wait(200, tick_s=1)
    assert kiosk.shows(Screen.FAREWELL)
    assert kiosk.desk.last("end_session").what is WayOut.IDLE


@pytest.mark.parametrize(
    "screen", [Screen.STARTING, Screen.ATTRACT, Screen.OUT_OF_SERVICE], ids=lambda screen: screen.value
)
def test_where_nobody_is_nobody_is_warned(screen: Screen) -> None:
    kiosk = kiosk_at(screen)
    kiosk.wait(600, tick_s=30)
    assert kiosk.shows(screen)
    assert seconds_left(kiosk) is None


def test_a_slip_that_comes_out_is_no_sign_of_life() -> None:
    kiosk = kiosk_at(Screen.RESULT)
    kiosk.wait(80)
    assert kiosk.situation.session is not None
    kiosk.says(SlipPrinted(kiosk.situation.session.session_id, done=True, known=True, error=None))
    assert seconds_left(kiosk) == 10


def test_limits_that_nobody_could_keep_are_refused() -> None:
    with pytest.raises(ValueError, match="20 seconds"):
        IdleLimits(end_after_s=19)
    with pytest.raises(ValueError, match="20 seconds"):
        IdleLimits(warn_after_s=0)


NO_AIDS_ALONE = (Wish.LANGUAGE, Wish.HIDE_SCREEN)
AIDS = [wish for wish in Wish if wish in aids.WISHES and wish not in NO_AIDS_ALONE]


@pytest.mark.parametrize("wish", AIDS, ids=lambda wish: wish.value)
def test_any_aid_doubles_both_limits_until_it_is_off(wish: Wish) -> None:
    kiosk = kiosk_at(Screen.HOME, limits=LIMITS)
    kiosk.tap(wish)
    kiosk.wait(119)
    assert seconds_left(kiosk) is None
    kiosk.wait(1)
    assert seconds_left(kiosk) == 60


def test_another_language_is_no_reason_to_be_slower() -> None:
    kiosk = kiosk_at(Screen.HOME, limits=LIMITS)
    kiosk.tap(Wish.LANGUAGE)
    kiosk.wait(60)
    assert seconds_left(kiosk) == 30
