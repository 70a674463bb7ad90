"""Four keys, a plug and the volume, as a person uses them who does not see the screen."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from drivers.keypad.device import Capabilities, HeadsetChanged, Key, KeypadStatus, VolumeChanged
from drivers.keypad.keypad import Keypad
from drivers.keypad.protocol import EV_KEY, PRESSED, REPEATED, STANDARD, InputEvent, Layout, event_bytes
from drivers.keypad.simulator import main
from drivers.transports.address import EvdevAddress, parse_address
from drivers.vocabulary import DeviceState, HeadsetState, StatusChanged
from foundation.clock import SystemClock
from foundation.counters import Counters
from foundation.errors import Errors
from tests.drivers.keypad.desk import desk
from tests.drivers.listening import Ears

JACK_BY_KEYS = Layout(STANDARD.keys, headset_in=185, headset_out=186)


def test_each_key_is_told_once_when_it_goes_down(tmp_path: Path) -> None:
    with desk(tmp_path) as there:
        for key in (Key.PREVIOUS, Key.NEXT, Key.CHOOSE, Key.HELP):
            there.keys.move_key(key, down=True)
            assert there.pressed() is key
            there.keys.move_key(key, down=False)
        there.settle()
        assert len(there.all_pressed()) == 4
        assert there.counters.figure("keypad.pressed") == 4


def test_back_is_told_when_it_comes_up_and_is_help_when_it_is_held(tmp_path: Path) -> None:
    with desk(tmp_path) as there:
        there.keys.press(Key.BACK)
        assert there.pressed() is Key.BACK

        there.keys.move_key(Key.BACK, down=True)
        there.settle()
        assert there.all_pressed() == [Key.BACK]
        there.clock.jump(1.0)
        assert there.pressed() is Key.HELP
        there.keys.move_key(Key.BACK, down=False)
        there.settle()
        there.clock.jump(1.0)
        there.settle()
        assert there.all_pressed() == [Key.BACK, Key.HELP]


def test_the_keyboards_own_repeating_is_no_press(tmp_path: Path) -> None:
    with desk(tmp_path) as there:
        there.keys.move_key(Key.NEXT, down=True)
        for _ in range(20):
            there.keys.send_raw(event_bytes(InputEvent(EV_KEY, 407, REPEATED)))
        there.keys.move_key(Key.NEXT, down=False)
        there.settle()
        assert there.all_pressed() == [Key.NEXT]


def test_other_keys_mean_nothing(tmp_path: Path) -> None:
    with desk(tmp_path) as there:
        there.keys.type_text("qwertz")
        there.keys.press(Key.CHOOSE)
        assert there.pressed() is Key.CHOOSE
        assert there.all_pressed() == [Key.CHOOSE]


def test_the_volume_goes_up_and_down_in_steps_to_its_ends_and_back_with_the_session(tmp_path: Path) -> None:
    with desk(tmp_path) as there:
        for _ in range(7):
            there.keys.turn_volume(louder=True)
        there.ears.next(VolumeChanged, lambda event: event.volume_percent == 100)
        there.settle()
        there.keys.turn_volume(louder=False)
        assert there.ears.next(VolumeChanged).volume_percent == 90
        there.keypad.reset_volume()
        there.keys.turn_volume(louder=False)
        assert there.ears.next(VolumeChanged).volume_percent == 40
        told = [event.volume_percent for event in there.ears.all(VolumeChanged)]
        assert told == [60, 70, 80, 90, 100, 90, 40]


def test_a_headset_is_in_when_its_plug_rests_and_out_at_once(tmp_path: Path) -> None:
    with desk(tmp_path) as there:
        there.keys.set_headset(present=True)
        assert there.ears.next(HeadsetChanged).present
        status = there.ears.next(StatusChanged).status
        assert isinstance(status, KeypadStatus)
        assert status.headset is HeadsetState.PRESENT
        there.keys.set_headset(present=False)
        assert not there.ears.next(HeadsetChanged).present


def test_a_headset_that_is_in_at_the_start_is_told(tmp_path: Path) -> None:
    with desk(tmp_path, headset_in=True) as there:
        assert there.keypad.capabilities.headset_sensed
        assert there.ears.next(HeadsetChanged).present


def test_without_a_plug_it_says_not_supported_and_never_tells_of_one(tmp_path: Path) -> None:
    with desk(tmp_path, headset_sensed=False) as there:
        assert there.keypad.capabilities == Capabilities(frozenset(Key), headset_sensed=False)
        assert there.keypad.status().headset is HeadsetState.NOT_SUPPORTED


def test_a_model_whose_plug_is_keys_is_understood_by_its_layout(tmp_path: Path) -> None:
    with desk(tmp_path, headset_sensed=False, layout=JACK_BY_KEYS) as there:
        assert there.keypad.capabilities.headset_sensed
        assert there.keypad.status().headset is HeadsetState.UNKNOWN
        there.keys.send_raw(event_bytes(InputEvent(EV_KEY, 185, PRESSED)))
        assert there.ears.next(HeadsetChanged).present
        there.keys.send_raw(event_bytes(InputEvent(EV_KEY, 186, PRESSED)))
        assert not there.ears.next(HeadsetChanged).present


def test_it_is_unknown_then_starting_then_online(tmp_path: Path) -> None:
    with desk(tmp_path) as there:
        states = [change.status.state for change in there.ears.all(StatusChanged)]
        assert states == [DeviceState.STARTING, DeviceState.ONLINE]
        assert there.keypad.status().simulated
    assert there.keypad.status().state is DeviceState.UNKNOWN


def test_it_is_held_by_one_alone(tmp_path: Path) -> None:
    with desk(tmp_path) as there:
        ears = Ears()
        second = Keypad(there.keys.address, SystemClock(), Counters(), ears)
        second.start()
        try:
            assert ears.next_state(DeviceState.OFFLINE).error is Errors.KEYPAD_LOST
            there.keys.press(Key.NEXT)
            assert there.pressed() is Key.NEXT
        finally:
            assert second.stop()


@pytest.mark.parametrize("path", ["/dev/null", "/dev/full"])
def test_what_is_no_input_device_is_not_taken_for_one(path: str) -> None:
    ears = Ears()
    keypad = Keypad(EvdevAddress(path), SystemClock(), Counters(), ears)
    keypad.start()
    try:
        assert ears.next_state(DeviceState.OFFLINE).error is Errors.KEYPAD_LOST
    finally:
        assert keypad.stop()


def test_an_address_names_what_it_is_and_never_its_number() -> None:
    text = "evdev:///dev/input/by-id/usb-Example_Keypad-event-kbd"
    assert str(parse_address(text)) == text
    for wrong in ("evdev:///dev/input/event3", "evdev://host/path", "evdev:///", "evdev:///a?b=c"):
        with pytest.raises(ValueError, match="by-id"):
            parse_address(wrong)


def test_the_simulator_as_a_program_obeys_and_says_what_it_knows(tmp_path: Path) -> None:
    answers = io.StringIO()
    commands = ["press next", "hold back", "release back", "headset in", "louder", "softer", "type 123"]
    commands += ["fault bounces", "cure", "unplug", "plug", "headset up", "press any", "dance"]
    main(["--socket", str(tmp_path / "keypad")], commands, answers)
    address, *said = answers.getvalue().splitlines()
    assert address == f"evdev://{tmp_path}/keypad"
    assert said[:11] == ["ok"] * 11
    assert [line[:3] for line in said[11:]] == ["no:"] * 3
