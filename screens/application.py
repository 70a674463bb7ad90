"""Builds the screens and runs them: the Qt application, the window, the words, and the bridge."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QMetaObject, QSize, Qt, QTranslator, QUrl
from PySide6.QtQml import QQmlApplicationEngine, QQmlError
from PySide6.QtQuick import QQuickWindow

from kiosk_app.terminal.aids import Language
from kiosk_app.terminal.intents import Intent
from kiosk_app.terminal.views import View
from screens.attention import Attention
from screens.bridge import Bridge
from screens.holding import Holding
from screens.keypad import Keypad
from screens.opening import FOLDER, REFERENCE_SIZE, REFERENCE_WIDTH_MM, gui_application, window_geometry
from screens.pictures import Pictures
from screens.reader import Reader
from screens.signing import ClipFrames, Signing
from screens.staying import Staying
from screens.terminal import TerminalModel
from screens.writing import WritingModel

if TYPE_CHECKING:
    from kiosk_app.terminal.voice import ScreenVoice
    from screens.remote import Remote
    from words import Words

_log = logging.getLogger(__name__)


class ScreenApplication:
    """The screens of one terminal. Everything but ``bridge.publish`` and ``quit`` belongs to the main thread.

    ``send`` takes every intent, in the main thread, and must return at once. ``physical_width_mm`` is the
    width of the glass: all measures follow from it and from the width of the window; ``lower_edge_mm`` is how
    high its lower edge stands above the floor. ``language`` is that of the time before the first view.
    ``window_size``, in pixels, is that of a window which does not fill the screen. ``motion`` is False where
    nothing shall move. ``reader`` and
    ``holding`` read the screen as soon as they :meth:`hear` of a voice.
    """

    def __init__(
        self,
        send: Callable[[Intent], None],
        *,
        physical_width_mm: float = REFERENCE_WIDTH_MM,
        lower_edge_mm: float = 850.0,
        fullscreen: bool = True,
        window_size: QSize = REFERENCE_SIZE,
        language: Language = Language.CHINESE,
        motion: bool = True,
    ) -> None:
        self._application = gui_application()
        self.warnings: list[str] = []
        self._closed = False
        self.bridge = Bridge(send)
        self.writing = WritingModel(self.bridge.want)
        self._terminal = TerminalModel(self.bridge.want, self.writing)
        self.reader = Reader()
        self.holding = Holding()
        frames = ClipFrames()
        self._signing = Signing(frames)
        self._attention = Attention(self._terminal, self.bridge.want, self._aids_top)
        self._pictures = Pictures()
        self._translator: QTranslator | None = None
        self._language = Language.CHINESE
        self._engine = QQmlApplicationEngine()
        self._engine.warnings.connect(self._collect)
        self._engine.addImportPath(str(FOLDER.parent))
        self._engine.addImageProvider("pictures", self._pictures)
        self._engine.addImageProvider("signing", frames)
        self._speak(language)
        self._engine.setInitialProperties(
            {
                "terminal": self._terminal,
                "physicalWidth": physical_width_mm,
                "lowerEdge": lower_edge_mm,
                "motionAllowed": motion,
                "ear": self.reader,
                "holding": self.holding,
                "signing": self._signing,
                **window_geometry(window_size, fullscreen=fullscreen),
            }
        )
        self._engine.load(QUrl.fromLocalFile(str(FOLDER / "Main.qml")))
        self.window = self._find_window()
        self._staying = Staying(self.window)
        self.window.installEventFilter(self._attention)
        self.reader.watch(self.window)
        self.holding.watch(self.window)
        if fullscreen:
            self.window.setCursor(Qt.CursorShape.BlankCursor)
            self.window.showFullScreen()
            self._staying.stay()
        else:
            self.window.show()
        self.bridge.shown.connect(self._show)
        self._keypad = Keypad(self.window, self.bridge.want)
        self.bridge.pressed.connect(self._keypad.press)
        self._remote: Remote | None = None

    def _aids_top(self) -> float:
        """Where the bar of aids begins, in pixels from the upper edge."""
        return float(self.window.property("aidsTop"))

    def exec(self) -> int:
        """Run until :meth:`quit`, close, and return the exit code."""
        try:
            return self._application.exec()
        finally:
            self.close()

    def quit(self) -> None:
        """End :meth:`exec` soon. May be called from any thread."""
        QMetaObject.invokeMethod(self._staying, "end", Qt.ConnectionType.QueuedConnection)

    def close(self) -> None:
        """Take the window down, and everything behind it, in the order that Qt needs; once is enough."""
        if self._closed:
            return
        self._closed = True
        if self._remote is not None:
            self._remote.close()
        self.bridge.shown.disconnect(self._show)
        self.bridge.pressed.disconnect(self._keypad.press)
        self._fall_silent()
        self.reader.close()
        self.holding.close()
        self._signing.show(None)
        self.bridge.close()
        self.writing.close()
        self.window.removeEventFilter(self._attention)
        self._staying.let_go()
        self.window.close()
        self._engine.deleteLater()
        QCoreApplication.sendPostedEvents(self._engine, QEvent.Type.DeferredDelete.value)

    def hear(self, voice: ScreenVoice, words: Mapping[str, Words]) -> None:
        """From now on there is a voice, and words for what the screens do not say. From any thread."""
        self.reader.attach(voice, words)
        self.holding.attach(voice, words)

    def open_remote(self, socket: Path) -> None:
        """Open a unix socket, through which a process can read and touch the screen as a person would.

        For demonstration terminals only.
        """
        # Loaded only now: nobody else needs what it brings.
        from screens.remote import Remote  # noqa: PLC0415

        self._remote = Remote(socket, self.window, self._terminal, (self.reader, self.holding))

    def grab(self, path: Path) -> None:
        """Save what the window shows as a PNG."""
        self.window.grabWindow().save(str(path))

    def forget(self, then: Callable[[], None] = lambda: None) -> None:
        """Let go of everything of a person that the screens still hold, and collect the garbage of QML.

        ``then`` is called when the writer's process is gone too, with all that was written in it.
        """
        self._terminal.forget()
        self.reader.forget()
        self.holding.forget()
        self._signing.show(None)
        self._engine.trimComponentCache()
        self._engine.collectGarbage()
        self.window.releaseResources()
        self._application.clipboard().clear()
        self.writing.forget(then)

    def _show(self, view: View) -> None:
        self._speak(view.aids.language)
        self._signing.show(view.signing)
        self._terminal.show(view)
        self.reader.shown(view)
        self.holding.shown(view)

    def _speak(self, language: Language) -> None:
        if language is self._language:
            return
        self._language = language
        self._fall_silent()
        if language is not Language.CHINESE:
            self._translator = QTranslator()
            if not self._translator.load(str(FOLDER / "words" / f"{language.value}.qm")):
                raise FileNotFoundError(f"screens/words/{language.value}.qm cannot be read")
            self._application.installTranslator(self._translator)
        self._engine.retranslate()

    def _fall_silent(self) -> None:
        if self._translator is not None:
            self._application.removeTranslator(self._translator)
            self._translator = None

    def _find_window(self) -> QQuickWindow:
        for root in self._engine.rootObjects():
            if isinstance(root, QQuickWindow):
                return root
        raise RuntimeError("Main.qml made no window: " + "; ".join(self.warnings))

    def _collect(self, errors: list[QQmlError]) -> None:
        for error in errors:
            self.warnings.append(error.toString())
            _log.warning("a screen is faulty: %s", error.toString())
