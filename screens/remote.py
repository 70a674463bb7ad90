"""Lets another process use the screen as a person does: read what is on it, tap, and type.

Off unless a demonstration terminal opens it. One JSON object a line, each answered by one line:

    {"do": "screen"}                {"ok": true, "screen": "home", "settled": true, "asking": false}
    {"do": "tree"}                  the same, and "controls": [{"name": …, "role": …, "rect": …}, …]
    {"do": "tap", "name": "…"}      {"ok": true, "name": the whole name}
    {"do": "hold", "name": "…"}     the same, of any line, when a finger has rested on it and was lifted
    {"do": "key", "key": "5"}       {"ok": true}
    {"do": "grab", "path": "….png"} {"ok": true}
    {"do": "wait", "screen": "guide", "timeout_s": 5}   as "screen", once it is there and at rest
    {"do": "heard"}                 {"ok": true, "sentences": what was read aloud since the last time}

``tree`` is the accessibility tree of what can be seen, and nothing more; a rect is x, y, width, height.
``tap`` and ``key`` post real events to the window. A control is found by its whole name, else by a name that
contains the words, if only one does. ``asking`` says that 还要继续吗？ stands over the screen. What cannot be
done is answered with ``{"ok": false, "why": …}``.
"""

from __future__ import annotations

import json
from collections import deque
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeyEvent, QMouseEvent
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtQuick import QQuickWindow

from screens.accessible import PRESSED_ROLES, walk
from screens.holding import Holding
from screens.reader import Reader
from screens.terminal import TerminalModel

TAP_LASTS_MS = 60
HOLD_LASTS_MS = 1000
LOOK_EVERY_MS = 20
HEARD_AT_MOST = 300
"""Sentences that nobody asked for are let go of, the oldest first."""

_KEYS = {
    "enter": Qt.Key.Key_Return,
    "tab": Qt.Key.Key_Tab,
    "escape": Qt.Key.Key_Escape,
    "backspace": Qt.Key.Key_Backspace,
    "up": Qt.Key.Key_Up,
    "down": Qt.Key.Key_Down,
    "left": Qt.Key.Key_Left,
    "right": Qt.Key.Key_Right,
    "space": Qt.Key.Key_Space,
}


