"""The sound card takes half a phrase and never goes on."""

from __future__ import annotations

from pathlib import Path

from drivers.speech.device import SpeechOutcome
from drivers.speech.phrases import Phrase
from drivers.speech.simulator import SoundFault
from drivers.vocabulary import ModuleState
from foundation.errors import Errors
from tests.drivers.speech.booth import booth, tone, waiting


def test_the_player_is_ended_at_its_deadline_and_used_again_when_it_plays(tmp_path: Path) -> None:
    with booth(tmp_path, before={Phrase.RATE: tone()}) as there:
        there.loudspeaker.set_fault(SoundFault.HANGS)
        began_s = there.speech.clock.monotonic_s()
        result = there.say(Phrase.RATE)
        assert there.speech.clock.monotonic_s() - began_s < 2.0
        assert (result.outcome, result.error) == (SpeechOutcome.UNKNOWN, Errors.SPEECH_OUTCOME_UNKNOWN)
        there.wait_status(loudspeaker=ModuleState.INOPERABLE, error=Errors.SPEECH_OUTPUT_LOST)
        there.loudspeaker.cure()
        there.wait_status(loudspeaker=ModuleState.OK, error=None)
        assert there.say(Phrase.RATE).outcome is SpeechOutcome.SAID


def test_it_can_be_silenced_while_it_hangs(tmp_path: Path) -> None:
    with booth(tmp_path, before={Phrase.RATE: tone(5.0)}) as there:
        there.loudspeaker.set_fault(SoundFault.HANGS)
        spoken = there.speech.public.say(Phrase.RATE)
        there.wait_heard(there.loudspeaker)
        there.speech.interrupt()
        assert waiting(spoken).outcome is SpeechOutcome.INTERRUPTED


def test_the_voice_is_stopped_while_it_hangs(tmp_path: Path) -> None:
    with booth(tmp_path, before={Phrase.RATE: tone(5.0)}) as there:
        there.loudspeaker.set_fault(SoundFault.HANGS)
        spoken = there.speech.public.say(Phrase.RATE)
        there.wait_heard(there.loudspeaker)
        assert there.speech.stop(2.0)
        assert waiting(spoken).outcome is SpeechOutcome.INTERRUPTED
