"""Worn contacts: every press makes and breaks several times, and a loose plug rattles."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.keypad.device import HeadsetChanged, Key
from drivers.keypad.simulator import KeysFault
from tests.drivers.keypad.desk import desk


@pytest.mark.parametrize("key", list(Key))
def test_each_press_is_told_once(tmp_path: Path, key: Key) -> None:
    with desk(tmp_path) as there:
        there.keys.set_fault(KeysFault.BOUNCES)
        for count in range(1, 4):
            there.keys.press(key)
            there.settle()
            there.clock.jump(0.1)
            there.settle()
            assert there.all_pressed() == [key] * count
        assert there.counters.figure("keypad.bounced") >= 6
        there.keys.set_fault(None)
        there.keys.press(key)
        there.settle()
        there.clock.jump(0.1)
        there.settle()
        assert there.all_pressed() == [key] * 4


def test_back_that_bounces_while_it_is_held_is_help_all_the_same(tmp_path: Path) -> None:
    with desk(tmp_path) as there:
        there.keys.set_fault(KeysFault.BOUNCES)
        there.keys.move_key(Key.BACK, down=True)
        there.settle()
        there.clock.jump(1.0)
        assert there.pressed() is Key.HELP
        there.settle()
        assert there.all_pressed() == [Key.HELP]


def test_a_plug_that_rattles_is_in_only_when_it_rests(tmp_path: Path) -> None:
    with desk(tmp_path) as there:
        for _ in range(10):
            there.keys.set_headset(present=True)
            there.keys.set_headset(present=False)
        there.settle()
        there.clock.jump(1.0)
        there.settle()
        assert there.ears.all(HeadsetChanged) == []
        there.keys.set_headset(present=True)
        assert there.ears.next(HeadsetChanged).present
