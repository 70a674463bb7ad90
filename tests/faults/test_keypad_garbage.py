"""Random bytes come from the source, between events and without end; and a scanner that types nonsense."""

from __future__ import annotations

import random
from pathlib import Path

from drivers.keypad.device import Key
from drivers.keypad.protocol import EV_KEY, PRESSED, RELEASED, InputEvent, event_bytes
from drivers.keypad.simulator import KeysFault
from drivers.qr_scanner.device import CodeProblem, CodeScanned
from drivers.vocabulary import DeviceState
from foundation.errors import Errors
from tests.drivers.keypad.desk import desk
from tests.drivers.keypad.wedged import wedged


def test_keys_between_garbage_are_told_and_garbage_is_counted(tmp_path: Path) -> None:
    with desk(tmp_path) as there:
        there.keys.set_fault(KeysFault.GARBAGE)
        for key in (Key.NEXT, Key.CHOOSE):
            there.keys.press(key)
            assert there.pressed() is key
        there.keys.set_fault(None)
        there.keys.press(Key.PREVIOUS)
        assert there.pressed() is Key.PREVIOUS
        assert there.all_pressed() == [Key.NEXT, Key.CHOOSE, Key.PREVIOUS]
        assert there.counters.figure("keypad.garbage_bytes") > 100
        assert there.keypad.status().state is DeviceState.ONLINE


def test_a_flood_presses_nothing_and_does_not_grow(tmp_path: Path) -> None:
    with desk(tmp_path) as there:
        noise = random.Random(1)
        for _ in range(200):
            there.keys.send_raw(noise.randbytes(1000))
        there.keys.send_raw(bytes(23))
        there.keys.press(Key.NEXT)
        assert there.pressed() is Key.NEXT
        assert there.all_pressed() == [Key.NEXT]
        assert len(there.keypad._decoder._rest) < 24


def test_keys_that_stand_for_no_character_make_a_code_unreadable_as_a_whole(tmp_path: Path) -> None:
    with wedged(tmp_path) as there:
        there.keys.type_text("1234")
        home = (InputEvent(EV_KEY, 102, PRESSED), InputEvent(EV_KEY, 102, RELEASED))
        there.keys.send_raw(b"".join(map(event_bytes, home)))
        there.keys.type_text("5678\r")
        assert there.ears.next(CodeProblem).error is Errors.CODE_NOT_READABLE
        there.keys.type_text("good\r")
        assert there.ears.next(CodeScanned).payload == b"good"
        assert there.counters.figure("qr_scanner.unreadable") == 1
