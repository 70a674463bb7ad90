"""Qt's bindings count references right.

One version lost those to None and True, and aborted after some thousand signals: see docs/adr/0012.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QTimer, Signal

EMISSIONS = 5_000
SLACK = EMISSIONS // 10
"""Other threads and caches come and go; a leak or a loss per emission would be ten times this."""


class Sender(QObject):
    flag_changed = Signal(bool)
    thing_changed = Signal(object)


def test_five_thousand_signals_leave_the_references_to_none_and_true_as_they_were() -> None:
    received: list[object] = []
    sender = Sender()
    sender.flag_changed.connect(lambda flag: received.append(flag is True))
    sender.thing_changed.connect(lambda thing: received.append(thing is None))
    before = (sys.getrefcount(None), sys.getrefcount(True))

    for _ in range(EMISSIONS):
        sender.flag_changed.emit(True)
        sender.thing_changed.emit(None)
        assert sender.parent() is None
        assert sender.blockSignals(False) is False
    assert len(received) == 2 * EMISSIONS
    assert all(received)
    received.clear()

    after = (sys.getrefcount(None), sys.getrefcount(True))
    assert abs(after[0] - before[0]) < SLACK
    assert abs(after[1] - before[1]) < SLACK


def test_the_guard_would_see_a_loss() -> None:
    before = sys.getrefcount(None)
    held = [None] * EMISSIONS
    assert sys.version_info >= (3, 12) or sys.getrefcount(None) - before > SLACK
    assert len(held) == EMISSIONS


def test_a_timer_without_a_parent_answers_none_every_time() -> None:
    timer = QTimer()
    before = sys.getrefcount(None)
    for _ in range(EMISSIONS):
        assert timer.parent() is None
    assert abs(sys.getrefcount(None) - before) < SLACK
