"""The keypad is unplugged and plugged in again: at rest, with a key held, a headset in, in mid-code."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from drivers.keypad.device import HeadsetChanged, Key, KeypadStatus
from drivers.keypad.keypad import Keypad
from drivers.keypad.simulator import SimulatedKeys
from drivers.qr_scanner.device import CodeProblem, CodeScanned
from drivers.vocabulary import DeviceState, HeadsetState, Wear, wear_counter
from foundation.clock import SystemClock
from foundation.counters import Counters
from foundation.errors import Errors
from tests.drivers.keypad.desk import desk
from tests.drivers.keypad.wedged import wedged
from tests.drivers.listening import Ears, make_quick


@pytest.mark.parametrize("held", [None, Key.NEXT, Key.BACK])
def test_it_is_no_device_then_works_again_and_a_key_that_was_held_is_no_press(
    tmp_path: Path, held: Key | None
) -> None:
    with desk(tmp_path) as there:
        if held is not None:
            there.keys.move_key(held, down=True)
            there.settle()
        before = len(there.all_pressed())
        there.keys.unplug()
        lost = there.ears.next_state(DeviceState.NO_DEVICE)
        assert isinstance(lost, KeypadStatus)
        assert (lost.error, lost.headset, lost.stuck) == (
            Errors.KEYPAD_LOST,
            HeadsetState.UNKNOWN,
            frozenset(),
        )
        assert there.counters.figure(wear_counter("keypad", Wear.FAILURES)) == 1
        there.keys.plug_in()
        there.online()
        there.keys.press(Key.CHOOSE)
        assert there.pressed() in (Key.CHOOSE, held)
        there.settle()
        assert there.all_pressed()[before:] == [Key.CHOOSE]


def test_a_headset_that_can_no_longer_be_sensed_is_out_and_in_again_when_it_can(tmp_path: Path) -> None:
    with desk(tmp_path, headset_in=True) as there:
        assert there.ears.next(HeadsetChanged).present
        there.keys.unplug()
        assert not there.ears.next(HeadsetChanged).present
        there.keys.plug_in()
        assert there.ears.next(HeadsetChanged).present


def test_it_may_be_missing_at_the_start_and_comes_later(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    keys, ears = SimulatedKeys(tmp_path / "keypad"), Ears()
    keypad = Keypad(keys.address, SystemClock(), Counters(), ears)
    make_quick(keypad)
    with caplog.at_level(logging.INFO, "dianxiaoer.lifecycle"):
        keypad.start()
        try:
            assert ears.next_state(DeviceState.NO_DEVICE).error is Errors.KEYPAD_LOST
            keys.start()
            assert ears.next_state(DeviceState.ONLINE).error is None
        finally:
            assert keypad.stop()
            keys.stop()
    told = [record.getMessage().split(":")[0] for record in caplog.records]
    assert told == ["keypad is down", "keypad is back"]


def test_a_scanner_that_types_is_lost_in_mid_code_and_half_a_code_is_never_one(tmp_path: Path) -> None:
    with wedged(tmp_path) as there:
        there.keys.type_text("12345")
        there.keys.unplug()
        assert there.ears.next_state(DeviceState.NO_DEVICE).error is Errors.SCANNER_LOST
        there.keys.plug_in()
        there.ears.next_state(DeviceState.ONLINE)
        there.keys.type_text("whole\r")
        assert there.ears.next(CodeScanned).payload == b"whole"
        assert there.ears.all(CodeProblem) == []
