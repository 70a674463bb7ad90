"""The speech driver, as the terminal's two voices."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from functools import partial

from drivers.speech.device import LONGEST_TEXT_CHARACTERS, OpenText, Outlet, PrivateText, SpeechResult
from drivers.speech.phrases import Phrase, PhraseBook
from drivers.speech.speech import Speech
from foundation.clock import Clock
from kiosk_app.terminal.aids import Language
from kiosk_app.terminal.messages import ReadingAloud
from kiosk_app.terminal.prompts import Prompts
from kiosk_app.terminal.views import View
from kiosk_app.terminal.voice import Heard
from words import Words

_HEARD = {
    Outlet.HEADSET: Heard.HEADSET,
    Outlet.LOUDSPEAKER: Heard.ALOUD,
    Outlet.QUIET: Heard.QUIET,
    Outlet.NONE: Heard.NOWHERE,
}


class SpokenVoice:
    """A :class:`kiosk_app.terminal.voice.PublicVoice` and a ``ScreenVoice``.

    What becomes of what is said is in the status of the driver and in its counters; nobody waits for it.
    """

    def __init__(self, speech: Speech, post: Callable[[ReadingAloud], None]) -> None:
        self._speech = speech
        self._post = post
        self._counting = threading.Lock()
        self._unheard = 0

    def prompt(self, phrases: Sequence[Phrase], language: Language) -> None:
        self._speech.adjust(language=language.value)
        if not phrases:
            self._speech.interrupt()
        for place, phrase in enumerate(phrases):
            self._speech.public.say(phrase, interrupting=place == 0)

    def read(self, sentences: Sequence[str], language: Language, *, after: bool = False) -> None:
        self._speech.adjust(language=language.value)
        for place, text in enumerate(_in_portions(sentences)):
            self._counted(
                partial(self._speech.private.say, PrivateText(text), interrupting=place == 0 and not after)
            )

    def read_line(self, line: str, language: Language, *, personal: bool) -> Heard:
        self._speech.adjust(language=language.value)
        heard = _HEARD[self._speech.outlet()]
        said = line[:LONGEST_TEXT_CHARACTERS]
        if heard is Heard.HEADSET:
            self._counted(partial(self._speech.private.say, PrivateText(said), interrupting=True))
        elif heard is Heard.ALOUD and personal:
            self._speech.public.say(Phrase.HEADSET_NEEDED, interrupting=True)
        elif heard is Heard.ALOUD:
            self._counted(partial(self._speech.public.say, OpenText(said), interrupting=True))
        return Heard.HEADSET_NEEDED if personal and heard is Heard.ALOUD else heard

    def repeat(self) -> None:
        self._speech.private.repeat()

    def interrupt(self) -> None:
        self._speech.interrupt()

    def set_speed(self, percent: int) -> None:
        self._speech.adjust(speed_percent=percent)

    def _counted(self, say: Callable[[], Future[SpeechResult]]) -> None:
        """Nobody has to hurry while this is said."""
        self._count(1)
        say().add_done_callback(lambda _: self._count(-1))

    def _count(self, more: int) -> None:
        """Tells when reading begins, and when nothing is left that was to be read."""
        with self._counting:
            before, self._unheard = self._unheard, self._unheard + more
            if not before or not self._unheard:
                self._post(ReadingAloud(bool(self._unheard)))


def heard_too(
    publish: Callable[[View], None],
    voice: SpokenVoice | None,
    words: Mapping[str, Words],
    clock: Clock,
) -> Callable[[View], None]:
    """Publishes, and has said what is new in a view: where there is a voice, and a phrase for it."""
    if voice is None:
        return publish
    book = PhraseBook(lambda language, sentence: words[language].say(sentence))
    prompts = Prompts(book, voice, clock)

    def show_and_say(view: View) -> None:
        publish(view)
        prompts.shown(view)

    return show_and_say


def _in_portions(sentences: Sequence[str]) -> Iterator[str]:
    """As few texts as the driver takes: what is repeated is then the whole page."""
    portion = ""
    for sentence in sentences:
        line = sentence[:LONGEST_TEXT_CHARACTERS]
        if portion and len(portion) + 1 + len(line) > LONGEST_TEXT_CHARACTERS:
            yield portion
            portion = ""
        portion = f"{portion}\n{line}" if portion else line
    if portion:
        yield portion
