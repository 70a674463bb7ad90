"""Another process finds what stands on the screen, taps it and types, through real events."""

from __future__ import annotations

import json
import socket
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from kiosk_app.terminal.intents import Intent
from screens.application import ScreenApplication
from screens.samples import Samples


class Citizen:
    """Speaks to the socket from a thread of its own, as a process would."""

    def __init__(self, path: Path, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._thread = ThreadPoolExecutor(1)
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(path))
        self._lines = self._socket.makefile("r", encoding="utf-8")

    def ask(self, line: str | dict[str, Any]) -> dict[str, Any]:
        text = line if isinstance(line, str) else json.dumps(line)
        self._socket.sendall(text.encode() + b"\n")
        answer = self._thread.submit(self._lines.readline)
        self._qtbot.waitUntil(answer.done)
        found = json.loads(answer.result())
        assert isinstance(found, dict)
        return found

    def close(self) -> None:
        self._lines.close()
        self._socket.close()
        self._thread.shutdown()


class Room:
    def __init__(self, path: Path, qtbot: QtBot) -> None:
        self.sent: list[Intent] = []
        self.screens = ScreenApplication(self.sent.append, fullscreen=False, motion=True)
        self.screens.open_remote(path)
        self.citizen = Citizen(path, qtbot)
        self._qtbot = qtbot

    def show(self, name: str, serial: int) -> None:
        self.screens.bridge.publish(Samples().view(name, serial))
        answer = self.citizen.ask({"do": "wait", "screen": Samples().view(name).screen.value, "timeout_s": 5})
        assert answer["ok"]

    def wishes(self, count: int) -> list[tuple[str, str]]:
        self._qtbot.waitUntil(lambda: len(self._decided()) >= count)
        return [(intent.wish.value, intent.argument) for intent in self._decided()]

    def _decided(self) -> list[Intent]:
        return [intent for intent in self.sent if intent.wish.value != "touch"]


@pytest.fixture
def room(qapp: QGuiApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(tmp_path / "screen.sock", qtbot)
    yield room
    room.citizen.close()
    room.screens.close()
    assert room.screens.warnings == []


def test_the_citizen_reads_and_taps(room: Room) -> None:
    room.show("home", 1)
    tree = room.citizen.ask({"do": "tree"})
    assert tree["screen"] == "home"
    assert tree["settled"]
    names = {control["name"]: control for control in tree["controls"]}
    assert names["您要办什么？"]["role"] == "Heading"
    assert names["人工帮助"]["role"] == "Button"
    assert names["人工帮助"]["enabled"]
    assert room.citizen.ask({"do": "tap", "name": "养老待遇"}) == {
        "ok": True,
        "name": "养老待遇发放查询，带走：查询凭条，现在就能办完",
    }
    assert room.wishes(1) == [("choose_matter", "1")]


def test_the_citizen_types(room: Room) -> None:
    room.show("question_phone", 1)
    for key in ("8", "backspace"):
        assert room.citizen.ask({"do": "key", "key": key})["ok"]
    assert room.wishes(2) == [("key", "8"), ("key", "delete")]
    assert not room.citizen.ask({"do": "key", "key": "F13"})["ok"]


def test_the_citizen_cannot_press_what_is_not_there_or_not_to_be_pressed(room: Room) -> None:
    room.show("rating", 1)
    assert room.citizen.ask({"do": "tap", "name": "提交评价"})["why"] == "there is no such control"
    assert room.citizen.ask({"do": "tap", "name": "满意"})["ok"], "its whole name, although others contain it"
    assert room.citizen.ask({"do": "tap", "name": "常"})["why"] == "there are several such controls"
    assert room.wishes(1) == [("rate", "satisfied")]


def test_the_wait_ends_without_the_screen(room: Room) -> None:
    room.show("home", 1)
    answer = room.citizen.ask({"do": "wait", "screen": "guide", "timeout_s": 0.05})
    assert answer == {
        "ok": False,
        "why": "the screen did not come",
        "screen": "home",
        "settled": True,
        "asking": False,
    }


def test_a_picture_of_the_screen(room: Room, tmp_path: Path) -> None:
    room.show("home", 1)
    picture = tmp_path / "home.png"
    assert room.citizen.ask({"do": "grab", "path": str(picture)}) == {"ok": True}
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert not room.citizen.ask({"do": "grab", "path": str(tmp_path / "nowhere" / "x.png")})["ok"]


@pytest.mark.parametrize(
    "nonsense", ["{", "[]", '"tap"', "{}", '{"do": 5}', '{"do": "tap"}', '{"do": "wait"}', "\x00"]
)
def test_nonsense_is_answered_and_the_talk_goes_on(room: Room, nonsense: str) -> None:
    room.show("home", 1)
    assert not room.citizen.ask(nonsense)["ok"]
    assert room.citizen.ask({"do": "screen"})["screen"] == "home"


def test_only_its_owner_may_use_the_socket(room: Room, tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "screen.sock").stat().st_mode) & 0o077 == 0


def test_without_being_asked_for_there_is_no_socket(qapp: QGuiApplication, tmp_path: Path) -> None:
    screens = ScreenApplication(lambda _: None, fullscreen=False)
    assert screens._remote is None
    screens.close()
