"""The headset is pulled: in mid-phrase, between phrases, while the synthesiser works, with things waiting."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.speech.device import PrivateText, SpeechOutcome
from drivers.speech.engine import Espeak
from drivers.speech.phrases import Phrase
from drivers.speech.protocol import Wave
from drivers.vocabulary import HeadsetState
from foundation.clock import SystemClock
from tests.drivers.speech.booth import LONG_S, SwitchableEspeak, booth, tone, waiting

LONG_TEXT = PrivateText("这是一段只给您一个人听的话。" * 20)


def test_in_mid_sentence_not_a_sample_more_is_sent_and_none_goes_to_the_loudspeaker(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        there.plug_headset()
        spoken = there.speech.private.say(LONG_TEXT)
        behind = there.speech.private.say(LONG_TEXT)
        there.wait_heard(there.headset, 2)
        pulled_s = there.speech.clock.monotonic_s()
        there.speech.plug(False)
        assert waiting(behind).outcome is SpeechOutcome.NO_HEADSET
        assert waiting(spoken).outcome is SpeechOutcome.HEADSET_PULLED
        assert there.speech.clock.monotonic_s() - pulled_s < 0.5
        begun = there.headset.heard[1:]
        assert there.headset.heard[1:] == begun
        assert there.loudspeaker.heard == []
        there.wait_status(headset=HeadsetState.NOT_PRESENT)

        there.plug_headset()
        assert there.read("好").outcome is SpeechOutcome.SAID


def test_while_the_synthesiser_still_works_nothing_is_ever_heard(tmp_path: Path) -> None:
    switchable = SwitchableEspeak(tmp_path)
    with booth(tmp_path, engine=Espeak(SystemClock(), str(switchable.program), 30.0)) as there:
        there.plug_headset()
        switchable.break_it("hang")
        spoken = there.speech.private.say(LONG_TEXT)
        there.speech.plug(False)
        assert waiting(spoken).outcome in (SpeechOutcome.HEADSET_PULLED, SpeechOutcome.NO_HEADSET)
        assert len(there.headset.heard) == 1
        assert there.loudspeaker.heard == []
        switchable.mend()
        there.plug_headset()
        assert there.read("好").outcome is SpeechOutcome.SAID


def test_what_anybody_may_hear_goes_on_from_the_loudspeaker(tmp_path: Path) -> None:
    with booth(tmp_path, before={Phrase.PRINTING: tone(LONG_S), Phrase.RATE: tone()}) as there:
        there.plug_headset()
        cut = there.speech.public.say(Phrase.PRINTING)
        waits = there.speech.public.say(Phrase.RATE)
        there.wait_heard(there.headset, 2)
        there.speech.plug(False)
        assert waiting(cut).outcome is SpeechOutcome.HEADSET_PULLED
        assert waiting(waits).outcome is SpeechOutcome.SAID
        (aloud,) = there.loudspeaker.heard
        assert isinstance(aloud, Wave)
        assert aloud.duration_s == pytest.approx(0.2, abs=0.001)


def test_a_plug_that_rattles_begins_once_each_time_and_leaks_nothing(tmp_path: Path) -> None:
    with booth(tmp_path) as there:
        for _ in range(10):
            there.speech.plug(True)
            there.speech.private.say(LONG_TEXT)
            there.speech.plug(False)
        assert there.read("好").outcome is SpeechOutcome.NO_HEADSET
        assert there.loudspeaker.heard == []
        there.plug_headset()
        assert there.read("好").outcome is SpeechOutcome.SAID
