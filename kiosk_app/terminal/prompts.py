"""What the public voice says to what is shown: the same words, and a call when something is left behind.

A sentence that stands on the screen is said where it is one of the fixed phrases, word for word; so nothing
of a person can be said, whatever stands there.
"""

from __future__ import annotations

from drivers.speech.phrases import Phrase, PhraseBook
from foundation.clock import Clock
from kiosk_app.terminal.consent_views import FaceConsentView
from kiosk_app.terminal.face_views import FaceView
from kiosk_app.terminal.helping_views import AgreementView
from kiosk_app.terminal.resting import AttractView
from kiosk_app.terminal.views import (
    FarewellView,
    HelpView,
    HomeView,
    OutOfServiceView,
    ProgressView,
    RatingView,
    ResultView,
    Screen,
    ScreenView,
    SignInView,
    SlipState,
    View,
)
from kiosk_app.terminal.voice import PublicVoice

GREETED_AT_MOST_EVERY_S = 60.0
"""Where many walk by, a terminal that greets each of them is a nuisance."""
_OF_THE_SLIP = {
    SlipState.PRINTING: Phrase.PRINTING,
    SlipState.DONE: Phrase.SLIP_PRINTED,
    SlipState.NOT_DONE: Phrase.SLIP_NOT_PRINTED,
    SlipState.UNKNOWN: Phrase.SLIP_UNKNOWN,
}
_ASKS: tuple[tuple[type[ScreenView], Phrase], ...] = (
    (HomeView, Phrase.CHOOSE_MATTER),
    (AgreementView, Phrase.AGREEMENT),
    (FaceConsentView, Phrase.FACE_CONSENT),
    (RatingView, Phrase.RATE),
    (HelpView, Phrase.HELP),
)
"""What a page asks of everybody in the same words."""
_GREETINGS = frozenset({Phrase.TOUCH_TO_BEGIN, Phrase.OUT_OF_SERVICE})


class Prompts:
    """Follows the views and has the voice say what is new. For one thread."""

    def __init__(self, book: PhraseBook, voice: PublicVoice, clock: Clock) -> None:
        self._book = book
        self._voice = voice
        self._clock = clock
        self._screen = Screen.STARTING
        self._before: list[Phrase] = []
        self._greeted_s = float("-inf")

    def shown(self, view: View) -> None:
        """This view is now on the screen."""
        if view.headset_in and view.aids.speech:  # the whole screen is read there, these words too
            self._screen, self._before = view.screen, self._phrases(view)
            return
        turned = view.screen is not self._screen
        phrases = self._phrases(view)
        again = {phrase for phrase in phrases if turned and phrase is not Phrase.PLUG_IN}
        new = [phrase for phrase in phrases if phrase in again or phrase not in self._before]
        if turned and self._screen is Screen.FAREWELL and Phrase.CARD_LEFT in self._before:
            new.append(Phrase.CARD_LEFT)  # whose card it is has gone: perhaps not far
        self._screen, self._before = view.screen, phrases
        self._say([phrase for phrase in new if self._is_due(phrase)], view, turned=turned)

    def _say(self, phrases: list[Phrase], view: View, *, turned: bool) -> None:
        gone = turned and view.screen is not Screen.ATTRACT  # a farewell is heard out
        if phrases or gone:
            self._voice.prompt(phrases, view.aids.language)

    def _is_due(self, phrase: Phrase) -> bool:
        if phrase not in _GREETINGS:
            return True
        now_s = self._clock.monotonic_s()
        due = now_s - self._greeted_s >= GREETED_AT_MOST_EVERY_S
        if due:
            self._greeted_s = now_s
        return due

    def _phrases(self, view: View) -> list[Phrase]:
        asked = [Phrase.MORE_TIME] if view.idle_warning is not None else []
        if view.aids.speech and not view.headset_in:
            asked.append(Phrase.PLUG_IN)
        match view.body:
            case AttractView() if view.somebody_near:
                return [Phrase.TOUCH_TO_BEGIN]
            case OutOfServiceView() if view.somebody_near:
                return [Phrase.OUT_OF_SERVICE]
            case SignInView() | FaceView():
                return [*self._said(view, view.body.advice), *asked]
            case ProgressView():
                return self._said(view, view.body.sentence, view.body.waiting_for)
            case ResultView(slip=slip):
                return [*([_OF_THE_SLIP[slip]] if slip in _OF_THE_SLIP else []), *asked]
            case FarewellView(cleared=True, take_card=card, take_paper=paper, take_social_card=social_card):
                return [  # of what was begun and is kept, it would not be true
                    *([] if view.body.draft else [Phrase.CLEARED]),
                    *([Phrase.CARD_LEFT] if card or social_card else []),
                    *([Phrase.PAPER_LEFT] if paper else []),
                ]
            case body:
                asking = next((phrase for kind, phrase in _ASKS if isinstance(body, kind)), None)
                is_done = isinstance(body, RatingView) and body.thanked
                return asked if asking is None or is_done else [asking, *asked]

    def _said(self, view: View, *sentences: str) -> list[Phrase]:
        found = (self._book.find(sentence, view.aids.language.value) for sentence in sentences)
        return [phrase for phrase in found if phrase is not None]
