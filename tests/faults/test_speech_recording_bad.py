"""A recording cannot be used: cut short, silent, no sound at all, or of a kind that no card takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.speech.device import SpeechOutcome
from drivers.speech.phrases import Phrase, Recordings
from drivers.speech.protocol import NotAWave, Wave, silence, wave_file
from drivers.vocabulary import DeviceState, ModuleState
from foundation.errors import Errors
from tests.drivers.speech.booth import booth, tone

GOOD = wave_file(tone())
BAD = {
    NotAWave.CUT_SHORT: GOOD[: len(GOOD) // 2],
    NotAWave.SILENT: wave_file(silence(0.5)),
    NotAWave.NOT_RIFF: b"ID3\x04 this is an mp3",
}


@pytest.mark.parametrize("wrong", BAD, ids=lambda wrong: wrong.value)
def test_the_synthesiser_says_it_instead_and_the_file_is_named(tmp_path: Path, wrong: NotAWave) -> None:
    with booth(tmp_path, before={Phrase.FACE_DONE: tone()}) as there:
        there.record(Phrase.FACE_DONE, BAD[wrong])
        assert there.say(Phrase.FACE_DONE).outcome is SpeechOutcome.SAID
        (heard,) = there.loudspeaker.heard
        assert isinstance(heard, Wave)
        assert heard.rate_hz == 22_050
        spoilt = there.wait_status(recordings=ModuleState.INOPERABLE)
        assert (spoilt.state, spoilt.error) == (DeviceState.ONLINE, Errors.SPEECH_RECORDING_UNUSABLE)
        assert Recordings(there.recordings).bad() == {"zh/face-done": wrong}

        there.record(Phrase.FACE_DONE, tone())
        there.wait_status(recordings=ModuleState.OK, error=None)
        assert there.say(Phrase.FACE_DONE).outcome is SpeechOutcome.SAID
        assert isinstance(there.loudspeaker.heard[-1], Wave)


def test_a_folder_in_the_place_of_a_recording_is_survived_from_the_start_on(tmp_path: Path) -> None:
    (tmp_path / "recordings/zh/face-done.wav").mkdir(parents=True)
    with booth(tmp_path) as there:
        there.wait_status(recordings=ModuleState.INOPERABLE)
        assert there.say(Phrase.FACE_DONE).outcome is SpeechOutcome.SAID


def test_without_a_synthesiser_either_the_phrase_is_not_said_and_that_is_said(tmp_path: Path) -> None:
    with booth(tmp_path, engine=None, before={Phrase.RATE: GOOD[:100]}) as there:
        result = there.say(Phrase.RATE)
        assert (result.outcome, result.error) == (SpeechOutcome.NOT_SAID, Errors.SPEECH_SYNTHESISER_LOST)
        there.record(Phrase.RATE, GOOD)
        assert there.say(Phrase.RATE).outcome is SpeechOutcome.SAID
