"""The synthesiser is not installed, or is taken away while the terminal runs, and comes back."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from drivers.speech.device import SpeechOutcome
from drivers.speech.engine import Espeak
from drivers.speech.phrases import Phrase
from drivers.vocabulary import DeviceState, ModuleState
from foundation.clock import SystemClock
from foundation.errors import Errors
from tests.drivers.speech.booth import SwitchableEspeak, booth, tone


@pytest.mark.parametrize("at_the_start", [True, False])
def test_recordings_are_said_and_the_rest_is_said_to_be_missing(
    tmp_path: Path, *, at_the_start: bool, caplog: pytest.LogCaptureFixture
) -> None:
    switchable = SwitchableEspeak(tmp_path)
    espeak = Espeak(SystemClock(), str(switchable.program))
    if at_the_start:
        switchable.remove()
    with (
        caplog.at_level(logging.INFO, "dianxiaoer.speech"),
        booth(tmp_path, engine=espeak, before={Phrase.RATE: tone()}) as there,
    ):
        if not at_the_start:
            switchable.remove()
        for _ in range(4):
            result = there.say(Phrase.FACE_DONE)
            assert (result.outcome, result.error) == (SpeechOutcome.NOT_SAID, Errors.SPEECH_SYNTHESISER_LOST)
        lost = there.wait_status(synthesiser=ModuleState.INOPERABLE)
        assert (lost.state, lost.error) == (DeviceState.ONLINE, Errors.SPEECH_SYNTHESISER_LOST)
        assert there.say(Phrase.RATE).outcome is SpeechOutcome.SAID

        switchable.install()
        there.wait_status(synthesiser=ModuleState.OK, error=None)
        assert there.say(Phrase.FACE_DONE).outcome is SpeechOutcome.SAID
    assert [record.getMessage() for record in caplog.records] == [
        "the synthesiser is down: missing",
        "the synthesiser is back",
    ]
