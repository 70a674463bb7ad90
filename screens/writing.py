"""What is being written at this moment, before it is text in the field of a question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk_app.terminal.intents import Wish
from screens.input.ink import on_grid
from screens.input.program import WriterProgram
from screens.model import Want

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1

COMPOSING_WAYS = ("pinyin", "nine", "handwriting", "stroke")
PLAIN_WAYS = ("letters", "figures")
"""The ways that need no writer: each key is text at once."""


@dataclass(frozen=True, slots=True)
class Line:
    """Letters that are not text yet, and what they may stand for, each with what it is called by ear."""

    letters: str = field(default="", repr=False)
    candidates: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@QmlElement
class WritingModel(QObject):
    """Keys and strokes in, candidates out; finished text is sent as a wish. Lives in the GUI thread.

    Until it is opened only letters and figures can be written. What comes late, after the way of writing or
    the question has changed, is dropped.
    """

    changed = Signal()
    offered = Signal()
    """Other ways of writing than before are there."""

    def __init__(self, want: Want) -> None:
        super().__init__()
        self._want = want
        self._line = Line()
        self._way = ""
        self._ways: tuple[str, ...] = PLAIN_WAYS
        self._number = self._since = self._of = 0
        self._program: WriterProgram | None = None

    def open(self, folder: Path) -> None:
        """Let Chinese be written; ``folder`` is the writer's own, on a memory file system."""
        self._program = WriterProgram(folder)
        self._program.answered.connect(self._hear)
        self._program.lost.connect(self._drop)
        self._offer((*COMPOSING_WAYS, *PLAIN_WAYS))

    def show(self, line: Line, ways: tuple[str, ...]) -> None:
        """Show this; for examples."""
        self._line = line
        self.changed.emit()
        self._offer(ways)

    def forget(self, then: Callable[[], None] = lambda: None) -> None:
        """Hold nothing that was written; ``then`` is called when the writer's process is gone too."""
        self._way = ""
        self._drop()
        if self._program is None:
            then()
        else:
            self._program.end(then)

    def close(self) -> None:
        """End the writer and see it gone."""
        if self._program is not None:
            self._program.close()

    @Slot(str)
    def use(self, way: str) -> None:
        """Begin afresh in this way."""
        self._way = way
        self._drop()
        if way in COMPOSING_WAYS:
            self._ask(do="use", way=way)

    @Slot(str)
    def press(self, key: str) -> None:
        """A key of the way that is used, or ``delete``."""
        self._ask(do="press", key=key)

    @Slot("QVariantList", float)
    def write(self, strokes: list[Any], side: float) -> None:
        """All strokes of a character so far, each a list of points ``[x, y]``, on a field with this side."""
        self._ask(do="write", strokes=on_grid(strokes, side))

    @Slot(int)
    def choose(self, index: int) -> None:
        """One of the candidates that are shown."""
        self._ask(do="choose", index=index, of=self._of)

    @Slot(str)
    def put(self, text: str) -> None:
        """A key that is text by itself."""
        self._want(Wish.WRITE, text)

    @Slot()
    def rest(self) -> None:
        """Nobody writes here any more."""
        self._drop()
        if self._program is not None and self._program.is_running() and self._way in COMPOSING_WAYS:
            self._ask(do="use", way=self._way)

    def _drop(self) -> None:
        self._since = self._number + 1
        self._line = Line()
        self.changed.emit()

    def _ask(self, **request: Any) -> None:
        if self._program is None:
            return
        if not self._program.is_running() and request["do"] != "use":
            self.use(self._way)  # another writer has taken over: it knows of nothing
        self._number += 1
        self._program.ask({"n": self._number, **request})

    def _hear(self, answer: dict[str, Any]) -> None:
        if "ways" in answer:
            self._offer((*(way for way in COMPOSING_WAYS if way in answer["ways"]), *PLAIN_WAYS))
            return
        if answer["n"] < self._since or answer["letters"] is None:
            return
        self._of = answer["of"]
        self._line = Line(answer["letters"], tuple((text, called) for text, called in answer["candidates"]))
        self.changed.emit()
        if answer["text"]:
            self.put(answer["text"])

    def _offer(self, ways: tuple[str, ...]) -> None:
        if ways != self._ways:
            self._ways = ways
            self.offered.emit()

    def _candidates(self) -> list[dict[str, str]]:
        return [{"text": text, "called": called} for text, called in self._line.candidates]

    letters = Property(str, lambda self: self._line.letters, notify=changed)
    candidates = Property(list, _candidates, notify=changed)
    ways = Property(list, lambda self: list(self._ways), notify=offered)
