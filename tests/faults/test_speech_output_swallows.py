"""The sound goes nowhere: the player is done long before anybody could have heard it."""

from __future__ import annotations

import shutil
from pathlib import Path

from drivers.speech.address import parse_sound_address
from drivers.speech.children import Interrupt
from drivers.speech.device import SpeechOutcome
from drivers.speech.phrases import Phrase
from drivers.speech.player import Played, player_for
from drivers.speech.protocol import Wave, parse_wave
from drivers.speech.simulator import SoundFault
from drivers.vocabulary import ModuleState
from foundation.clock import SystemClock
from foundation.errors import Errors
from tests.drivers.speech.booth import booth, tone


def test_a_card_that_swallows_is_not_believed(tmp_path: Path) -> None:
    with booth(tmp_path, before={Phrase.RATE: tone(3.0), Phrase.HELP: tone()}) as there:
        there.loudspeaker.set_fault(SoundFault.SWALLOWS)
        result = there.say(Phrase.RATE)
        assert (result.outcome, result.error) == (SpeechOutcome.UNKNOWN, Errors.SPEECH_OUTCOME_UNKNOWN)
        there.loudspeaker.cure()
        there.wait_status(loudspeaker=ModuleState.OK, error=None)
        assert there.say(Phrase.HELP).outcome is SpeechOutcome.SAID


def test_alsas_own_player_into_a_file_plays_every_sample_and_is_not_believed_either(tmp_path: Path) -> None:
    assert shutil.which("aplay"), "Debian's alsa-utils has it"
    player = player_for(
        parse_sound_address(f"alsa://file:{tmp_path}/heard.wav,wav"), "loudspeaker", SystemClock()
    )
    interrupt = Interrupt()
    try:
        spoken = tone(1.0)
        assert player.play(spoken, interrupt) is Played.SWALLOWED
        heard = parse_wave((tmp_path / "heard.wav").read_bytes(), streamed=True)
        assert isinstance(heard, Wave)
        assert heard.rate_hz == spoken.rate_hz
        assert heard.samples.startswith(spoken.samples)
    finally:
        interrupt.close()


def test_alsas_own_player_says_when_there_is_no_such_card() -> None:
    player = player_for(parse_sound_address("alsa://plughw:CARD=Nowhere"), "loudspeaker", SystemClock())
    interrupt = Interrupt()
    try:
        assert player.play(tone(), interrupt) is Played.DIED
        assert player.state is ModuleState.INOPERABLE
    finally:
        interrupt.close()
