"""The screens read themselves aloud: whole when they come, then what changes, and what has the focus."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kiosk_app.terminal.aids import Aids, Language
from screens.reader import LOOK_AFTER_MS
from screens.samples import Samples
from tests.fakes.kiosk import all_words
from tests.screens.looking import Showing

BY_EAR = Aids(speech=True)


class Ear:
    """Remembers what was read; ``None`` is silence that was asked for."""

    def __init__(self) -> None:
        self.log: list[tuple[tuple[str, ...], Language, bool] | None] = []
        self.speeds: list[int] = []

    def read(self, sentences: Sequence[str], language: Language, *, after: bool = False) -> None:
        self.log.append((tuple(sentences), language, after))

    def repeat(self) -> None:
        self.log.append(self.log[-1])

    def interrupt(self) -> None:
        self.log.append(None)

    def set_speed(self, percent: int) -> None:
        self.speeds.append(percent)


class Listening:
    """The screens and who listens to them."""

    def __init__(self, showing: Showing, qtbot: QtBot) -> None:
        self.showing = showing
        self.ear = Ear()
        self._qtbot = qtbot
        showing.screens.reader.attach(self.ear, all_words())

    def show(self, name: str, samples: Samples | None = None, aids: Aids = BY_EAR) -> list[str]:
        self.showing.show(name, samples, aids)
        return self.hears()

    def key(self, key: Qt.Key) -> list[str]:
        self.showing.key(key)
        return self.hears()

    def hears(self) -> list[str]:
        """What was read since the last time, when the reader has had the time to look."""
        self._qtbot.wait(3 * LOOK_AFTER_MS)
        heard = [sentence for entry in self.ear.log if entry for sentence in entry[0]]
        self.log, self.ear.log = self.ear.log, []
        return heard


@pytest.fixture
def listening(showing: Showing, qtbot: QtBot) -> Listening:
    return Listening(showing, qtbot)


def test_nobody_is_read_to_who_does_not_want_it(listening: Listening) -> None:
    assert listening.show("home", aids=Aids()) == []
    assert listening.key(Qt.Key.Key_Down) == []
    assert listening.log == []


def test_the_first_page_waits_for_the_welcome_and_says_where_one_is_and_how_it_goes(
    listening: Listening,
) -> None:
    heard = listening.show("home")
    assert heard[0] == "您在江汉区民意街社区，现在21:07。网络正常。"
    assert heard[1] == "您要办什么？"
    assert "第1项，共5项：养老待遇发放查询，带走：查询凭条，现在就能办完" in heard
    assert heard[-1] == "按下一项逐个听，按确定就选，按返回退回。"
    assert [entry[2] for entry in listening.log if entry] == [True]
    assert listening.show("guide")[0] == "高龄津贴申领"
    assert [entry[2] for entry in listening.log if entry] == [False], "instead of the page that has gone"


def test_the_focus_is_followed_and_every_key_is_silence_first(listening: Listening) -> None:
    listening.show("home")
    assert listening.key(Qt.Key.Key_Down) == ["养老待遇发放查询，带走：查询凭条，现在就能办完，第1项，共5项"]
    assert listening.log[0] is None


def test_who_goes_round_hears_the_page_again(listening: Listening) -> None:
    page = listening.show("rating")
    first = listening.key(Qt.Key.Key_Down)
    heard: list[str] = []
    while heard[-1:] != first:
        heard = listening.key(Qt.Key.Key_Down)
    assert heard[:-1] == page[1:-1], "all but where one is and how it goes, which is told once"


def test_what_changes_is_told_and_nothing_else(listening: Listening) -> None:
    listening.show("sign_in")
    heard = listening.show("sign_in_problem")
    assert heard
    assert "先核对您的身份" not in heard
    assert listening.show("sign_in_problem") == []


def test_the_question_whether_to_go_on_is_read_over_the_page_and_the_page_again(listening: Listening) -> None:
    listening.show("question_phone")
    heard = listening.show("idle_warning")
    assert heard[0] == "还要继续吗？"
    assert "留个电话，好吗？" not in heard
    assert heard[-1].startswith("继续办理")
    assert listening.show("question_phone")[2] == "留个电话，好吗？"


def test_english_is_read_in_english(listening: Listening) -> None:
    english = Samples(Language.ENGLISH)
    heard = listening.show("rating", english, Aids(speech=True, language=Language.ENGLISH))
    assert heard[-1] == "Next goes through them, choose takes one, back returns."
    assert {entry[1] for entry in listening.log if entry} == {Language.ENGLISH}


def test_it_is_read_again_and_faster_and_the_next_person_hears_it_as_everybody(listening: Listening) -> None:
    reader = listening.showing.screens.reader
    whole = listening.show("rating")
    reader.repeat()
    assert listening.hears() == whole
    reader.faster()
    assert listening.hears() == ["现在是这个语速。"]
    for _ in range(10):
        reader.faster()
    assert reader.property("canBeFaster") is False
    assert listening.ear.speeds[0] > 100
    listening.showing.screens.forget()
    reader.slower()
    assert listening.ear.speeds[-1] < 100, "from the usual speed"


def test_a_page_that_has_gone_is_not_kept(listening: Listening) -> None:
    assert "输入框：4 2 0 1 0 2, 1 9 4 3 0 8 1 5" in listening.show("question_identity")
    listening.show("farewell")
    assert not [line for line in listening.showing.screens.reader.told if "19430815" in line.says]


def test_it_is_read_again_and_at_another_speed_by_the_keys(listening: Listening) -> None:
    whole = listening.show("rating")
    while not listening.key(Qt.Key.Key_Down)[-1].startswith("更多"):
        pass
    listening.key(Qt.Key.Key_Return)
    listening.showing.tap("说快一点")
    assert listening.hears()[0] == "现在是这个语速。"
    listening.showing.tap("再听一遍")
    assert listening.hears()[: len(whole)] == whole


def test_a_hidden_screen_shows_nothing_and_the_first_touch_only_brings_it_back(listening: Listening) -> None:
    page = listening.show("check")
    listening.show("check", aids=Aids(speech=True, screen_hidden=True))
    picture = listening.showing.window.grabWindow()
    seen = {picture.pixelColor(x, y).name() for x in range(0, 1080, 9) for y in range(0, 900, 9)}
    assert seen == {"#000000"}
    listening.showing.tap("提交")
    assert listening.showing.wanted() == [("hide_screen", "")]
    assert page, "and it is read as before"
