"""按住听: a finger that rests on a line hears it and presses nothing; what is hers, in a headset only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtQml import QQmlProperty
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk_app.terminal.aids import Aids, Colours, Language, Zoom
from kiosk_app.terminal.views import QuestionView, View
from kiosk_app.terminal.voice import Heard
from screens.accessible import says
from screens.gallery import settle
from screens.holding import is_open
from screens.inspection import items, pixels_per_mm
from screens.redaction import without_person
from screens.samples import Samples
from tests.fakes.kiosk import all_words
from tests.screens.looking import Showing

LONG_ENOUGH_MS = 3000
NOT_LONG_ENOUGH_MS = 300
MODES = [
    (Language.ENGLISH, Aids(elder=True)),
    (Language.CHINESE, Aids(zoom=Zoom.LARGEST, low_reach=True)),
    (
        Language.CHINESE,
        Aids(colours=Colours.HIGH_CONTRAST, lens=True, large_pointer=True, reading_line=True),
    ),
]


class Mouth:
    """A terminal's voice: ``headset`` says whether one is in."""

    def __init__(self) -> None:
        self.headset = False
        self.works = Heard.ALOUD
        self.said: list[tuple[str, bool]] = []
        self.silenced = 0

    def read_line(self, line: str, language: Language, *, personal: bool) -> Heard:
        heard = Heard.HEADSET if self.headset else self.works
        if heard is Heard.ALOUD and personal:
            return Heard.HEADSET_NEEDED
        if heard in (Heard.HEADSET, Heard.ALOUD):
            self.said.append((line, personal))
        return heard

    def interrupt(self) -> None:
        self.silenced += 1

    def read(self, sentences: Sequence[str], language: Language, *, after: bool = False) -> None:
        raise AssertionError("nobody asked for the whole page")

    def repeat(self) -> None:
        raise AssertionError("nobody asked for anything again")

    def set_speed(self, percent: int) -> None:
        raise AssertionError("nobody asked for another speed")


class Finger:
    """Rests on the glass and lifts."""

    def __init__(self, showing: Showing, qtbot: QtBot) -> None:
        self.showing = showing
        self.mouth = Mouth()
        self._qtbot = qtbot
        showing.screens.hear(self.mouth, all_words())

    def rests_on(self, words: str) -> str:
        """Holds the line that says this until it is marked, and lifts; what is said beside it."""
        self.showing.press_at(self.at(words))
        self.waits_for_mark()
        advice = str(self.showing.screens.holding.property("advice"))
        self.showing.lift_at(self.at(words))
        return advice

    def waits_for_mark(self) -> None:
        self._qtbot.waitUntil(self.is_marked, timeout=LONG_ENOUGH_MS)

    def waits(self, milliseconds: int) -> None:
        self._qtbot.wait(milliseconds)

    def is_marked(self) -> bool:
        return not self.showing.screens.holding.property("mark").isNull()

    def at(self, words: str) -> QPointF:
        found = [node for node in self.showing.nodes() if words in node.text(QAccessible.Text.Name)]
        assert found, f"{words!r} among {self.showing.names()}"
        return QPointF(found[0].rect().translated(-self.showing.window.position()).center())


@pytest.fixture
def finger(showing: Showing, qtbot: QtBot) -> Finger:
    return Finger(showing, qtbot)


@pytest.mark.parametrize(("language", "aids"), MODES)
def test_any_line_can_be_held_in_every_mode_and_it_is_marked(
    finger: Finger, language: Language, aids: Aids
) -> None:
    samples = Samples(language)
    view = finger.showing.show("guide", samples, aids)
    heading, start = ("高龄津贴申领", "开始办理") if language is Language.CHINESE else ("age", "Start")
    assert view.aids.language is language
    for words in (heading, start):
        assert finger.rests_on(words) == ""
        assert words in finger.mouth.said[-1][0]
        mark = finger.showing.screens.holding.property("mark")
        assert mark.contains(finger.at(words))
    assert finger.showing.wanted() == [], "lifting presses nothing"


def test_a_short_touch_presses_as_ever_and_hears_nothing(finger: Finger) -> None:
    finger.showing.show("guide")
    finger.showing.press_at(finger.at("开始办理"))
    finger.waits(NOT_LONG_ENOUGH_MS)
    finger.showing.lift_at(finger.at("开始办理"))
    finger.waits(800)
    assert finger.showing.wanted() == [("start", "")]
    assert not finger.mouth.said


def test_slow_hands_press_long_and_still_press(finger: Finger) -> None:
    finger.showing.show("guide", aids=Aids(elder=True))
    finger.showing.press_at(finger.at("开始办理"))
    finger.waits(1000)
    finger.showing.lift_at(finger.at("开始办理"))
    assert finger.showing.wanted() == [("start", "")]
    assert not finger.mouth.said


def test_a_real_finger_on_the_glass_does_the_same(finger: Finger) -> None:
    finger.showing.show("guide")
    glass = QTest.createTouchDevice()
    at = finger.at("开始办理").toPoint()
    QTest.touchEvent(finger.showing.window, glass).press(0, at).commit()
    finger.waits_for_mark()
    QTest.touchEvent(finger.showing.window, glass).release(0, at).commit()
    assert finger.mouth.said == [("开始办理", False)]
    assert finger.showing.wanted() == []
    QTest.touchEvent(finger.showing.window, glass).press(0, at).commit()
    QTest.touchEvent(finger.showing.window, glass).release(0, at).commit()
    assert finger.showing.wanted() == [("start", "")]


