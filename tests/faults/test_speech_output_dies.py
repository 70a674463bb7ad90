"""The sound card goes away in the middle of a phrase."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.speech.device import SpeechOutcome
from drivers.speech.phrases import Phrase
from drivers.speech.protocol import Wave
from drivers.speech.simulator import SoundFault
from drivers.vocabulary import DeviceState, ModuleState, Wear, wear_counter
from foundation.backoff import Backoff
from foundation.errors import Errors
from tests.drivers.speech.booth import booth, tone, waiting


def test_a_bad_cable_is_tried_ever_less_often_and_a_good_one_at_once_again(tmp_path: Path) -> None:
    with booth(tmp_path, before={Phrase.RATE: tone(0.1)}) as there:
        there.speech._retry = patient = Backoff(0.1, 0.2)
        for count in range(1, 4):
            there.loudspeaker.set_fault(SoundFault.DIES)
            assert there.say(Phrase.RATE).outcome is SpeechOutcome.UNKNOWN
            there.wait_status(loudspeaker=ModuleState.INOPERABLE)
            assert patient.failures >= count
            there.loudspeaker.cure()
            there.wait_status(loudspeaker=ModuleState.OK)
        there.look_around()
        there.look_around()  # twice in a row with nothing lost: the cable is good
        assert patient.failures == 0
        assert there.say(Phrase.RATE).outcome is SpeechOutcome.SAID


@pytest.mark.parametrize("in_headset", [False, True], ids=["loudspeaker", "headset"])
def test_how_much_was_heard_is_unknown_and_never_called_said(tmp_path: Path, *, in_headset: bool) -> None:
    with booth(tmp_path, before={Phrase.RATE: tone(0.4)}) as there:
        card = there.headset if in_headset else there.loudspeaker
        part = "headset_output" if in_headset else "loudspeaker"
        if in_headset:
            there.plug_headset()
        card.set_fault(SoundFault.DIES)
        cut = there.speech.public.say(Phrase.RATE)
        behind = there.speech.public.say(Phrase.RATE)
        assert waiting(cut).outcome is SpeechOutcome.UNKNOWN
        assert waiting(cut).error is Errors.SPEECH_OUTCOME_UNKNOWN
        assert waiting(behind).outcome is SpeechOutcome.NOT_SAID
        heard = card.heard[-1]
        assert isinstance(heard, Wave)
        assert 0.1 < heard.duration_s < 0.35
        lost = there.wait_status(**{part: ModuleState.INOPERABLE})
        assert (lost.state, lost.error) == (DeviceState.ONLINE, Errors.SPEECH_OUTPUT_LOST)

        assert there.counters.figure(wear_counter("speech", Wear.FAILURES)) == 1
        card.cure()
        there.wait_status(**{part: ModuleState.OK, "error": None})
        assert there.say(Phrase.RATE).outcome is SpeechOutcome.SAID
