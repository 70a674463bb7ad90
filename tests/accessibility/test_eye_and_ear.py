"""What is told to the ear can be read, in the same order as it stands, and is hidden when it should be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QGuiApplication

from drivers.speech.phrases import Phrase, PhraseBook
from kiosk_app.terminal.aids import Aids, Language
from kiosk_app.terminal.messages import CardFound
from kiosk_app.terminal.prompts import Prompts
from kiosk_app.terminal.resting import AttractView
from kiosk_app.terminal.views import View
from screens.accessible import says, walk
from screens.samples import Samples
from tests.fakes.clock import ManualClock
from tests.fakes.kiosk import Kiosk, all_words
from tests.screens.looking import Showing

SEEN = {
    Phrase.TOUCH_TO_BEGIN: "触摸屏幕开始",
    Phrase.CHOOSE_MATTER: "您要办什么？",
    Phrase.HELP: "12345",
    Phrase.RATE: "不评价",
    Phrase.OUT_OF_SERVICE: "12345",
    Phrase.AGREEMENT: "请本人看：同意让他人替您办吗？",
    Phrase.FACE_CONSENT: "刷脸",
    Phrase.SLIP_PRINTED: "凭条",
    Phrase.SLIP_NOT_PRINTED: "打印纸用完了",
    Phrase.CLEARED: "您的信息已从本机清除",
    Phrase.CARD_LEFT: "拿好身份证",
    Phrase.PAPER_LEFT: "取走凭条",
}
"""What says the same on the screen in other words; all other phrases stand there as they are said."""


class Called:
    """A loudspeaker that notes what it was asked to say."""

    def __init__(self) -> None:
        self.phrases: list[Phrase] = []

    def prompt(self, phrases: Sequence[Phrase], language: Language) -> None:
        self.phrases = list(phrases)


@pytest.fixture(scope="module")
def looking(qapp: QGuiApplication) -> Iterator[Showing]:
    showing = Showing()
    yield showing
    showing.screens.close()
    assert showing.screens.warnings == []


def book() -> PhraseBook:
    words = all_words()
    return PhraseBook(lambda language, sentence: words[language].say(sentence))


def called_out(view: View) -> list[Phrase]:
    """What is said aloud when this comes."""
    mouth = Called()
    Prompts(book(), mouth, ManualClock()).shown(view)
    return mouth.phrases


def test_nothing_is_called_out_that_cannot_be_read(looking: Showing) -> None:
    samples, words, faults, told = Samples(), book(), [], set()
    looking.screens.holding._words = all_words()
    for name in samples.names():
        for near, worn in ((False, Aids()), (True, Aids()), (False, Aids(speech=True))):
            view = replace(samples.view(name, looking.serial + 1, worn), somebody_near=near)
            looking.publish(view)
            shown = " ".join(looking.names())
            for phrase in called_out(view):
                told.add(phrase)
                words_seen = SEEN.get(phrase) or words.line(phrase, "zh").text
                if words_seen.rstrip("。") not in shown:
                    faults.append(f"{name}: {phrase.value} is said, and nowhere stands {words_seen!r}")
    assert not faults, "\n".join(dict.fromkeys(faults))
    assert {Phrase.PLUG_IN, Phrase.MORE_TIME, Phrase.CARD_LEFT, Phrase.SLIP_PRINTED, *SEEN} <= told


def test_a_card_that_is_called_out_after_its_owner_stands_on_the_resting_screen() -> None:
    kiosk = Kiosk()
    kiosk.says(CardFound(left_behind=True))
    assert isinstance(kiosk.view.body, AttractView)
    assert kiosk.say("farewell.take_card") in kiosk.view.body.emergencies


@pytest.mark.parametrize("language", Language)
def test_what_is_read_comes_in_the_order_in_which_it_stands(looking: Showing, language: Language) -> None:
    samples, faults = Samples(language), []
    for name in samples.names():
        looking.show(name, samples)
        for before, after in jumps(page_of(looking)):
            faults.append(f"{name}: {says(before)!r} is read before {says(after)!r}, which stands above it")
    assert not faults, "\n".join(faults)


def page_of(showing: Showing) -> list[QAccessibleInterface]:
    root = QAccessible.queryAccessibleInterface(showing.window)
    for role in (QAccessible.Role.Dialog, QAccessible.Role.Pane):
        for node in walk(root):
            if node.role() is role:
                return [each for each in walk(node) if says(each)]
    return []


def jumps(lines: list[QAccessibleInterface]) -> Iterator[tuple[QAccessibleInterface, QAccessibleInterface]]:
    """A line that is read before another that stands above it in its column, or left of it in its row."""
    for before, after in pairwise(lines):
        one, other = before.rect(), after.rect()
        beside = one.top() < other.bottom() and other.top() < one.bottom()
        if stands_over(other, one) or (beside and other.right() <= one.left()):
            yield before, after


def stands_over(upper: QRect, lower: QRect) -> bool:
    in_column = upper.left() < lower.right() and lower.left() < upper.right()
    return in_column and upper.bottom() <= lower.top()


def test_every_screen_can_be_hidden_while_it_is_read(looking: Showing) -> None:
    samples = Samples()
    for name in samples.names():
        view = samples.view(name, looking.serial + 1, Aids(speech=True, screen_hidden=True))
        looking.publish(replace(view, headset_in=True))
        picture = looking.window.grabWindow()
        seen = {picture.pixel(x, y) for x in range(0, picture.width(), 40) for y in range(0, 800, 20)}
        seen |= {picture.pixel(x, y) for x in range(0, picture.width(), 40) for y in range(1120, 1920, 20)}
        assert seen == {QColor("black").rgb()}, name
        assert says(page_of(looking)[0]), "it is read as ever"