class Remote(QObject):
    """The socket. Lives in the GUI thread and never waits in it."""

    def __init__(
        self, path: Path, window: QQuickWindow, terminal: TerminalModel, readers: tuple[Reader, Holding]
    ) -> None:
        super().__init__()
        self._heard: deque[str] = deque(maxlen=HEARD_AT_MOST)
        self._readers = readers
        for reader in readers:
            reader.read_out.connect(self._hear)
        self._window = window
        self._terminal = terminal
        self._sockets: list[QLocalSocket] = []
        self._longest = 0
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(str(path))
        if not self._server.listen(str(path)):
            raise OSError(f"cannot listen: {self._server.errorString()}")
        self._server.newConnection.connect(self._accept)

    def close(self) -> None:
        """Stop listening and hang up."""
        for reader in self._readers:
            reader.read_out.disconnect(self._hear)
        self._server.close()
        for socket in self._sockets:
            socket.readyRead.disconnect(self._read)
            socket.abort()
        self._sockets.clear()

    def _accept(self) -> None:
        unconnected = QLocalSocket.LocalSocketState.UnconnectedState
        gone = [socket for socket in self._sockets if socket.state() is unconnected]
        for socket in gone:
            self._sockets.remove(socket)
            socket.deleteLater()
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.readyRead.connect(self._read)
            self._sockets.append(socket)

    def _read(self) -> None:
        for socket in self._sockets:
            while socket.canReadLine():
                line = bytes(socket.readLine().data())
                try:
                    answer = self._obey(socket, json.loads(line))
                except (ValueError, KeyError, TypeError, AttributeError) as error:
                    answer = _refused(f"not understood: {type(error).__name__}")
                if answer is not None:
                    self._answer(socket, answer)

    def _answer(self, socket: QLocalSocket, answer: dict[str, Any]) -> None:
        """Writes one line, never shorter than any before.

        Qt uses its buffer again: the end of what stood on an earlier screen would stay in it.
        """
        line = json.dumps(answer, ensure_ascii=False).encode()
        self._longest = max(self._longest, len(line))
        socket.write(line.ljust(self._longest) + b"\n")

    def _obey(self, socket: QLocalSocket, command: dict[str, Any]) -> dict[str, Any] | None:
        match command["do"]:
            case "screen":
                return {"ok": True, **self._where()}
            case "tree":
                return {"ok": True, **self._where(), "controls": [_described(node) for node in self._nodes()]}
            case "tap":
                return self._tap(socket, command["name"], self._controls(), TAP_LASTS_MS)
            case "hold":
                return self._tap(socket, command["name"], self._lines(), HOLD_LASTS_MS)
            case "key":
                return self._key(command["key"])
            case "grab":
                done = self._window.grabWindow().save(str(command["path"]))
                return {"ok": True} if done else _refused("the picture could not be written")
            case "heard":
                heard = list(self._heard)
                self._heard.clear()
                return {"ok": True, "sentences": heard}
            case "wait":
                self._wait(socket, command["screen"], float(command.get("timeout_s", 10.0)))
                return None
            case _:
                return _refused("there is no such command")

    @Slot(list)
    def _hear(self, sentences: list[str]) -> None:
        self._heard.extend(sentences)

    def _where(self) -> dict[str, Any]:
        return {
            "screen": self._terminal.current_screen().value,
            "settled": bool(self._window.property("settled")),
            "asking": self._terminal.is_warning(),
        }

    def _nodes(self) -> list[QAccessibleInterface]:
        root = QAccessible.queryAccessibleInterface(self._window)
        return [node for node in walk(root) if node.text(QAccessible.Text.Name)]

    def _lines(self) -> dict[str, QAccessibleInterface]:
        return {node.text(QAccessible.Text.Name): node for node in self._nodes()}

    def _controls(self) -> dict[str, QAccessibleInterface]:
        return {
            name: node
            for name, node in self._lines().items()
            if node.role() in PRESSED_ROLES and not node.state().disabled
        }

    def _tap(
        self, socket: QLocalSocket, name: str, among: dict[str, QAccessibleInterface], lasts_ms: int
    ) -> dict[str, Any] | None:
        """Answers when the finger has left the glass again: nobody's next touch comes before that."""
        matching = [name] if name in among else [each for each in among if name in each]
        if len(matching) != 1:
            return _refused("there are several such controls" if matching else "there is no such control")
        centre = QPointF(self._in_window(among[matching[0]].rect()).center())
        self._post_mouse(QEvent.Type.MouseButtonPress, centre, Qt.MouseButton.LeftButton)
        release = partial(self._post_mouse, QEvent.Type.MouseButtonRelease, centre, Qt.MouseButton.NoButton)
        QTimer.singleShot(lasts_ms, self, release)
        # Of the socket, so that nothing is written when that has gone; due at once after the release.
        QTimer.singleShot(lasts_ms, socket, partial(self._answer, socket, {"ok": True, "name": matching[0]}))
        return None

    def _in_window(self, on_screen: QRect) -> QRect:
        return on_screen.translated(-self._window.position())

    def _post_mouse(self, kind: QEvent.Type, at: QPointF, held: Qt.MouseButton) -> None:
        on_screen = at + QPointF(self._window.position())
        event = QMouseEvent(
            kind, at, on_screen, Qt.MouseButton.LeftButton, held, Qt.KeyboardModifier.NoModifier
        )
        QCoreApplication.postEvent(self._window, event)

    def _key(self, key: str) -> dict[str, Any]:
        if key in _KEYS:
            code, text = _KEYS[key], ""
        elif len(key) == 1 and key.isascii() and key.isalnum():
            code, text = Qt.Key(ord(key.upper())), key
        else:
            return _refused("there is no such key")
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text)
            QCoreApplication.postEvent(self._window, event)
        return {"ok": True}

    def _wait(self, socket: QLocalSocket, screen: str, timeout_s: float) -> None:
        look = QTimer(socket)
        look.setInterval(LOOK_EVERY_MS)
        looks_left = max(1, round(timeout_s * 1000 / LOOK_EVERY_MS))

        def once() -> None:
            nonlocal looks_left
            looks_left -= 1
            where = self._where()
            there = where["screen"] == screen and where["settled"]
            if there or looks_left <= 0:
                look.deleteLater()
                look.stop()
                self._answer(
                    socket, {"ok": True, **where} if there else _refused("the screen did not come") | where
                )

        look.timeout.connect(once)
        look.start()


def _refused(why: str) -> dict[str, Any]:
    return {"ok": False, "why": why}


def _described(node: QAccessibleInterface) -> dict[str, Any]:
    rect = node.rect()
    state = node.state()
    return {
        "name": node.text(QAccessible.Text.Name),
        "role": node.role().name,
        "rect": [rect.x(), rect.y(), rect.width(), rect.height()],
        "enabled": not state.disabled,
        "checked": bool(state.checked),
        "focused": bool(state.focused),
    }
