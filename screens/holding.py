"""按住听: a finger that rests on a line or a control has that line read, and presses nothing.

In the headset where one is in; else by loudspeaker, and then only what has nothing of the person in it. What
is heard can be seen too: the line is marked until the next touch, and a sentence beside it says why nothing
is heard.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QEvent, QObject, QPoint, QPointF, QRectF, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk_app.terminal.aids import Language
from kiosk_app.terminal.views import View
from kiosk_app.terminal.voice import Heard
from screens.accessible import PRESSED_ROLES, says, walk
from screens.redaction import words_of_person

if TYPE_CHECKING:
    from kiosk_app.terminal.voice import ScreenVoice
    from words import Words

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1

_BEGINNINGS = frozenset({QEvent.Type.KeyPress, QEvent.Type.TouchBegin, QEvent.Type.MouseButtonPress})
_GROUNDS = frozenset(
    {QAccessible.Role.Pane, QAccessible.Role.Dialog, QAccessible.Role.Grouping, QAccessible.Role.Window}
)
"""What lines stand on: whoever touches the ground beside them means none of what lies behind it."""
_WORDS = {Heard.HEADSET_NEEDED: "headset_needed", Heard.QUIET: "quiet", Heard.NOWHERE: "nowhere"}


@QmlElement
class Holding(QObject):
    """Lives in the GUI thread and never waits. Without a voice nothing is read, and a held button pressed."""

    changed = Signal()
    read_out = Signal(list)
    """These sentences were given to the voice."""

    def __init__(self) -> None:
        super().__init__()
        self._voice: ScreenVoice | None = None
        self._words: Mapping[str, Words] = {}
        self._window: QQuickWindow | None = None
        self._view: View | None = None
        self._mark = QRectF()
        self._advice = ""
        self._pressed: QQuickItem | None = None

    def attach(self, voice: ScreenVoice, words: Mapping[str, Words]) -> None:
        """From now on there is a voice, and words for why nothing is heard. From any thread."""
        self._words = words
        self._voice = voice

    def watch(self, window: QQuickWindow) -> None:
        """The window whose lines are read."""
        self._window = window
        window.installEventFilter(self)

    def close(self) -> None:
        """Looks at the window no longer."""
        if self._window is not None:
            self._window.removeEventFilter(self)
            self._window = None

    def shown(self, view: View) -> None:
        """This view is on the screen now: what was marked may stand elsewhere."""
        before, self._view = self._view, view
        if before is None or (before.body, before.aids) != (view.body, view.aids):
            self._unmark()
        waits = _waits_for_headset(view)
        if waits and self._words and (before is None or not _waits_for_headset(before)):
            self._advice = self._say("plug_in", view.aids.language)  # as it is said aloud
            self.changed.emit()
        elif before is not None and _waits_for_headset(before) and not waits:
            self._unmark()

    def forget(self) -> None:
        """The session has ended: no word of the last page is held any longer."""
        self._view = None
        self._unmark()

    @Slot(QPointF)
    def hold(self, at: QPointF) -> None:
        """A finger has rested here, in the window, long enough."""
        window, view, voice = self._window, self._view, self._voice
        if window is None or view is None or voice is None:
            return
        node = _line_at(window, at.toPoint())
        if node is None:
            return
        _let_go(window)
        line, personal = _as_read(node, view)
        heard = voice.read_line(line, view.aids.language, personal=personal)
        advice = _WORDS.get(heard)
        self._advice = self._say(advice, view.aids.language) if advice is not None else ""
        self._mark = QRectF(node.rect().translated(-window.position()))
        self.changed.emit()
        self.read_out.emit([self._advice or line])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002  # Qt's signature
        """Any touch or key is the end of what was held; it goes on to whom it is meant for."""
        if event.type() in _BEGINNINGS:
            if self._voice is not None and not self._mark.isNull():
                self._voice.interrupt()
            self._unmark()
        return False

    def _say(self, name: str, language: Language) -> str:
        return self._words[language.value].say(f"reading.{name}")

    def _unmark(self) -> None:
        if self._advice or not self._mark.isNull():
            self._mark, self._advice = QRectF(), ""
            self.changed.emit()

    mark = Property(QRectF, lambda self: self._mark, notify=changed)
    """Where the line stands that was held, in the window; empty when none was."""
    advice = Property(str, lambda self: self._advice, notify=changed)
    """Why nothing is heard, and what to do, until the next touch; empty when something is."""


def _waits_for_headset(view: View) -> bool:
    return view.aids.speech and not view.headset_in


def is_open(node: QAccessibleInterface, view: View) -> bool:
    """Whether what a line says may be heard by whoever stands near."""
    if node.role() is QAccessible.Role.EditableText or _is_hers(node):
        return False
    name = _bare(node.text(QAccessible.Text.Name))
    if node.role() in PRESSED_ROLES and len(name) == 1:  # a key of a pad says nothing of what was typed
        return True
    return not any(_bare(hers) in name for hers in words_of_person(view))


def _as_read(node: QAccessibleInterface, view: View) -> tuple[str, bool]:
    """The words of a line, and whether they are of the person. What she ticked is told to her alone."""
    if is_open(node, view):
        return node.text(QAccessible.Text.Name), False
    return says(node), True


def _bare(text: str) -> str:
    """Without what sets figures apart, which a screen may do in its own way."""
    return "".join(character for character in text if character.isalnum())


def _is_hers(node: QAccessibleInterface) -> bool:
    """Whether the screen itself says so: of what is being written no view knows."""
    item = node.object()
    return isinstance(item, QQuickItem) and any(each.property("ofPerson") is True for each in _upwards(item))


def _upwards(item: QQuickItem) -> Iterator[QQuickItem]:
    above: QQuickItem | None = item
    while above is not None:
        yield above
        above = above.parentItem()


def _line_at(window: QQuickWindow, at: QPoint) -> QAccessibleInterface | None:
    """What stands in front there, and says something."""
    on_screen = at + window.position()
    for node in reversed(walk(QAccessible.queryAccessibleInterface(window))):
        if node.rect().contains(on_screen):
            if node.role() in _GROUNDS:
                return None
            if says(node):
                return node
    return None


def _let_go(window: QQuickWindow) -> None:
    """Whatever the finger has pressed is not pressed any more: lifting it does nothing."""
    for item in _every(window.contentItem()):
        if item.inherits("QQuickAbstractButton") and item.property("pressed"):
            item.ungrabMouse()
            item.ungrabTouchPoints()


def _every(item: QQuickItem) -> Iterator[QQuickItem]:
    for child in item.childItems():
        if child.isVisible():
            yield child
            yield from _every(child)
