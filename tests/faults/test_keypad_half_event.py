"""The source sends the first half of an event and then goes on as if nothing had been."""

from __future__ import annotations

from pathlib import Path

from drivers.keypad.device import HeadsetChanged, Key
from drivers.keypad.protocol import EV_KEY, PRESSED, InputEvent, event_bytes
from drivers.keypad.simulator import KeysFault
from drivers.vocabulary import DeviceState
from tests.drivers.keypad.desk import desk


def test_halves_are_passed_over_and_every_whole_one_counts(tmp_path: Path) -> None:
    with desk(tmp_path) as there:
        there.keys.set_fault(KeysFault.HALF_EVENT)
        for key in (Key.NEXT, Key.PREVIOUS, Key.CHOOSE):
            there.keys.press(key)
            assert there.pressed() is key
        there.keys.set_headset(present=True)
        assert there.ears.next(HeadsetChanged).present
        assert there.counters.figure("keypad.garbage_bytes") > 0
        assert there.keypad.status().state is DeviceState.ONLINE
        there.keys.set_fault(None)
        there.keys.press(Key.NEXT)
        assert there.pressed() is Key.NEXT
        assert there.all_pressed() == [Key.NEXT, Key.PREVIOUS, Key.CHOOSE, Key.NEXT]


def test_the_other_half_may_come_later(tmp_path: Path) -> None:
    with desk(tmp_path) as there:
        whole = event_bytes(InputEvent(EV_KEY, 407, PRESSED))
        there.keys.send_raw(whole[:11])
        there.settle()
        there.keys.send_raw(whole[11:])
        assert there.pressed() is Key.NEXT
