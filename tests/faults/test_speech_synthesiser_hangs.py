"""The synthesiser takes a text and never gives a sound."""

from __future__ import annotations

from pathlib import Path

from drivers.speech.device import SpeechOutcome
from drivers.speech.engine import DEATHS_ALLOWED, Espeak
from drivers.speech.phrases import Phrase
from drivers.vocabulary import DeviceState, ModuleState, Wear, wear_counter
from foundation.backoff import Backoff
from foundation.clock import SystemClock
from foundation.errors import Errors
from tests.drivers.speech.booth import SwitchableEspeak, booth, tone, waiting

DEADLINE_S = 0.5


def test_a_phrase_is_given_up_at_its_deadline_and_recordings_are_still_said(tmp_path: Path) -> None:
    switchable = SwitchableEspeak(tmp_path)
    espeak = Espeak(SystemClock(), str(switchable.program), DEADLINE_S)
    with booth(tmp_path, engine=espeak, before={Phrase.RATE: tone()}) as there:
        switchable.break_it("hang")
        began_s = there.speech.clock.monotonic_s()
        result = there.say(Phrase.FACE_DONE)
        assert there.speech.clock.monotonic_s() - began_s < DEADLINE_S + 1.0
        assert (result.outcome, result.error) == (SpeechOutcome.NOT_SAID, Errors.SPEECH_SYNTHESISER_LOST)
        lost = there.wait_status(synthesiser=ModuleState.INOPERABLE)
        assert (lost.state, lost.error) == (DeviceState.ONLINE, Errors.SPEECH_SYNTHESISER_LOST)
        assert there.say(Phrase.RATE).outcome is SpeechOutcome.SAID

        switchable.mend()
        there.wait_status(synthesiser=ModuleState.OK, error=None)
        assert there.say(Phrase.FACE_DONE).outcome is SpeechOutcome.SAID


def test_after_three_deaths_in_five_minutes_nobody_waits_for_it_until_a_probe_is_answered(
    tmp_path: Path,
) -> None:
    switchable = SwitchableEspeak(tmp_path)
    espeak = Espeak(SystemClock(), str(switchable.program), DEADLINE_S)
    with booth(tmp_path, engine=espeak) as there:
        there.speech._retry = Backoff(60.0, 60.0)
        switchable.break_it("hang")
        for _ in range(DEATHS_ALLOWED):
            assert there.say(Phrase.FACE_DONE).error is Errors.SPEECH_SYNTHESISER_LOST
        began_s = there.speech.clock.monotonic_s()
        assert there.say(Phrase.FACE_DONE).error is Errors.SPEECH_SYNTHESISER_LOST
        assert there.speech.clock.monotonic_s() - began_s < DEADLINE_S / 2
        assert there.speech._engine.degraded
        assert there.counters.figure(wear_counter("speech", Wear.FAILURES)) == DEATHS_ALLOWED

        switchable.mend()
        there.look_around()
        there.wait_status(synthesiser=ModuleState.OK)
        assert there.say(Phrase.FACE_DONE).outcome is SpeechOutcome.SAID


def test_it_hangs_at_the_start_and_the_recordings_are_said_all_the_same(tmp_path: Path) -> None:
    switchable = SwitchableEspeak(tmp_path)
    switchable.break_it("hang")
    espeak = Espeak(SystemClock(), str(switchable.program), DEADLINE_S)
    with booth(tmp_path, engine=espeak, before={Phrase.RATE: tone()}) as there:
        assert there.say(Phrase.RATE).outcome is SpeechOutcome.SAID
        switchable.mend()
        there.wait_status(synthesiser=ModuleState.OK)


def test_silence_does_not_wait_for_one_that_hangs_and_that_is_no_fault_of_its(tmp_path: Path) -> None:
    switchable = SwitchableEspeak(tmp_path)
    espeak = Espeak(SystemClock(), str(switchable.program), 30.0)
    with booth(tmp_path, engine=espeak) as there:
        switchable.break_it("hang")
        spoken = there.speech.public.say(Phrase.FACE_DONE)
        there.speech.interrupt()
        assert waiting(spoken).outcome is SpeechOutcome.INTERRUPTED
        assert there.speech.status().synthesiser is ModuleState.OK


def test_the_voice_is_stopped_while_it_hangs(tmp_path: Path) -> None:
    switchable = SwitchableEspeak(tmp_path)
    espeak = Espeak(SystemClock(), str(switchable.program), 30.0)
    with booth(tmp_path, engine=espeak) as there:
        switchable.break_it("hang")
        spoken = there.speech.public.say(Phrase.FACE_DONE)
        began_s = there.speech.clock.monotonic_s()
        assert there.speech.stop()
        assert there.speech.clock.monotonic_s() - began_s < 2.0
        assert waiting(spoken).outcome is SpeechOutcome.INTERRUPTED