def test_a_ring_closes_round_the_finger_and_a_finger_that_moves_means_something_else(finger: Finger) -> None:
    finger.showing.show("home")
    at = finger.at("您要办什么")
    finger.showing.press_at(at)
    finger.waits(500)
    assert ring_of(finger.showing) is not None
    finger.showing.move_to(at + QPointF(0, 12 * pixels_per_mm(finger.showing.window)))
    assert ring_of(finger.showing) is None
    finger.waits(800)
    finger.showing.lift_at(at)
    assert not finger.mouth.said
    assert not finger.is_marked()


def ring_of(showing: Showing) -> QQuickItem | None:
    return next((item for item in items(showing.window.contentItem()) if closed(item) > 0), None)


def closed(item: QQuickItem) -> float:
    return float(QQmlProperty.read(item, "closed") or 0)


def test_the_next_touch_is_silence_and_the_mark_has_gone(finger: Finger) -> None:
    finger.showing.show("guide")
    finger.rests_on("高龄津贴申领")
    assert finger.is_marked()
    finger.showing.tap("开始办理")
    assert finger.mouth.silenced == 1
    assert not finger.is_marked()
    assert finger.showing.wanted() == [("start", "")]
    finger.rests_on("高龄津贴申领")
    finger.showing.show("notice")
    assert not finger.is_marked(), "it stood on the page before"


def test_what_is_hers_is_heard_in_a_headset_only_and_that_can_be_read(finger: Finger) -> None:
    finger.showing.show("check")
    assert finger.rests_on("建国") == "请插上耳机听这一条。"
    assert not finger.mouth.said
    finger.mouth.headset = True
    assert finger.rests_on("建国") == ""
    ((line, personal),) = finger.mouth.said
    assert "建国" in line
    assert personal


def test_where_nothing_can_be_said_it_says_so_and_where_no_voice_is_fitted_a_long_touch_is_a_touch(
    finger: Finger,
) -> None:
    finger.showing.show("guide")
    finger.mouth.works = Heard.QUIET
    assert finger.rests_on("高龄津贴申领") == "这个时间不外放，插上耳机就能听。"
    finger.mouth.works = Heard.NOWHERE
    assert finger.rests_on("高龄津贴申领") == "现在听不了。"
    view = Samples().view("guide", finger.showing.serial + 1)
    finger.showing.publish(replace(view, top=replace(view.top, speech_fitted=False)))
    finger.showing.press_at(finger.at("开始办理"))
    finger.waits(1200)
    finger.showing.lift_at(finger.at("开始办理"))
    assert finger.showing.wanted() == [("start", "")]
    finger.showing.show("home")
    assert any("按住任何一行" in name for name in finger.showing.names())


def test_a_hidden_screen_and_what_lies_behind_an_open_panel_are_not_read(finger: Finger) -> None:
    finger.showing.show("guide")
    at = finger.at("开始办理")
    finger.showing.tap("更多")
    settle(finger.showing.screens)
    finger.rests_on("放大镜")
    assert finger.mouth.said.pop() == ("放大镜", False)
    assert finger.showing.wanted() == []
    finger.showing.show("guide", aids=Aids(screen_hidden=True))
    finger.showing.press_at(at)
    finger.waits(1000)
    finger.showing.lift_at(at)
    assert not finger.mouth.said


def lines(showing: Showing) -> Iterator[tuple[str, bool, View]]:
    """What can be held on every example: its words, and whether others may hear them.

    What a picture is called is fixed, whoever is in it.
    """
    samples = Samples()
    for name in samples.names():
        view = showing.show(name, samples)
        for node in showing.nodes():
            if says(node) and node.role() is not QAccessible.Role.Graphic:
                yield node.text(QAccessible.Text.Name), is_open(node, view), view


def test_nothing_is_open_that_a_picture_without_the_person_does_not_show(showing: Showing) -> None:
    found = list(lines(showing))
    for view in dict.fromkeys(each for _, _, each in found):
        shown = [line for line, is_open_to_all, each in found if each is view and is_open_to_all]
        offered = set()
        if isinstance(view.body, QuestionView):
            offered = {option.label for option in view.body.options if not option.of_person}
        showing.publish(replace(without_person(view), serial=showing.serial + 1))
        others = set(showing.names())
        hers = [line for line in shown if line not in others and not any(each in line for each in offered)]
        assert not hers, view.screen
    assert sum(is_open_to_all for _, is_open_to_all, _ in found) > len(found) * 0.7, "most is for everybody"


def test_what_is_being_written_is_hers_whatever_stands_there(qapp: QGuiApplication, showing: Showing) -> None:
    view = showing.show("question_writing")
    showing.tap("拼音")
    showing.screens.writing.show(*Samples().writing("question_writing"))
    settle(showing.screens)
    offered = [node for node in showing.nodes() if node.text(QAccessible.Text.Name).startswith("利川市")]
    assert offered
    assert not any(is_open(node, view) for node in offered)
    typed = [node for node in showing.nodes() if node.role() is QAccessible.Role.EditableText]
    assert typed
    assert not any(is_open(node, view) for node in typed)


def test_only_one_place_vouches_that_a_line_is_for_everybody(repository: Path) -> None:
    """A line becomes an ``OpenText`` where it is known whether it is hers, and nowhere else."""
    folders = ("drivers", "kiosk_app", "screens", "offline_store", "provisioning")
    makers = [
        file.relative_to(repository).as_posix()
        for folder in folders
        for file in (repository / folder).rglob("*.py")
        if "OpenText(" in file.read_text(encoding="utf-8")
    ]
    assert makers == ["kiosk_app/composition/voices.py"]
