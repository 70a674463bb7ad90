"""Views come from any thread and are drawn in order, the newest only; wishes go out once."""

from __future__ import annotations

import threading

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from kiosk_app.terminal.intents import Intent, Wish
from kiosk_app.terminal.views import View
from screens.bridge import Bridge
from screens.samples import Samples

VIEWS = 400


def collecting(bridge: Bridge) -> list[int]:
    serials: list[int] = []

    def note(view: View) -> None:
        assert threading.current_thread() is threading.main_thread()
        serials.append(view.serial)

    bridge.shown.connect(note)
    return serials


def test_four_threads_publish_and_the_screen_never_goes_back(qtbot: QtBot) -> None:
    bridge = Bridge(lambda _: None)
    serials = collecting(bridge)
    view = Samples().view("home")
    counter = iter(range(1, VIEWS + 1))
    turn = threading.Lock()

    def publish() -> None:
        while True:
            with turn:
                serial = next(counter, None)
            if serial is None:
                return
            bridge.publish(Samples().view("home", serial))

    threads = [threading.Thread(target=publish) for _ in range(4)]
    for thread in threads:
        thread.start()
    qtbot.waitUntil(lambda: serials[-1:] == [VIEWS], timeout=20_000)
    for thread in threads:
        thread.join()
    assert serials == sorted(set(serials))
    assert view.serial == 1


def test_of_a_burst_only_the_newest_is_drawn(qtbot: QtBot) -> None:
    bridge = Bridge(lambda _: None)
    serials = collecting(bridge)
    for serial in range(1, 51):
        bridge.publish(Samples().view("home", serial))
    assert serials == []
    qtbot.waitUntil(lambda: serials != [])
    assert serials == [50]


def test_a_late_older_view_is_not_drawn(qtbot: QtBot) -> None:
    bridge = Bridge(lambda _: None)
    serials = collecting(bridge)
    bridge.publish(Samples().view("home", 8))
    bridge.publish(Samples().view("guide", 7))
    qtbot.waitUntil(lambda: serials != [])
    bridge.publish(Samples().view("guide", 8))
    bridge.publish(Samples().view("guide", 9))
    qtbot.waitUntil(lambda: len(serials) == 2)
    assert serials == [8, 9]


def test_the_gui_ticks_while_a_thread_publishes_without_pause(qtbot: QtBot) -> None:
    bridge = Bridge(lambda _: None)
    collecting(bridge)
    stop = threading.Event()

    def publish() -> None:
        serial = 0
        while not stop.is_set():
            serial += 1
            bridge.publish(Samples().view("home", serial))

    ticks = 0
    ticker, loop = QTimer(), QEventLoop()

    def tick() -> None:
        nonlocal ticks
        ticks += 1
        if ticks == 50:
            loop.quit()

    ticker.timeout.connect(tick)
    ticker.start(1)
    thread = threading.Thread(target=publish)
    thread.start()
    loop.exec()
    stop.set()
    thread.join()
    assert ticks == 50


def test_what_decides_is_sent_once_until_the_next_view(qtbot: QtBot) -> None:
    sent: list[Intent] = []
    bridge = Bridge(sent.append)
    serials = collecting(bridge)
    bridge.publish(Samples().view("check", 5))
    qtbot.waitUntil(lambda: serials == [5])
    bridge.want(Wish.SUBMIT)
    bridge.want(Wish.SUBMIT)
    bridge.want(Wish.BACK)
    assert sent == [Intent(Wish.SUBMIT, "", 5)]
    bridge.publish(Samples().view("check", 6))
    qtbot.waitUntil(lambda: serials == [5, 6])
    bridge.want(Wish.BACK)
    assert sent[1:] == [Intent(Wish.BACK, "", 6)]


def test_typing_is_never_dropped() -> None:
    sent: list[Intent] = []
    bridge = Bridge(sent.append)
    bridge.want(Wish.GO_ON)
    for key in "138":
        bridge.want(Wish.KEY, key)
    bridge.want(Wish.TOUCH)
    assert [intent.wish for intent in sent] == [Wish.GO_ON, Wish.KEY, Wish.KEY, Wish.KEY, Wish.TOUCH]
    assert "".join(intent.argument for intent in sent) == "138"


def test_a_machine_without_an_answer_does_not_leave_the_screen_dead(
    qtbot: QtBot, qapp: QGuiApplication
) -> None:
    sent: list[Intent] = []
    bridge = Bridge(sent.append, unanswered_s=0.01)

    def heard_again() -> bool:
        bridge.want(Wish.BACK)
        return len(sent) == 2

    bridge.want(Wish.GO_ON)
    qtbot.waitUntil(heard_again)
    assert [intent.wish for intent in sent] == [Wish.GO_ON, Wish.BACK]
