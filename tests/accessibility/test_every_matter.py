"""Every matter of the reference batch, from the resting screen to the farewell, by four keys and by ear.

The true screens over the true machine; what is pressed is found with the next key alone, and every control of
every page has been read before it is pressed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from contract.items import Item
from contract.sets import Assurance
from kiosk_app.terminal.aids import Aids, Language
from kiosk_app.terminal.intents import Wish
from kiosk_app.terminal.views import HomeView, QuestionView, RatingView, Screen, Widget
from tests.accessibility.test_every_screen import AIDS_IN_ORDER
from tests.fakes import items
from tests.fakes.firms import LICENCE_CODE
from tests.fakes.kiosk import Kiosk, all_words
from tests.fakes.people import MOBILE
from tests.fakes.proofs import proved
from tests.screens.looking import Showing

MOST_PAGES, MOST_STEPS = 90, 60
WAYS = {"standard": Aids(speech=True), "elder": Aids(speech=True, elder=True)}


@pytest.fixture
def showing(qapp: QGuiApplication) -> Iterator[Showing]:
    looking = Showing()
    yield looking
    looking.screens.close()
    assert looking.screens.warnings == []


class Headset:
    """Remembers what is read."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def read(self, sentences: Sequence[str], language: Language, *, after: bool = False) -> None:
        self.heard += sentences

    def repeat(self) -> None:
        """Nobody asks for it."""

    def interrupt(self) -> None:
        """What was heard was heard."""

    def set_speed(self, percent: int) -> None:
        """Nobody asks for it."""


class Walker:
    """Who sees nothing and has four keys, at a terminal."""

    def __init__(self, showing: Showing, language: Language, aids: Aids) -> None:
        self.kiosk = Kiosk()
        self._showing = showing
        self._aids = set(AIDS_IN_ORDER[language.value])
        self._headset = Headset()
        showing.screens.reader.attach(self._headset, all_words())
        showing.serial = -1
        self.kiosk.tap(Wish.TOUCH)
        for wish, wanted in ((Wish.LANGUAGE, language is Language.ENGLISH), (Wish.ELDER, aids.elder)):
            if wanted:
                self.kiosk.tap(wish)
        self.kiosk.tap(Wish.SPEECH)

    def listens(self) -> list[str]:
        """Hears the page; the names of its controls, every one of which was read."""
        self._headset.heard.clear()
        self._showing.publish(self.kiosk.view)
        self._showing.screens.reader.repeat()
        self._showing.screens.reader._look()
        heard = "\n".join(self._headset.heard)
        names = [control.name for control in self._showing.controls()]
        names = [name for name in names if not any(name.startswith(aid) for aid in self._aids)]
        assert [name for name in names if name not in heard] == [], self.kiosk.view.screen
        return names

    def presses(self, name: str) -> None:
        """Walks to what is called so with the next key, and chooses it."""
        for _ in range(MOST_STEPS):
            self._showing.key(Qt.Key.Key_Down)
            if self._focused() == name:
                break
        else:
            raise AssertionError(f"the keys do not lead to {name!r}")
        self._showing.sent.clear()
        self._showing.key(Qt.Key.Key_Return)
        for intent in list(self._showing.sent):
            self.kiosk.tap(intent.wish, intent.argument)

    def _focused(self) -> str:
        return next((each.name for each in self._showing.controls() if each.item.hasActiveFocus()), "")


def proves_who_she_is(kiosk: Kiosk, *, again: bool) -> None:
    """By card, for a firm by its licence; and by her telephone where that is not enough."""
    if kiosk.sign_in.for_organisation:
        kiosk.show_code(LICENCE_CODE)
    elif again:
        kiosk.desk.answers["sign_in_by_code"] = lambda call: [proved(call, Assurance.KNOWN_TWICE)]
        kiosk.show_code()
    else:
        kiosk.lay_card()


def primary(names: list[str]) -> str:
    """The way on: the last control of a page."""
    return names[-1]


def chosen(walker: Walker, item: Item, names: list[str]) -> str:
    """What she presses on the page that she has just heard."""
    body = walker.kiosk.view.body
    language = walker.kiosk.view.aids.language.value
    if isinstance(body, HomeView):
        if not item.on_home:
            return AIDS_IN_ORDER[language][-1]
        wanted = (item.title.read(language), "下一页", "Next page")
        return next(name for name in names for each in wanted if name.startswith(each))
    if isinstance(body, RatingView) and not body.thanked and not any(level.chosen for level in body.levels):
        return next(name for name in names if name.startswith(body.levels[1].label))
    if not isinstance(body, QuestionView):
        return primary(names)
    figures = {Widget.DATE: "20250901", Widget.DIGITS: MOBILE}.get(body.widget, "")
    if not body.optional and len(body.typed) < len(figures):
        return figures[len(body.typed)]
    if body.can_go_on:
        return primary(names)
    if body.options and (body.widget is not Widget.TEXT or not body.optional):
        return next(name for name in names if name.startswith(body.options[0].label))
    return primary(names)


@pytest.mark.parametrize(("language", "way"), [(Language.CHINESE, "elder"), (Language.ENGLISH, "standard")])
@pytest.mark.parametrize("item", items.reference_batch().items, ids=lambda item: item.code)
def test_it_is_done_from_the_first_page_to_the_last(
    showing: Showing, item: Item, language: Language, way: str
) -> None:
    walker = Walker(showing, language, WAYS[way])
    kiosk = walker.kiosk
    seen: list[Screen] = []
    can_start = kiosk.situation.readiness_of(item).can_start
    for _ in range(MOST_PAGES):
        seen.append(kiosk.view.screen)
        if kiosk.view.screen is Screen.FAREWELL and kiosk.farewell.cleared:
            break
        names = walker.listens()
        if kiosk.view.screen is Screen.SIGN_IN:
            proves_who_she_is(kiosk, again=seen.count(Screen.SIGN_IN) > 1)
        elif kiosk.view.screen in (Screen.PROGRESS, Screen.FAREWELL):
            kiosk.wait(2)
        else:
            walker.presses(chosen(walker, item, names))
    assert seen[-1] is Screen.FAREWELL, seen
    assert (Screen.RESULT in seen) is can_start, seen
    walker.presses(primary(walker.listens()))
