"""读屏: reads the screen to the person with the headset, and follows the focus.

What is read is what assistive technology finds on the screen, so nothing that is shown can be forgotten. A
page that comes is read whole; what changes on it is said as it changes; a control that gets the focus is said
instead of everything else, and any touch or key is silence. Who goes round once hears the page again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickWindow

from kiosk_app.terminal.aids import Language
from kiosk_app.terminal.views import Screen, TopLine, View
from screens.accessible import PRESSED_ROLES, says, walk
from screens.spoken import Kind, Line, Page, control, news, whole

if TYPE_CHECKING:
    from kiosk_app.terminal.voice import PrivateVoice
    from words import Words

QML_IMPORT_NAME = "screens"
QML_IMPORT_MAJOR_VERSION = 1

LOOK_AFTER_MS = 40
"""Words are measured with one frame and placed with the next; before that a page is not what it will be."""
SPEEDS_PERCENT = (60, 80, 100, 125, 160, 200, 250)
_USUAL_PERCENT = 100

_KINDS = {
    QAccessible.Role.Heading: Kind.HEADING,
    QAccessible.Role.AlertMessage: Kind.ALERT,
    QAccessible.Role.EditableText: Kind.FIELD,
    QAccessible.Role.Button: Kind.BUTTON,
    QAccessible.Role.CheckBox: Kind.TICK,
    QAccessible.Role.RadioButton: Kind.TICK,
}
_BEGINNINGS = frozenset({QEvent.Type.KeyPress, QEvent.Type.TouchBegin, QEvent.Type.MouseButtonPress})


@QmlElement
class Reader(QObject):
    """Lives in the GUI thread and never waits. Without a voice, or while nobody wants it, it reads nothing.

    It keeps what it has ``told`` of the page that stands, to know what is new, and drops it with that page.
    """

    speed_changed = Signal()
    read_out = Signal(list)
    """These sentences were given to the voice."""

    def __init__(self) -> None:
        super().__init__()
        self._voice: PrivateVoice | None = None
        self._words: Mapping[str, Words] = {}
        self._window: QQuickWindow | None = None
        self._language = Language.CHINESE
        self._screen: Screen | None = None
        self._top: TopLine | None = None
        self._wanted = self._begun = self._explained = False
        self.told: Page = ()
        self._turn: tuple[str, ...] | None = None
        self._focus = ""
        self._at_focus: list[str] = []
        self._was_outside = False
        self._speed_percent = _USUAL_PERCENT
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(LOOK_AFTER_MS)
        self._soon.timeout.connect(self._look)

    def attach(self, voice: PrivateVoice, words: Mapping[str, Words]) -> None:
        """From now on there is a voice, and words for what the screens do not say. From any thread."""
        self._words = words
        self._voice = voice

    def watch(self, window: QQuickWindow) -> None:
        """The window that is read: its pane, or the dialog over it; ``settled`` says when it stands."""
        self._window = window
        window.installEventFilter(self)
        window.activeFocusItemChanged.connect(self._soon.start)
        window.settledChanged.connect(self._soon.start)  # type: ignore[attr-defined]  # a property in QML

    def close(self) -> None:
        """Looks at the window no longer."""
        if self._window is None:
            return
        self._soon.stop()
        self._window.activeFocusItemChanged.disconnect(self._soon.start)
        self._window.settledChanged.disconnect(self._soon.start)  # type: ignore[attr-defined]  # as above
        self._window.removeEventFilter(self)
        self._window = None

    def shown(self, view: View) -> None:
        """This view is on the screen now, or comes as soon as the page before it has gone."""
        wanted = view.aids.speech
        if wanted and not self._wanted:
            self._begun = self._explained = False
        if view.screen is not self._screen or not wanted or view.aids.language is not self._language:
            self._drop()
        self._wanted, self._screen, self._language = wanted, view.screen, view.aids.language
        self._top = view.top
        if wanted:
            self._soon.start()

    def forget(self) -> None:
        """The session has ended: the next person hears it at the usual speed."""
        self._set_speed(_USUAL_PERCENT)

    @Slot()
    def repeat(self) -> None:
        """Reads the page again, and where one is."""
        self._drop()
        self._explained = False
        self._soon.start()

    @Slot()
    def faster(self) -> None:
        """One step faster, said at that speed."""
        self._change_speed(1)

    @Slot()
    def slower(self) -> None:
        """One step slower, said at that speed."""
        self._change_speed(-1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002  # Qt's signature
        """Any touch or key is silence; it goes on to whom it is meant for."""
        if event.type() in _BEGINNINGS and self._reads():
            self._voice_or_raise().interrupt()
        return False

    def _reads(self) -> bool:
        return self._wanted and self._voice is not None

    def _voice_or_raise(self) -> PrivateVoice:
        if self._voice is None:
            raise RuntimeError("nobody reads without a voice")
        return self._voice

    def _drop(self) -> None:
        self.told, self._turn, self._focus, self._at_focus = (), None, "", []

    def _look(self) -> None:
        """Says what is new since the last look; what has not settled yet is looked at when it has."""
        window = self._window
        if window is None or not self._reads() or not window.property("settled"):
            return
        everything = walk(QAccessible.queryAccessibleInterface(window))
        dialog, page = _page(everything)
        words = self._words[self._language.value]
        focused = _focused(everything)
        focus = focused.says if focused is not None else ""
        outside = bool(focus) and all(line.says != focus for line in page)
        turn = (dialog, *(line.says for line in page if line.kind is Kind.HEADING))
        came_round = self._was_outside and not outside and focus != self._focus and _is_first(focus, page)
        at_focus = [control(page, focused, words)] if focused is not None else []
        if turn != self._turn or came_round:
            sentences = whole(page, words)
            if not self._explained:
                self._explained = True
                sentences = [*self._here(), *sentences, self._say_words("how")]
            self._say([*sentences, *at_focus], after=not self._begun)
        elif at_focus and at_focus != self._at_focus:
            self._say([*at_focus, *news(self.told, page, words)])
        elif fresh := news(self.told, page, words):
            self._say(fresh, after=True)
        self._begun = True
        self.told, self._turn, self._was_outside = page, turn, outside
        self._focus, self._at_focus = focus, at_focus

    def _here(self) -> list[str]:
        top = self._top
        if top is None:
            return []
        return [
            self._say_words("here", place=top.place_name, clock=top.clock, connection=top.connection_text)
        ]

    def _say(self, sentences: list[str], *, after: bool = False) -> None:
        self._voice_or_raise().read(sentences, self._language, after=after)
        self.read_out.emit(sentences)

    def _say_words(self, name: str, **values: object) -> str:
        return self._words[self._language.value].say(f"reading.{name}", **values)

    def _change_speed(self, steps: int) -> None:
        place = SPEEDS_PERCENT.index(self._speed_percent) + steps
        self._set_speed(SPEEDS_PERCENT[max(0, min(place, len(SPEEDS_PERCENT) - 1))])
        if self._reads():
            self._voice_or_raise().set_speed(self._speed_percent)
            self._say([self._say_words("speed")])

    def _set_speed(self, percent: int) -> None:
        self._speed_percent = percent
        self.speed_changed.emit()

    canBeFaster = Property(bool, lambda self: self._speed_percent < SPEEDS_PERCENT[-1], notify=speed_changed)
    canBeSlower = Property(bool, lambda self: self._speed_percent > SPEEDS_PERCENT[0], notify=speed_changed)


def _lines(nodes: list[QAccessibleInterface]) -> list[Line]:
    """What can be read of them; a control that cannot be pressed is none."""
    return [
        _line(node)
        for node in nodes
        if says(node) and not (node.role() in PRESSED_ROLES and node.state().disabled)
    ]


def _page(everything: list[QAccessibleInterface]) -> tuple[str, Page]:
    """What is to be read: the question that stands over everything, with its name, else the page."""
    for role in (QAccessible.Role.Dialog, QAccessible.Role.Pane):
        for node in everything:
            if node.role() is role:
                return node.text(QAccessible.Text.Name), tuple(_lines(walk(node)))
    return "", ()


def _focused(everything: list[QAccessibleInterface]) -> Line | None:
    """The control that has the focus; None when none has."""
    pressed = (node for node in everything if node.role() in PRESSED_ROLES)
    return next((_line(node) for node in pressed if node.state().focused), None)


def _line(node: QAccessibleInterface) -> Line:
    kind = Kind.TICK if node.state().checkable else _KINDS.get(node.role(), Kind.TEXT)
    return Line(kind, says(node), ticked=bool(node.state().checked))


def _is_first(focus: str, page: Page) -> bool:
    first = next((line.says for line in page if line.is_control), "")
    return bool(focus) and focus == first
