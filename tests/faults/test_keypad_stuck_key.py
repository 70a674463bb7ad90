"""A key is held down and does not come up again: a coin on it, water in it, a child."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.keypad.device import Key, KeypadStatus
from drivers.vocabulary import DeviceState, StatusChanged
from foundation.errors import Errors
from tests.drivers.keypad.desk import Desk, desk


def next_status(there: Desk) -> KeypadStatus:
    status = there.ears.next(StatusChanged).status
    assert isinstance(status, KeypadStatus)
    return status


@pytest.mark.parametrize("key", list(Key))
def test_it_is_pressed_once_called_stuck_after_20_s_and_the_others_still_work(
    tmp_path: Path, key: Key
) -> None:
    with desk(tmp_path) as there:
        there.keys.move_key(key, down=True)
        there.settle()
        there.clock.jump(19.0)
        there.settle()
        assert there.keypad.status().error is None
        there.clock.jump(1.0)
        status = next_status(there)
        assert (status.state, status.error) == (DeviceState.ONLINE, Errors.KEYPAD_KEY_STUCK)
        assert status.stuck == {key}
        once = [Key.HELP] if key is Key.BACK else [key]
        assert there.all_pressed() == once
        assert there.counters.figure("keypad.stuck") == 1

        other = Key.CHOOSE if key is Key.NEXT else Key.NEXT
        there.keys.press(other)
        there.settle()
        assert there.all_pressed() == [*once, other]

        there.keys.move_key(key, down=False)
        freed = next_status(there)
        assert (freed.error, freed.stuck) == (None, frozenset())
        there.settle()
        there.clock.jump(1.0)
        there.keys.press(key)
        there.settle()
        there.clock.jump(1.0)
        there.settle()
        assert there.all_pressed() == [*once, other, key]


def test_one_that_was_down_before_the_start_is_no_press_and_is_called_stuck(tmp_path: Path) -> None:
    with desk(tmp_path) as there:
        there.keys.move_key(Key.CHOOSE, down=True)
        assert there.pressed() is Key.CHOOSE
        there.keypad.transport.close()  # the line is lost and opened again, the key is still down
        there.ears.next_state(DeviceState.OFFLINE)
        there.online()
        there.clock.jump(20.0)
        assert next_status(there).stuck == {Key.CHOOSE}
        assert there.all_pressed() == [Key.CHOOSE]
