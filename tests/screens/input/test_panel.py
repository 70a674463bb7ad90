"""Writing with real taps on the panel, through the writer's real process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QAccessible, QGuiApplication
from pytestqt.qtbot import QtBot

from kiosk_app.terminal.aids import Aids, Zoom
from kiosk_app.terminal.views import QuestionView, View
from screens.inspection import is_text, items, scene_rect, text_of
from screens.samples import Samples
from tests.screens.input.pens import KING, RIVER
from tests.screens.looking import Showing

ANSWERS_WITHIN_MS = 15_000


class Desk:
    """Screens with a writer, and a field that takes what is written as the machine does."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.showing = Showing(writer_folder=folder)
        self._qtbot = qtbot
        self.aids = Aids()
        self.text = ""

    def ask(self, aids: Aids | None = None) -> None:
        self.aids = aids or Aids()
        self._show()

    def tap(self, name: str) -> None:
        """Taps as soon as it is there, and lets the machine take what came of it."""
        self.until(lambda: any(control.name == name for control in self.showing.controls()))
        self.showing.tap(name)
        self.settle()

    def type(self, keys: str) -> None:
        for key in keys:
            self.tap(key)

    def spells(self, letters: str) -> None:
        """Types them, and waits until the writer has heard of all: what it offers before goes again."""
        self.type(letters)
        self.until(lambda: "".join(filter(str.isalpha, self.letters())) == letters)

    def until(self, there: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(there, timeout=ANSWERS_WITHIN_MS)
        self.settle()

    def writes(self, text: str) -> None:
        """Waits until this stands in the field."""

        def stands() -> bool:
            self.settle()
            return self.text == text

        self._qtbot.waitUntil(stands, timeout=ANSWERS_WITHIN_MS)

    def settle(self) -> None:
        before = self.text
        for wish, argument in self.showing.wanted():
            if wish == "write":
                self.text += argument
            elif (wish, argument) == ("key", "delete"):
                self.text = self.text[:-1]
            elif (wish, argument) == ("key", "clear"):
                self.text = ""
        if self.text != before:
            self._show()

    def draw(self, strokes: list[list[tuple[int, int]]]) -> None:
        """Draws a character of 1,000 units in the middle of the writing field, with a finger."""
        (field,) = [
            node for node in self.showing.nodes() if node.text(QAccessible.Text.Name).startswith("手写区")
        ]
        item = field.object()
        rect = scene_rect(item)  # type: ignore[arg-type]
        scale = rect.height() * 0.8 / 1000
        corner = rect.center() - QPointF(500 * scale, 500 * scale)
        for stroke in strokes:
            points = [corner + QPointF(x * scale, y * scale) for x, y in stroke]
            self.showing.press_at(points[0])
            for point in points[1:]:
                self.showing.move_to(point)
            self.showing.lift_at(points[-1])

    def candidates(self) -> list[str]:
        return [control.name for control in self.showing.controls() if "，" in control.name]

    def letters(self) -> str:
        return str(self.showing.screens.writing.property("letters"))

    def _show(self) -> View:
        view = Samples().view("question_writing_empty", self.showing.serial + 1, self.aids)
        assert isinstance(view.body, QuestionView)
        body = replace(view.body, typed=self.text, can_go_on=bool(self.text))
        self.showing.publish(replace(view, body=body))
        return view


@pytest.fixture
def desk(qapp: QGuiApplication, qtbot: QtBot, folder: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, folder)
    yield desk
    desk.showing.screens.close()
    assert desk.showing.screens.warnings == []


def test_a_place_is_written_in_pinyin_and_put_right_with_letters_and_figures(desk: Desk) -> None:
    desk.ask()
    desk.spells("enshi")
    desk.tap("恩施")
    desk.writes("恩施")
    desk.tap("数字")
    desk.type("7栋")
    desk.tap("字母")
    desk.tap("b")
    desk.tap("删除")
    assert desk.text == "恩施7栋"
    desk.tap("清空")
    assert desk.text == ""


def test_one_cannot_go_on_while_letters_are_no_text_yet(desk: Desk) -> None:
    desk.text = "武汉"
    desk.ask()
    assert "下一步" in {control.name for control in desk.showing.controls()}
    desk.tap("w")
    desk.until(lambda: "下一步" not in {control.name for control in desk.showing.controls()})
    desk.tap("删除")
    desk.until(lambda: "下一步" in {control.name for control in desk.showing.controls()})
    assert desk.text == "武汉"


def test_an_old_hand_writes_with_the_finger_without_looking_for_it(desk: Desk) -> None:
    desk.ask(Aids(elder=True))
    desk.draw(KING)
    desk.until(lambda: any(name.startswith("王，") for name in desk.candidates()))
    desk.tap(next(name for name in desk.candidates() if name.startswith("王，")))
    desk.writes("王")
    desk.draw(RIVER)
    desk.until(lambda: any(name.startswith("江，") for name in desk.candidates()))
    desk.tap("清空")
    desk.until(lambda: desk.candidates() == [])
    assert desk.text == "王", "clearing takes the ink first, and the text only when there is none"


def test_a_rare_name_is_found_by_its_strokes_on_a_later_page(desk: Desk) -> None:
    desk.ask()
    desk.tap("笔画")
    for stroke in ("横 一", "撇 丿", "折 乛", "点 丶", "撇 丿", "横 一", "横 一", "撇 丿", "点 丶"):
        desk.tap(stroke)
    desk.until(lambda: "䶮，读音 yan" in desk.candidates())
    desk.tap("䶮，读音 yan")
    desk.writes("䶮")


def test_candidates_page_by_buttons_to_the_end_and_back(desk: Desk) -> None:
    desk.ask()
    desk.tap("九宫格")
    desk.tap("9 WXYZ")
    desk.until(lambda: len(desk.candidates()) > 3)
    first, pages = desk.candidates(), 0
    while any(control.name == "后页" for control in desk.showing.controls()):
        desk.tap("后页")
        pages += 1
        assert pages < 40
    assert pages > 3
    for _ in range(pages):
        desk.tap("前页")
    assert desk.candidates() == first


def test_the_panel_stands_under_the_field_in_every_way_and_mode(desk: Desk) -> None:
    for aids in (Aids(), Aids(elder=True), Aids(low_reach=True), Aids(elder=True, low_reach=True)):
        desk.ask(aids)
        field = next(
            scene_rect(node.object())  # type: ignore[arg-type]
            for node in desk.showing.nodes()
            if node.role() is QAccessible.Role.EditableText
        )
        for way in ("手写", "九宫格", "拼音", "笔画", "字母", "数字"):
            desk.tap(way)
            keys = [control for control in desk.showing.controls() if control.item.property("writingKey")]
            assert min(key.rect.top() for key in keys) > field.bottom()
            bottom = max(key.rect.bottom() for key in keys)
            assert bottom < desk.showing.control("返回").rect.top(), (aids, way)
            sides = [min(key.rect.width(), key.rect.height()) for key in keys]
            assert min(sides) >= round(16 * 1080 / 267.8) - 1, (aids, way)


def test_what_is_forgotten_is_gone_with_its_process(desk: Desk, qtbot: QtBot, folder: Path) -> None:
    desk.ask()
    desk.type("wuhan")
    desk.until(lambda: desk.letters() == "wu han")
    program = desk.showing.screens.writing._program
    assert program is not None
    process = program._process
    assert process is not None
    number = process.processId()
    (folder / "kiosk_pinyin.userdb").mkdir()
    (folder / "kiosk_pinyin.userdb" / "history").write_text("武汉", encoding="utf-8")
    (folder / "learned.txt").write_text("武汉", encoding="utf-8")
    indexes = {file.name for file in (folder / "build").iterdir()}
    gone: list[bool] = []
    desk.showing.screens.forget(lambda: gone.append(Path(f"/proc/{number}").exists()))
    assert desk.showing.screens.writing.property("candidates") == []
    qtbot.waitUntil(lambda: gone == [False], timeout=ANSWERS_WITHIN_MS)
    assert not [file.name for file in folder.rglob("*") if file.name in ("history", "learned.txt")]
    assert {file.name for file in (folder / "build").iterdir()} == indexes
    desk.ask()
    desk.tap("拼音")
    desk.type("wu")
    desk.until(lambda: desk.letters() == "wu")


def test_a_writer_that_dies_takes_nothing_with_it_but_its_letters(desk: Desk, qtbot: QtBot) -> None:
    desk.text = "武汉"
    desk.ask()
    desk.tap("w")
    writing = desk.showing.screens.writing
    desk.until(lambda: desk.letters() == "w")
    assert writing._program is not None
    assert writing._program._process is not None
    writing._program._process.kill()
    desk.until(lambda: desk.letters() == "")
    desk.type("han")
    desk.until(lambda: desk.letters() == "han")
    assert desk.text == "武汉"


@pytest.mark.parametrize("aids", [Aids(), Aids(elder=True), Aids(zoom=Zoom.LARGEST)])
def test_whoever_may_write_anything_is_told_what_must_not_be_written(desk: Desk, aids: Aids) -> None:
    desk.ask(aids)
    shown = [text_of(item) for item in items(desk.showing.window.contentItem()) if is_text(item)]
    assert "本机严禁处理国家秘密。" in shown
