"""Keypad and voice together, as a terminal joins them: who plugs a headset in is spoken to, nobody else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from drivers.keypad.device import HeadsetChanged, KeyPressed, VolumeChanged
from drivers.keypad.keypad import Keypad
from drivers.keypad.simulator import SimulatedKeys
from drivers.speech.device import PrivateText, SpeechOutcome
from drivers.speech.phrases import Phrase
from foundation.counters import Counters
from tests.drivers.listening import Ears, FixedDayClock, make_quick
from tests.drivers.speech.booth import booth, waiting

LONG_TEXT = PrivateText("这是一段只给您一个人听的话。" * 20)


def test_from_the_plug_to_the_ear_and_silence_when_plug_or_keypad_is_pulled(tmp_path: Path) -> None:
    keys, ears = SimulatedKeys(tmp_path / "keypad"), Ears()
    with booth(tmp_path) as there:

        def join(event: object) -> None:
            match event:
                case HeadsetChanged(present):
                    there.speech.plug(present)
                case VolumeChanged(volume_percent):
                    there.speech.adjust(volume_percent=volume_percent)
                case KeyPressed():
                    there.speech.interrupt()
            ears(event)

        keypad = Keypad(keys.address, FixedDayClock(), Counters(), join)
        make_quick(keypad)
        keys.start()
        keypad.start()
        try:
            keys.set_headset(present=True)
            there.counters.wait_for("speech.said")
            assert there.speech._last() is Phrase.HEADSET_IN

            ways: list[tuple[Callable[[], None], Callable[[], None]]] = [
                (lambda: keys.set_headset(present=False), lambda: keys.set_headset(present=True)),
                (keys.unplug, keys.plug_in),
            ]
            for pull, back in ways:
                spoken = there.speech.private.say(LONG_TEXT)
                there.wait_heard(there.headset, len(there.headset.heard) + 1)
                said = there.counters.figure("speech.said")
                pull()
                assert waiting(spoken).outcome is SpeechOutcome.HEADSET_PULLED
                back()
                there.counters.wait_for("speech.said", said + 1)
            assert there.loudspeaker.heard == []
        finally:
            assert keypad.stop()
            keys.stop()
