"""Changes were lost as nobody read for too long (SYN_DROPPED): the state is asked, nothing is guessed."""

from __future__ import annotations

from pathlib import Path

from drivers.keypad.device import HeadsetChanged, Key
from drivers.keypad.simulator import KeysFault
from drivers.vocabulary import DeviceState, StatusChanged
from tests.drivers.keypad.desk import desk


def test_a_press_that_was_lost_is_not_made_up_and_the_next_one_counts(tmp_path: Path) -> None:
    with desk(tmp_path) as there:
        told = len(there.ears.all(StatusChanged))
        there.keys.set_fault(KeysFault.OVERRUN)
        there.keys.press(Key.NEXT)
        there.counters.wait_for("keypad.overrun")
        there.settle()
        there.keys.set_fault(None)
        there.keys.press(Key.CHOOSE)
        assert there.pressed() is Key.CHOOSE
        assert there.all_pressed() == [Key.CHOOSE]
        assert there.keypad.status().state is DeviceState.ONLINE
        assert len(there.ears.all(StatusChanged)) == told


def test_a_release_that_was_lost_does_not_leave_the_key_down(tmp_path: Path) -> None:
    with desk(tmp_path) as there:
        there.keys.move_key(Key.BACK, down=True)
        there.settle()
        there.keys.set_fault(KeysFault.OVERRUN)
        there.keys.move_key(Key.BACK, down=False)
        there.counters.wait_for("keypad.overrun")
        there.settle()
        there.clock.jump(30.0)
        there.settle()
        assert there.all_pressed() == []
        assert there.keypad.status().stuck == frozenset()


def test_a_headset_stays_in(tmp_path: Path) -> None:
    with desk(tmp_path, headset_in=True) as there:
        assert there.ears.next(HeadsetChanged).present
        there.keys.set_fault(KeysFault.OVERRUN)
        there.keys.press(Key.NEXT)
        there.counters.wait_for("keypad.overrun")
        there.settle()
        assert len(there.ears.all(HeadsetChanged)) == 1
