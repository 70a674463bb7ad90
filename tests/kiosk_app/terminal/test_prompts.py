"""What the loudspeaker says: fixed phrases, when something new is to be known, and never of a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from drivers.speech.phrases import Phrase, PhraseBook
from foundation.errors import Errors
from kiosk_app.terminal.aids import Language
from kiosk_app.terminal.answers import SlipPrinted
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.messages import CardFound, CardGone, CardTrouble, HeadsetPlugged, PresenceNoticed
from kiosk_app.terminal.prompts import GREETED_AT_MOST_EVERY_S, Prompts
from kiosk_app.terminal.views import Screen
from tests.fakes.calls import Call
from tests.fakes.desk import not_printed, perhaps_printed, printed, willing_desk
from tests.fakes.items import OFFLINE_FORM
from tests.fakes.kiosk import Kiosk, all_words, kiosk_at

Outcome = Callable[[Call], SlipPrinted]
_OF_SLIPS = {Phrase.SLIP_PRINTED, Phrase.SLIP_NOT_PRINTED, Phrase.SLIP_UNKNOWN}


class Mouth:
    """A public voice that remembers; an empty list is silence that was asked for."""

    def __init__(self) -> None:
        self.said: list[list[Phrase]] = []
        self.languages: list[Language] = []
        self.asked_for_silence = False

    def prompt(self, phrases: Sequence[Phrase], language: Language) -> None:
        self.said.append(list(phrases))
        self.languages.append(language)
        self.asked_for_silence = not phrases


class Hall:
    """A terminal with a voice. ``hears`` are the phrases since the last time."""

    def __init__(self, kiosk: Kiosk) -> None:
        self.kiosk = kiosk
        self.mouth = Mouth()
        words = all_words()
        book = PhraseBook(lambda language, sentence: words[language].say(sentence))
        self._prompts = Prompts(book, self.mouth, kiosk.clock)
        self._shown = 0
        self.hears()

    def hears(self) -> list[Phrase]:
        for view in self.kiosk.views[self._shown :]:
            self._prompts.shown(view)
        self._shown = len(self.kiosk.views)
        said, self.mouth.said = self.mouth.said, []
        return [phrase for phrases in said for phrase in phrases]


def test_each_page_is_said_once_in_the_words_that_stand_there() -> None:
    hall = Hall(Kiosk())
    hall.kiosk.tap(Wish.TOUCH)
    assert hall.hears() == [Phrase.CHOOSE_MATTER]
    hall.kiosk.start(OFFLINE_FORM)
    assert hall.hears() == [Phrase.SIGN_IN]
    hall.kiosk.says(CardFound())
    assert hall.hears() == [Phrase.LEAVE_CARD]
    hall.kiosk.says(CardTrouble(Errors.CARD_HOLD_STILL))
    assert hall.hears() == [Phrase.CARD_NOT_READ]
    hall.kiosk.wait(5.0)
    assert hall.hears() == []


def test_a_card_that_lies_there_already_is_called_a_strange_one() -> None:
    hall = Hall(Kiosk())
    hall.kiosk.says(CardFound(left_behind=True))
    hall.kiosk.start(OFFLINE_FORM)
    assert Phrase.STRANGE_CARD in hall.hears()


def test_who_reads_english_hears_english() -> None:
    hall = Hall(kiosk_at(Screen.SIGN_IN))
    hall.kiosk.tap(Wish.LANGUAGE)
    hall.hears()
    hall.kiosk.says(CardTrouble(Errors.CARD_HOLD_STILL))
    assert hall.hears() == [Phrase.CARD_NOT_READ]
    assert hall.mouth.languages[-1] is Language.ENGLISH


@pytest.mark.parametrize(
    ("outcome", "phrase"),
    [
        (printed, Phrase.SLIP_PRINTED),
        (not_printed, Phrase.SLIP_NOT_PRINTED),
        (perhaps_printed, Phrase.SLIP_UNKNOWN),
    ],
)
def test_what_became_of_the_slip_is_said_as_it_is_known(outcome: Outcome, phrase: Phrase) -> None:
    desk = willing_desk()
    desk.answers["print_slip"] = lambda call: [outcome(call)]
    hall = Hall(kiosk_at(Screen.CHECK, desk=desk))
    hall.kiosk.tap(Wish.SUBMIT)
    said = hall.hears()
    assert said[-1] is phrase
    assert not (_OF_SLIPS - {phrase}) & set(said)


def test_it_asks_whether_to_go_on_once_and_then_is_silent() -> None:
    hall = Hall(kiosk_at(Screen.QUESTION))
    hall.kiosk.wait(61.0)
    assert hall.hears() == [Phrase.MORE_TIME]
    hall.kiosk.wait(5.0)
    assert hall.hears() == []


def test_a_card_and_a_slip_that_were_left_are_called_out_and_the_card_once_more_to_the_empty_hall() -> None:
    hall = Hall(kiosk_at(Screen.RATING))
    hall.kiosk.says(CardFound())
    hall.kiosk.tap(Wish.FINISH)
    assert hall.hears()[-3:] == [Phrase.CLEARED, Phrase.CARD_LEFT, Phrase.PAPER_LEFT]
    hall.kiosk.wait(61.0)
    assert hall.kiosk.screen is Screen.ATTRACT
    assert hall.hears() == [Phrase.CARD_LEFT]


def test_a_card_that_was_taken_is_not_called_out() -> None:
    hall = Hall(kiosk_at(Screen.RATING))
    hall.kiosk.says(CardFound(), CardGone())
    hall.kiosk.tap(Wish.FINISH)
    assert Phrase.CARD_LEFT not in hall.hears()
    hall.kiosk.wait(9.0)
    assert hall.kiosk.screen is Screen.ATTRACT
    assert hall.hears() == []


def test_who_comes_near_is_greeted_and_nothing_wakes() -> None:
    hall = Hall(Kiosk())
    hall.kiosk.says(PresenceNoticed(True))
    assert hall.hears() == [Phrase.TOUCH_TO_BEGIN]
    assert hall.kiosk.screen is Screen.ATTRACT
    hall.kiosk.says(PresenceNoticed(False), PresenceNoticed(True))
    assert hall.hears() == [], "many walk by"
    hall.kiosk.says(PresenceNoticed(False))
    hall.kiosk.wait(GREETED_AT_MOST_EVERY_S)
    hall.kiosk.says(PresenceNoticed(True))
    assert hall.hears() == [Phrase.TOUCH_TO_BEGIN]


def test_who_comes_to_a_terminal_that_does_not_serve_hears_it() -> None:
    hall = Hall(kiosk_at(Screen.OUT_OF_SERVICE))
    hall.kiosk.says(PresenceNoticed(True))
    assert hall.hears() == [Phrase.OUT_OF_SERVICE]


def test_whoever_goes_on_does_not_hear_the_last_page_out() -> None:
    hall = Hall(kiosk_at(Screen.HOME))
    hall.kiosk.open_guide(OFFLINE_FORM)
    assert hall.hears() == []
    assert hall.mouth.asked_for_silence


def test_a_headset_wakes_the_terminal_for_somebody_who_wants_to_hear_it() -> None:
    hall = Hall(Kiosk())
    hall.kiosk.says(HeadsetPlugged(True))
    assert hall.kiosk.shows(Screen.HOME)
    assert hall.hears() == [], "the whole page is read there, its call too"
    hall.kiosk.tap(Wish.SPEECH)
    hall.kiosk.start(OFFLINE_FORM)
    assert hall.hears() == [Phrase.SIGN_IN], "who is not read to hears the calls"
    hall.kiosk.says(HeadsetPlugged(False))
    assert hall.kiosk.screen is Screen.SIGN_IN
    assert not hall.kiosk.situation.headset_in


def test_who_wants_to_be_read_to_is_told_where_the_headset_goes() -> None:
    hall = Hall(kiosk_at(Screen.HOME))
    hall.kiosk.tap(Wish.SPEECH)
    assert hall.hears() == [Phrase.PLUG_IN]
    hall.kiosk.wait(5.0)
    assert hall.hears() == []
    hall.kiosk.tap(Wish.HELP)
    assert hall.hears() == [Phrase.HELP], "and not on every page"
    hall.kiosk.says(HeadsetPlugged(True))
    assert hall.hears() == []
