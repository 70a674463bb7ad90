"""The source takes the connection and does not say how it is: an open line proves nothing."""

from __future__ import annotations

from pathlib import Path

from drivers.keypad.device import Key
from drivers.keypad.keypad import Keypad
from drivers.keypad.simulator import KeysFault, SimulatedKeys
from drivers.vocabulary import DeviceState
from foundation.clock import SystemClock
from foundation.counters import Counters
from foundation.errors import Errors
from tests.drivers.keypad.desk import desk
from tests.drivers.listening import Ears, make_quick


def test_it_is_offline_from_the_start_and_online_when_it_answers(tmp_path: Path) -> None:
    keys, ears = SimulatedKeys(tmp_path / "keypad"), Ears()
    keys.set_fault(KeysFault.NEVER_ANSWERS)
    keys.start()
    clock = SystemClock()
    keypad = Keypad(keys.address, clock, Counters(), ears)
    make_quick(keypad)
    keypad.start()
    try:
        began_s = clock.monotonic_s()
        assert ears.next_state(DeviceState.OFFLINE).error is Errors.KEYPAD_LOST
        assert clock.monotonic_s() - began_s < 2.0
        keys.set_fault(None)
        assert ears.next_state(DeviceState.ONLINE).error is None
    finally:
        assert keypad.stop()
        keys.stop()


def test_stopping_does_not_wait_for_it(tmp_path: Path) -> None:
    with desk(tmp_path) as there:
        there.keys.set_fault(KeysFault.NEVER_ANSWERS)
        there.keys.unplug()
        there.ears.next_state(DeviceState.NO_DEVICE)
        there.keys.plug_in()
        began_s = there.clock.monotonic_s()
        assert there.keypad.stop()
        assert there.clock.monotonic_s() - began_s < 2.0


def test_after_it_was_replugged_in_that_state_it_works_when_it_answers(tmp_path: Path) -> None:
    with desk(tmp_path) as there:
        there.keys.set_fault(KeysFault.NEVER_ANSWERS)
        there.keys.unplug()
        there.ears.next_state(DeviceState.NO_DEVICE)
        there.keys.plug_in()
        there.ears.next_state(DeviceState.OFFLINE)
        there.keys.set_fault(None)
        there.online()
        there.keys.press(Key.NEXT)
        assert there.pressed() is Key.NEXT
