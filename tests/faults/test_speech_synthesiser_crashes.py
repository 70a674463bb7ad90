"""The synthesiser crashes, talks nonsense, or never stops talking."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from drivers.speech.device import PrivateText, SpeechOutcome
from drivers.speech.engine import Espeak
from drivers.speech.phrases import Phrase
from drivers.vocabulary import DeviceState, ModuleState
from foundation.clock import SystemClock
from foundation.errors import Errors
from tests.drivers.speech.booth import SwitchableEspeak, booth


@pytest.mark.parametrize("trouble", ["crash", "nonsense", "endless"])
def test_nothing_is_played_and_it_is_asked_again_by_itself(tmp_path: Path, trouble: str) -> None:
    switchable = SwitchableEspeak(tmp_path)
    espeak = Espeak(SystemClock(), str(switchable.program))
    with booth(tmp_path, engine=espeak) as there:
        switchable.break_it(trouble)
        before_bytes = psutil.Process().memory_info().rss
        result = there.say(Phrase.FACE_DONE)
        assert (result.outcome, result.error) == (SpeechOutcome.NOT_SAID, Errors.SPEECH_SYNTHESISER_LOST)
        assert there.loudspeaker.heard == []
        assert psutil.Process().memory_info().rss - before_bytes < 32_000_000
        lost = there.wait_status(synthesiser=ModuleState.INOPERABLE)
        assert (lost.state, lost.error) == (DeviceState.ONLINE, Errors.SPEECH_SYNTHESISER_LOST)

        switchable.mend()
        there.wait_status(synthesiser=ModuleState.OK, error=None)
        assert there.say(Phrase.FACE_DONE).outcome is SpeechOutcome.SAID


def test_in_the_middle_of_a_text_it_is_said_that_not_all_was_heard(tmp_path: Path) -> None:
    switchable = SwitchableEspeak(tmp_path)
    espeak = Espeak(SystemClock(), str(switchable.program))
    with booth(tmp_path, engine=espeak) as there:
        there.plug_headset()
        spoken = there.speech.private.say(PrivateText("好。再见。"))
        there.wait_heard(there.headset, 2)
        switchable.break_it("crash")
        result = spoken.result(10.0)
        assert (result.outcome, result.error) == (SpeechOutcome.UNKNOWN, Errors.SPEECH_SYNTHESISER_LOST)
        switchable.mend()
        there.wait_status(synthesiser=ModuleState.OK)
        assert there.read("好").outcome is SpeechOutcome.SAID
