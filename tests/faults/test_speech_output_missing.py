"""There is no sound card, or no program that plays, and then there is."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from drivers.speech.device import SpeechOutcome
from drivers.speech.phrases import Phrase
from drivers.speech.simulator import SoundFault
from drivers.vocabulary import DeviceState, ModuleState
from foundation.errors import Errors
from tests.drivers.speech.booth import booth, tone

RATE = {Phrase.RATE: tone()}


def test_an_unplugged_loudspeaker_says_nothing_while_the_headset_still_does(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "dianxiaoer"), booth(tmp_path, before=RATE) as there:
        there.loudspeaker.unplug()
        first = there.say(Phrase.RATE)
        assert (first.outcome, first.error) == (SpeechOutcome.UNKNOWN, Errors.SPEECH_OUTCOME_UNKNOWN)
        lost = there.wait_status(loudspeaker=ModuleState.INOPERABLE)
        assert (lost.state, lost.error) == (DeviceState.ONLINE, Errors.SPEECH_OUTPUT_LOST)
        second = there.say(Phrase.RATE)
        assert (second.outcome, second.error) == (SpeechOutcome.NOT_SAID, Errors.SPEECH_OUTPUT_LOST)
        there.plug_headset()
        assert there.read("好").outcome is SpeechOutcome.SAID
        there.speech.plug(False)

        there.loudspeaker.plug_in()
        there.wait_status(loudspeaker=ModuleState.OK, error=None)
        assert there.say(Phrase.RATE).outcome is SpeechOutcome.SAID
    assert [record.getMessage() for record in caplog.records] == [
        "the loudspeaker is down: died",
        "the loudspeaker is back",
    ]


def test_without_any_output_it_is_offline_answers_at_once_and_comes_back_by_itself(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "dianxiaoer"), booth(tmp_path, before=RATE) as there:
        there.loudspeaker.unplug()
        there.headset.unplug()
        there.say(Phrase.RATE)
        there.speech.plug(True)
        there.read("好")
        there.speech.plug(False)
        there.wait_status(state=DeviceState.OFFLINE, error=Errors.SPEECH_OUTPUT_LOST)
        refused = there.speech.public.say(Phrase.RATE).result(0.5)
        assert (refused.outcome, refused.error) == (SpeechOutcome.NOT_SAID, Errors.SPEECH_OUTPUT_LOST)

        there.loudspeaker.plug_in()
        there.headset.plug_in()
        there.wait_status(state=DeviceState.ONLINE, error=None)
        assert there.say(Phrase.RATE).outcome is SpeechOutcome.SAID
    assert [record.getMessage().split(":")[0] for record in caplog.records] == [
        "the loudspeaker is down",
        "the headset is down",
        "speech is down",
        "the loudspeaker is back",
        "the headset is back",
        "speech is back",
    ]


def test_a_card_that_is_busy_with_something_else_is_used_again_when_it_is_free(tmp_path: Path) -> None:
    with booth(tmp_path, before=RATE) as there:
        there.loudspeaker.set_fault(SoundFault.REFUSES)
        assert there.say(Phrase.RATE).outcome is SpeechOutcome.UNKNOWN
        assert there.say(Phrase.RATE).outcome is SpeechOutcome.NOT_SAID
        assert there.loudspeaker.heard == []
        there.loudspeaker.cure()
        there.wait_status(loudspeaker=ModuleState.OK)
        assert there.say(Phrase.RATE).outcome is SpeechOutcome.SAID


def test_without_a_player_program_nothing_was_said_and_that_is_certain(tmp_path: Path) -> None:
    with booth(tmp_path, before=RATE) as there:
        player = there.speech._outputs.loudspeaker
        assert player is not None
        installed, player._command = player._command, (str(tmp_path / "no-such-player"),)
        first = there.say(Phrase.RATE)
        assert (first.outcome, first.error) == (SpeechOutcome.NOT_SAID, Errors.SPEECH_OUTPUT_LOST)
        there.wait_status(loudspeaker=ModuleState.INOPERABLE)
        player._command = installed
        there.wait_status(loudspeaker=ModuleState.OK)
        assert there.say(Phrase.RATE).outcome is SpeechOutcome.SAID
